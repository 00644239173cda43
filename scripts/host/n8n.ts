/**
 * A real n8n under the control of a program: the demo, the end-to-end tests and the benchmarks start it, give it the packed
 * connector, credentials and workflows, and read its executions.
 */
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { NodeHelpers, type IDataObject, type INode, type INodeExecutionData, type INodeTypeDescription } from 'n8n-workflow';

import { freePort, N8nProcess } from './process';
import { N8nRest, type CredentialReference, type Execution, type ExecutionSummary, type Owner, type StoredWorkflow, type WorkflowFile } from './rest';

export { installPackage, packPackage } from './communityPackage';
export { freePort } from './process';
export type { CredentialReference, Execution, ExecutionSummary, Owner, StoredWorkflow, WorkflowFile } from './rest';

export const DEFAULT_OWNER: Owner = {
	email: 'owner@shop.example',
	password: 'Returns-2026',
	firstName: 'Shop',
	lastName: 'Owner',
};

/** A status in which an execution does nothing any more. */
const FINISHED: ReadonlyArray<ExecutionSummary['status']> = ['success', 'error', 'crashed', 'canceled'];
/** A status in which an execution does nothing now; a Wait node may have it go on later. */
const AT_REST: ReadonlyArray<ExecutionSummary['status']> = [...FINISHED, 'waiting'];
const POLL_MS = 250;
const LOOKS_AT_REST = 5;
const PUBLISHED_WITHIN_MS = 60_000;
const REST_READY_WITHIN_MS = 60_000;
const EXECUTIONS_PER_LOOK = 100;

export interface N8nHostOptions {
	/** An empty folder for a fresh instance, or one that an earlier host has used. */
	userFolder: string;
	port?: number;
	env?: NodeJS.ProcessEnv;
	owner?: Owner;
	/** Processes that do the work in n8n's queue mode; `env` then says where its services are. None: the main process does it. */
	workers?: number;
}

export interface CredentialInput {
	name: string;
	type: string;
	data: IDataObject;
}

export interface ImportOptions {
	/** By credential type. Attached to every node that asks for that type in its present configuration. */
	credentials?: Record<string, CredentialReference>;
	/** A last change before the workflow is stored; returns the workflow to store. */
	patch?: (workflow: WorkflowFile) => WorkflowFile;
}

export class N8nHost {
	readonly rest: N8nRest;
	readonly owner: Owner;
	private readonly n8n: N8nProcess;
	private readonly workers: N8nProcess[];
	private nodeTypes: Map<string, INodeTypeDescription[]> | undefined;

	private constructor(
		readonly userFolder: string,
		readonly port: number,
		options: N8nHostOptions,
	) {
		this.owner = options.owner ?? DEFAULT_OWNER;
		const env = options.env ?? {};
		this.n8n = new N8nProcess({ role: 'main', userFolder, port, env });
		this.workers = this.workerFolders(options.workers ?? 0).map((folder) => new N8nProcess({ role: 'worker', userFolder: folder, port, env }));
		this.rest = new N8nRest(this.url);
	}

	/** Starts n8n, creates its owner where there is none, and logs in. Install community packages into the user folder before. */
	static async start(options: N8nHostOptions): Promise<N8nHost> {
		const host = await N8nHost.prepare(options);
		await host.start();
		return host;
	}

	/** An n8n that is not started yet, for a caller who has to be able to end it while it starts. */
	static async prepare(options: N8nHostOptions): Promise<N8nHost> {
		mkdirSync(options.userFolder, { recursive: true });
		return new N8nHost(options.userFolder, options.port ?? (await freePort()), options);
	}

