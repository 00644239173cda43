/** The part of a running n8n's own HTTP interface (the one its editor uses) that the demo and the tests need. */
import { Agent } from 'node:http';

import axios, { isAxiosError, type AxiosInstance, type AxiosRequestConfig } from 'axios';
import type {
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { parseFlatted } from './flatted';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export interface CredentialReference {
	id: string;
	name: string;
}

/** A workflow as it is exported by the editor. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IDataObject;
	meta?: IDataObject;
}

export interface StoredWorkflow extends WorkflowFile {
	id: string;
	active: boolean;
	versionId: string;
	activeVersionId: string | null;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

export interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	liveVersionId: string | null;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

const REQUEST_TIMEOUT_MS = 60_000;

/** A client with the owner's session cookie. Every method throws an Error that carries n8n's own message. */
export class N8nRest {
	private readonly client: AxiosInstance;
	private cookies: Array<{ name: string; value: string }> = [];

	constructor(readonly url: string) {
		// Loopback only: a proxy of the machine must not see these requests. A connection that is kept would break when n8n ends it, or is started again.
		this.client = axios.create({ baseURL: `${url}/rest`, timeout: REQUEST_TIMEOUT_MS, proxy: false, maxBodyLength: Infinity, httpAgent: new Agent({ keepAlive: false }) });
	}

	/** Creates the owner of a fresh instance and keeps the session. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.openSession({ method: 'POST', url: '/owner/setup', data: owner });
	}

	async logIn(owner: Owner): Promise<void> {
		await this.openSession({ method: 'POST', url: '/login', data: { emailOrLdapLoginId: owner.email, password: owner.password } });
	}

	/** The session, for a browser that is to be logged in as the owner. */
	sessionCookies(): ReadonlyArray<{ name: string; value: string }> {
		return this.cookies;
	}

	async nodeTypes(): Promise<INodeTypeDescription[]> {
		// Not below /rest: the editor fetches this file as a static asset.
		return await this.request<INodeTypeDescription[]>({ method: 'GET', url: '/types/nodes.json', baseURL: this.url });
	}

	async createCredential(credential: { name: string; type: string; data: IDataObject }): Promise<CredentialReference> {
		const created = await this.data<CredentialReference>({ method: 'POST', url: '/credentials', data: credential });
		return { id: created.id, name: created.name };
	}

	/** Every credential, without its data. */
	async credentials(): Promise<Array<CredentialReference & { type: string }>> {
		return await this.data({ method: 'GET', url: '/credentials' });
	}

	/** What the editor's "Test" of a saved credential says. */
	async testCredential(credential: CredentialReference & { type: string; data: IDataObject }): Promise<{ status: string; message: string }> {
		return await this.data({ method: 'POST', url: '/credentials/test', data: { credentials: credential } });
	}

	async createWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
		return await this.data({ method: 'POST', url: '/workflows', data: workflow });
	}

	async workflow(workflowId: string): Promise<StoredWorkflow> {
		return await this.data({ method: 'GET', url: `/workflows/${workflowId}` });
	}

	/** Saves a new draft. What is published stays as it is until the next `activate`. */
	async updateWorkflow(workflowId: string, change: Partial<WorkflowFile>): Promise<StoredWorkflow> {
		return await this.data({ method: 'PATCH', url: `/workflows/${workflowId}`, data: change });
	}

	async activate(workflowId: string, versionId: string): Promise<StoredWorkflow> {
		return await this.data({ method: 'POST', url: `/workflows/${workflowId}/activate`, data: { versionId } });
	}

	async deactivate(workflowId: string): Promise<StoredWorkflow> {
		return await this.data({ method: 'POST', url: `/workflows/${workflowId}/deactivate`, data: {} });
	}

	/** Removes a workflow for good. n8n wants it archived first. */
	async deleteWorkflow(workflowId: string): Promise<void> {
		await this.data({ method: 'POST', url: `/workflows/${workflowId}/archive`, data: {} });
		await this.data({ method: 'DELETE', url: `/workflows/${workflowId}` });
	}

	async publicationStatus(workflowId: string): Promise<PublicationStatus> {
		return await this.data({ method: 'GET', url: `/workflows/${workflowId}/publication-status` });
	}

	/** Starts a manual execution at a trigger. */
	async run(workflowId: string, triggerName: string): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		return await this.data({ method: 'POST', url: `/workflows/${workflowId}/run`, data: { triggerToStartFrom: { name: triggerName } } });
	}

	/** The newest executions first, at most `limit` (1 to 100) of them. */
	async executions(filter: { workflowId?: string; status?: ExecutionStatus[] }, limit: number): Promise<ExecutionSummary[]> {
		const page = await this.data<{ results: ExecutionSummary[] }>({
			method: 'GET',
			url: '/executions',
			params: { filter: JSON.stringify(filter), limit },
		});
		return page.results;
	}

	async execution(executionId: string): Promise<Execution> {
		const stored = await this.data<ExecutionSummary & { data: string }>({ method: 'GET', url: `/executions/${executionId}` });
		return { ...stored, data: parseFlatted<IRunExecutionData>(stored.data) };
	}

	/** What n8n's own "Retry" does with an execution that did not succeed. */
	async retry(executionId: string): Promise<boolean> {
		return await this.data({ method: 'POST', url: `/executions/${executionId}/retry`, data: { loadWorkflow: false } });
	}

	private async openSession(request: AxiosRequestConfig): Promise<void> {
		const response = await this.send(request);
		this.cookies = (response.headers['set-cookie'] ?? []).map((cookie) => {
			const [pair = ''] = cookie.split(';');
			const separator = pair.indexOf('=');
			return { name: pair.slice(0, separator), value: pair.slice(separator + 1) };
		});
		this.client.defaults.headers.common.Cookie = this.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	}

	/** n8n wraps nearly every answer as `{ data }`. */
	private async data<Data>(request: AxiosRequestConfig): Promise<Data> {
		return (await this.request<{ data: Data }>(request)).data;
	}

	private async request<Body>(request: AxiosRequestConfig): Promise<Body> {
		return (await this.send<Body>(request)).data;
	}

	private async send<Body>(request: AxiosRequestConfig) {
		try {
			return await this.client.request<Body>(request);
		} catch (error) {
			if (!isAxiosError(error)) throw error;
			const body: unknown = error.response?.data;
			const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : error.message;
			throw new Error(`n8n answered ${request.method} ${request.url} with ${error.response?.status ?? 'nothing'}: ${message}`);
		}
	}
}
