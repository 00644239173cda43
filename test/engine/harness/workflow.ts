/** Builds a workflow of one node under test, and everything n8n-core wants to know around it. */
import './environment';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	IExecuteData,
	INode,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import { TestCredentialsHelper, type CredentialData } from './credentialsHelper';

export const PACKAGE_NAME = 'n8n-nodes-returngo-shopify';
export const INPUT_NODE = 'Input';
export const TESTED_NODE = 'Node Under Test';

export type NodeClass = new () => INodeType | IVersionedNodeType;

export interface NodeSetup {
	/** The class of the node, e.g. `ReturnGo`. */
	node: NodeClass;
	parameters?: INodeParameters;
	/** Credential data by credential type name, e.g. `{ returnGoApi: { apiKey: '…' } }`. */
	credentials?: CredentialData;
	/** Instances of the credential classes whose data is given. */
	credentialTypes?: readonly ICredentialType[];
	/** Defaults to the node's own default version. */
	typeVersion?: number;
	/** What n8n keeps for the workflow between executions. */
	staticData?: IDataObject;
	/** *On Error* of the node's settings. */
	onError?: OnError;
	settings?: IWorkflowSettings;
	mode?: WorkflowExecuteMode;
	/** Where n8n believes its production webhooks to be. */
	webhookBaseUrl?: string;
	/** Of the n8n execution that the node runs in: a new one for each run, unless a test lets a node run several times in one. */
	executionId?: string;
}

let executions = 0;

export interface PreparedNode {
	workflow: Workflow;
	node: INode;
	inputNode: INode;
	nodeType: INodeType;
	additionalData: IWorkflowExecuteAdditionalData;
	mode: WorkflowExecuteMode;
	credentialsHelper: TestCredentialsHelper;
}

/** One workflow, `Input` → `Node Under Test`, with the parameters completed by the node's defaults as n8n's loader does. */
export function prepareNode(setup: NodeSetup): PreparedNode {
	const type = new setup.node();
	const typeVersion = setup.typeVersion ?? defaultVersion(type);
	const nodeType = NodeHelpers.getVersionedNodeType(type, typeVersion);
	const typeName = `${PACKAGE_NAME}.${nodeType.description.name}`;
	const node: INode = {
		id: 'a1b2c3d4-0000-4000-8000-000000000001',
		webhookId: 'a1b2c3d4-0000-4000-8000-000000000002',
		name: TESTED_NODE,
		type: typeName,
		typeVersion,
		position: [200, 0],
		parameters: structuredClone(setup.parameters ?? {}),
		credentials: Object.fromEntries(Object.keys(setup.credentials ?? {}).map((name) => [name, { id: `test-${name}`, name }])),
		...(setup.onError === undefined ? {} : { onError: setup.onError }),
	};
	const inputNode: INode = { id: 'a1b2c3d4-0000-4000-8000-000000000003', name: INPUT_NODE, type: 'harness.input', typeVersion: 1, position: [0, 0], parameters: {} };
	const mode = setup.mode ?? 'manual';
	const workflow = new Workflow({
		id: 'engineTestWorkflow',
		name: 'Engine test',
		active: true,
		nodes: [inputNode, node],
		connections: { [INPUT_NODE]: { main: [[{ node: TESTED_NODE, type: 'main', index: 0 }]] } },
		nodeTypes: nodeTypesOf({ [typeName]: type, 'harness.input': new InputNode() }),
		staticData: setup.staticData,
		settings: { executionOrder: 'v1', timezone: 'UTC', ...setup.settings },
	});
	const credentialsHelper = new TestCredentialsHelper(setup.credentialTypes ?? [], setup.credentials ?? {});
	return { workflow, node: workflow.nodes[TESTED_NODE] ?? node, inputNode, nodeType, mode, credentialsHelper, additionalData: additionalDataOf(workflow, credentialsHelper, setup, mode) };
}

/** What the execution stack holds for the node: its input, and where that came from. */
export function executeDataOf(prepared: PreparedNode, main: IExecuteData['data']['main']): IExecuteData {
	return { node: prepared.node, data: { main }, source: { main: [{ previousNode: INPUT_NODE, previousNodeOutput: 0, previousNodeRun: 0 }] } };
}

function defaultVersion(type: INodeType | IVersionedNodeType): number {
	if ('nodeVersions' in type) return type.currentVersion;
	const { version, defaultVersion: preferred } = type.description;
	return preferred ?? (Array.isArray(version) ? Math.max(...version) : version);
}

function nodeTypesOf(types: Record<string, INodeType | IVersionedNodeType>): INodeTypes {
	const known = (name: string) => {
		const type = types[name];
		if (type === undefined) throw new Error(`Unknown node type "${name}"`);
		return type;
	};
	return {
		getByName: known,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(known(name), version),
		getKnownTypes: () => types as unknown as IDataObject,
	};
}

function additionalDataOf(workflow: Workflow, credentialsHelper: TestCredentialsHelper, setup: NodeSetup, mode: WorkflowExecuteMode): IWorkflowExecuteAdditionalData {
	const executionId = setup.executionId ?? `engine-test-${(executions += 1)}`;
	const base = setup.webhookBaseUrl ?? 'http://127.0.0.1:5678';
	const unsupported = async (): Promise<never> => {
		throw new Error('The engine harness runs one node: no sub-workflows, agents or task runners');
	};
	return {
		credentialsHelper,
		executeWorkflow: unsupported,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unsupported,
		externalSecretsProxy: new ExternalSecretsProxy(),
		hooks: new ExecutionLifecycleHooks(mode, executionId, {
			id: workflow.id,
			name: workflow.name ?? '',
			active: true,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
		}),
		executionId,
		currentNodeExecutionIndex: 0,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		logAiEvent: () => undefined,
	};
}

class InputNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Input',
		name: 'input',
		group: ['input'],
		version: 1,
		description: 'Gives the test its items',
		defaults: { name: INPUT_NODE },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute() {
		return [[]];
	}
}