	/** Takes over an n8n that another process has started with `start`, and logs in. */
	static async attach(options: N8nHostOptions & { port: number }): Promise<N8nHost> {
		const host = new N8nHost(options.userFolder, options.port, options);
		await host.openSession();
		return host;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Everything the main process has printed since the first start. */
	get logFile(): string {
		return this.n8n.logFile;
	}

	/** The end of that log, without the migrations that fill most of it. */
	logTail(): string {
		return this.n8n.logTail();
	}

	get pid(): number | undefined {
		return this.n8n.pid;
	}

	/** Workers first: they end what they have begun. */
	async stop(): Promise<void> {
		await Promise.all(this.workers.map(async (worker) => await worker.stop()));
		await this.n8n.stop();
	}

	/** Ends n8n, workers included, with SIGKILL in the middle of its work. `start` brings it back with the same user folder and port. */
	async kill(): Promise<void> {
		await Promise.all([this.n8n, ...this.workers].map(async (process) => await process.kill()));
	}

	/**
	 * Starts n8n where it is not running: the first time, or again after `stop` or `kill`, with the same user folder and on the
	 * same port, so that registered webhook addresses stay valid.
	 */
	async start(): Promise<void> {
		await this.n8n.start();
		this.nodeTypes = undefined;
		try {
			for (const worker of this.workers) await worker.start();
			await this.openSession();
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** Stores credentials, encrypted with the key of this instance. Returns references by credential type. */
	async importCredentials(credentials: CredentialInput[]): Promise<Record<string, CredentialReference>> {
		const references: Record<string, CredentialReference> = {};
		for (const credential of credentials) references[credential.type] = await this.rest.createCredential(credential);
		return references;
	}

	/**
	 * Imports a workflow as the editor does: new webhook ids, nothing published yet. Credentials are attached by type, as a
	 * consultant would choose them in each node.
	 */
	async importWorkflow(file: WorkflowFile, options: ImportOptions = {}): Promise<StoredWorkflow> {
		const nodes: INode[] = [];
		for (const node of file.nodes) nodes.push(await this.importedNode(node, options.credentials ?? {}));
		const workflow: WorkflowFile = {
			name: file.name,
			nodes,
			connections: file.connections,
			...(file.settings ? { settings: file.settings } : {}),
			...(file.pinData ? { pinData: file.pinData } : {}),
			...(file.meta ? { meta: file.meta } : {}),
		};
		return await this.rest.createWorkflow(options.patch ? options.patch(workflow) : workflow);
	}

	/**
	 * Publishes the workflow's present draft and waits until its triggers are registered. n8n registers them after it has
	 * answered; a trigger that could not be registered becomes an Error with the trigger's name and n8n's reason.
	 */
	async publish(workflowId: string): Promise<void> {
		const draft = await this.rest.workflow(workflowId);
		await this.rest.activate(workflowId, draft.versionId);

		const deadline = Date.now() + PUBLISHED_WITHIN_MS;
		for (;;) {
			const publication = await this.rest.publicationStatus(workflowId);
			if (publication.status === 'published' && publication.liveVersionId === draft.versionId) return;
			if (publication.status === 'failed' || publication.status === 'partial') {
				const reasons = publication.triggers
					.filter((trigger) => trigger.errorMessage)
					.map((trigger) => `${draft.nodes.find((node) => node.id === trigger.nodeId)?.name ?? trigger.nodeId}: ${trigger.errorMessage}`);
				throw new Error(`n8n could not publish "${draft.name}". ${reasons.join(' ')}`);
			}
			if (Date.now() > deadline) throw new Error(`n8n did not publish "${draft.name}" within ${PUBLISHED_WITHIN_MS / 1000} s (${publication.status}).`);
			await sleep(POLL_MS);
		}
	}

	/** Takes the workflow back from production and waits until its triggers are unregistered. */
	async unpublish(workflowId: string): Promise<void> {
		await this.rest.deactivate(workflowId);
		const deadline = Date.now() + PUBLISHED_WITHIN_MS;
		while ((await this.rest.publicationStatus(workflowId)).status !== 'not_published') {
			if (Date.now() > deadline) throw new Error(`n8n did not unpublish workflow ${workflowId} within ${PUBLISHED_WITHIN_MS / 1000} s.`);
			await sleep(POLL_MS);
		}
	}

	/** Runs the present draft from one of its triggers, as "Execute workflow" does, and returns the finished execution. */
	async executeWorkflow(workflowId: string, triggerName: string, timeoutMs = 60_000): Promise<Execution> {
		const started = await this.rest.run(workflowId, triggerName);
		if (!started.executionId) throw new Error(`n8n waits for a test call of "${triggerName}" instead of running the workflow.`);
		return await this.waitForExecutionById(started.executionId, timeoutMs);
	}

	/** The newest executions of a workflow, newest first, without their data. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		return await this.rest.executions({ workflowId }, EXECUTIONS_PER_LOOK);
	}

	/**
	 * Resolves with the first execution of the workflow, oldest first, for which the predicate holds. Only executions at rest are
	 * looked at: finished ones, and those that a Wait node holds (`status` tells them apart).
	 */
	async waitForExecution(workflowId: string, predicate: (execution: Execution) => boolean, timeoutMs = 60_000): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		const examined = new Set<string>();
		for (;;) {
			const summaries = await this.executions(workflowId);
			for (const summary of summaries.reverse()) {
				const state = `${summary.id} ${summary.status}`;
				if (!AT_REST.includes(summary.status) || examined.has(state)) continue;
				const execution = await this.rest.execution(summary.id);
				if (predicate(execution)) return execution;
				// A held execution may go on and come to rest again under the same name.
				if (summary.status !== 'waiting') examined.add(state);
			}
			if (Date.now() > deadline) {
				const seen = summaries.map((summary) => `${summary.id} ${summary.mode} ${summary.status}`).join(', ') || 'none';
				throw new Error(`No execution of workflow ${workflowId} was as awaited within ${timeoutMs / 1000} s. Seen: ${seen}. Log: ${this.logFile}`);
			}
			await sleep(POLL_MS);
		}
	}

	/** Resolves with all executions, oldest first, when the workflow has at least `count` of them and all are at rest. */
	async waitForExecutions(workflowId: string, count: number, timeoutMs = 60_000): Promise<Execution[]> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const summaries = await this.executions(workflowId);
			if (summaries.length >= count && summaries.every((summary) => AT_REST.includes(summary.status))) {
				return await Promise.all(summaries.reverse().map((summary) => this.rest.execution(summary.id)));
			}
			if (Date.now() > deadline) {
				const seen = summaries.map((summary) => `${summary.id} ${summary.status}`).join(', ') || 'none';
				throw new Error(`Workflow ${workflowId} did not come to rest with ${count} executions within ${timeoutMs / 1000} s. Seen: ${seen}. Log: ${this.logFile}`);
			}
			await sleep(POLL_MS);
		}
	}

	/**
	 * Resolves when no execution of this n8n is running or about to run, and none was for a while: n8n answers a webhook before it has
	 * started its execution, and starts an error workflow after it has saved the execution that failed. Executions held by a Wait node
	 * count as at rest.
	 */
	async waitUntilAtRest(timeoutMs = 60_000): Promise<void> {
		const deadline = Date.now() + timeoutMs;
		for (let looks = 0; looks < LOOKS_AT_REST; looks += 1) {
			const busy = await this.rest.executions({ status: ['new', 'running'] }, EXECUTIONS_PER_LOOK);
			if (busy.length > 0) {
				if (Date.now() > deadline) throw new Error(`n8n still runs ${busy.length} executions after ${timeoutMs / 1000} s. Log: ${this.logFile}`);
				looks = -1;
			}
			await sleep(POLL_MS);
		}
	}

	private async waitForExecutionById(executionId: string, timeoutMs: number): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.rest.execution(executionId);
			if (FINISHED.includes(execution.status)) return execution;
			if (Date.now() > deadline) throw new Error(`Execution ${executionId} is still ${execution.status} after ${timeoutMs / 1000} s.`);
			await sleep(POLL_MS);
		}
	}

	/** Each worker has a folder of its own, as if it were another machine: nothing but services and environment connects it to the main process. */
	private workerFolders(count: number): string[] {
		const packages = path.join('.n8n', 'nodes');
		return Array.from({ length: count }, (_none, index) => {
			const folder = path.join(this.userFolder, 'workers', String(index + 1));
			const isNew = !existsSync(path.join(folder, packages));
			if (isNew && existsSync(path.join(this.userFolder, packages))) cpSync(path.join(this.userFolder, packages), path.join(folder, packages), { recursive: true });
			return folder;
		});
	}

	private async openSession(): Promise<void> {
		// The REST interface may answer 404 for a moment after the health check passes.
		const deadline = Date.now() + REST_READY_WITHIN_MS;
		let ownerExists = false;
		for (;;) {
			try {
				if (ownerExists) await this.rest.logIn(this.owner);
				else await this.rest.setUpOwner(this.owner);
				return;
			} catch (error) {
				if (Date.now() > deadline) throw error;
				ownerExists = ownerExists || (error instanceof Error && error.message.includes('already setup'));
				await sleep(POLL_MS);
			}
		}
	}

	private async importedNode(node: INode, credentials: Record<string, CredentialReference>): Promise<INode> {
		const type = await this.nodeType(node);
		const imported: INode = { ...node, id: node.id || randomUUID() };
		if (type.webhooks && type.webhooks.length > 0) imported.webhookId = randomUUID();

		const parameters = NodeHelpers.getNodeParameters(type.properties, node.parameters, true, false, node, type) ?? {};
		for (const wanted of type.credentials ?? []) {
			const reference = credentials[wanted.name];
			if (!reference || !NodeHelpers.displayParameter(parameters, wanted, node, type)) continue;
			imported.credentials = { ...imported.credentials, [wanted.name]: reference };
		}
		// An HTTP Request node names the type of its credential in a parameter.
		const named = parameters.authentication === 'genericCredentialType' ? credentials[String(parameters.genericAuthType)] : undefined;
		if (named) imported.credentials = { ...imported.credentials, [String(parameters.genericAuthType)]: named };
		return imported;
	}

	private async nodeType(node: INode): Promise<INodeTypeDescription> {
		this.nodeTypes ??= groupByName(await this.rest.nodeTypes());
		const versions = this.nodeTypes.get(node.type) ?? [];
		const type = versions.find(({ version }) => (Array.isArray(version) ? version.includes(node.typeVersion) : version === node.typeVersion));
		if (!type) throw new Error(`This n8n does not know the node type ${node.type} in version ${node.typeVersion} (node "${node.name}").`);
		return type;
	}
}

/** What a node gave out in an execution: the items of one of its outputs, over all its runs. Empty when it did not run. */
export function itemsOf(execution: Execution, nodeName: string, output = 0): INodeExecutionData[] {
	const runs = execution.data.resultData.runData[nodeName] ?? [];
	return runs.flatMap((run) => run.data?.main[output] ?? []);
}

/** Why an execution ended in an error, in n8n's words; undefined when it did not. */
export function failureOf(execution: Execution): string | undefined {
	const { error, lastNodeExecuted } = execution.data.resultData;
	if (!error) return undefined;
	return `${lastNodeExecuted ?? 'workflow'}: ${error.message}${error.description ? ` (${error.description})` : ''}`;
}

function groupByName(types: INodeTypeDescription[]): Map<string, INodeTypeDescription[]> {
	const byName = new Map<string, INodeTypeDescription[]>();
	for (const type of types) byName.set(type.name, [...(byName.get(type.name) ?? []), type]);
	return byName;
}
