/**
 * Puts a webhook trigger through its life: activation (check, create), real HTTP calls on its webhook URL, deactivation (delete).
 * The server here does what n8n's webhook layer does before and after the node's `webhook` function, no more.
 */
import './environment';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, IWebhookData, IWebhookResponseData, IWorkflowExecuteAdditionalData, WebhookSetupMethodNames } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { prepareNode, type NodeSetup, type PreparedNode } from './workflow';

/** One call of the webhook URL and what became of it. */
export interface TriggerCall {
	/** Whether n8n would have started an execution. */
	started: boolean;
	/** The items the workflow starts with. */
	items: INodeExecutionData[];
	/** What the node threw, if it did: n8n then starts an execution that has already failed, and answers 500. */
	error?: Error;
}

export interface TestTrigger {
	/** The webhook URL n8n shows for the node, without anything the node adds to it. */
	readonly url: string;
	/** The workflow's static data; n8n stores it after each of the calls below. */
	readonly staticData: IDataObject;
	/** Every call so far, in order of arrival. */
	readonly calls: TriggerCall[];
	/** What n8n does when a workflow is published or an instance starts: create unless checkExists says that all is there. */
	activate(): Promise<void>;
	/** Runs one of the webhook methods by itself. */
	hook(method: WebhookSetupMethodNames): Promise<boolean>;
	/** What n8n does when a workflow is unpublished. */
	deactivate(): Promise<boolean>;
	/** Resolves once the webhook URL has been called `count` times. */
	waitForCalls(count: number, timeoutMs?: number): Promise<TriggerCall[]>;
	close(): Promise<void>;
}

/** Starts a loopback server on a free port and prepares the trigger to be reached there. */
export async function startTrigger(setup: NodeSetup): Promise<TestTrigger> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	let prepared: PreparedNode;
	let webhook: IWebhookData;
	try {
		prepared = prepareNode({ mode: 'trigger', ...setup, webhookBaseUrl: `http://127.0.0.1:${port}` });
		webhook = webhookOf(prepared);
	} catch (error) {
		server.close();
		throw error;
	}
	const calls: TriggerCall[] = [];
	server.on('request', (request, response) => {
		void receive(prepared, webhook, request, response).then((call) => calls.push(call));
	});
	return testTriggerOf(prepared, webhook, server, calls);
}

function testTriggerOf(prepared: PreparedNode, webhook: IWebhookData, server: Server, calls: TriggerCall[]): TestTrigger {
	const hook = async (method: WebhookSetupMethodNames): Promise<boolean> => {
		const run = prepared.nodeType.webhookMethods?.[webhook.webhookDescription.name]?.[method];
		if (run === undefined) throw new Error(`The trigger has no webhook method "${method}"`);
		return await run.call(new HookContext(prepared.workflow, prepared.node, prepared.additionalData, prepared.mode, 'activate', webhook));
	};
	return {
		url: `${prepared.additionalData.webhookBaseUrl}/${webhook.path}`,
		staticData: prepared.workflow.staticData,
		calls,
		hook,
		activate: async () => {
			if (!(await hook('checkExists'))) await hook('create');
		},
		deactivate: async () => await hook('delete'),
		waitForCalls: async (count, timeoutMs = 5000) => {
			const deadline = Date.now() + timeoutMs;
			while (calls.length < count) {
				if (Date.now() > deadline) throw new Error(`${calls.length} of ${count} webhook calls arrived within ${timeoutMs} ms`);
				await new Promise((resolve) => setTimeout(resolve, 10));
			}
			return calls;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function webhookOf(prepared: PreparedNode): IWebhookData {
	const [webhookDescription] = prepared.nodeType.description.webhooks ?? [];
	if (webhookDescription === undefined) throw new Error('The node declares no webhook');
	return {
		httpMethod: webhookDescription.httpMethod as IWebhookData['httpMethod'],
		node: prepared.node.name,
		path: NodeHelpers.getNodeWebhookPath(prepared.workflow.id, prepared.node, webhookDescription.path, webhookDescription.isFullPath === true),
		webhookDescription,
		workflowId: prepared.workflow.id,
		workflowExecuteAdditionalData: prepared.additionalData,
	};
}

async function receive(prepared: PreparedNode, webhook: IWebhookData, request: IncomingMessage, response: ServerResponse): Promise<TriggerCall> {
	const url = new URL(request.url ?? '/', 'http://127.0.0.1');
	if (url.pathname !== `/webhook/${webhook.path}` || request.method !== webhook.httpMethod) {
		reply(response, 404, { code: 404, message: 'The requested webhook is not registered.' });
		return { started: false, items: [] };
	}
	const rawBody = await readAll(request);
	const body = parseBody(request, rawBody);
	if (body === undefined) {
		reply(response, 422, { code: 422, message: 'Failed to parse request body' });
		return { started: false, items: [] };
	}
	const expressRequest = Object.assign(request, { body, rawBody, query: Object.fromEntries(url.searchParams), params: {}, path: url.pathname, contentType: request.headers['content-type'] });
	const context = new WebhookContext(
		prepared.workflow,
		prepared.node,
		{
			...prepared.additionalData,
			httpRequest: expressRequest as unknown as IWorkflowExecuteAdditionalData['httpRequest'],
			httpResponse: expressResponseOf(response) as unknown as IWorkflowExecuteAdditionalData['httpResponse'],
		},
		prepared.mode,
		webhook,
		[],
		null,
	);
	try {
		const result = await prepared.nodeType.webhook?.call(context);
		return answer(result ?? {}, response);
	} catch (error) {
		reply(response, 500, { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' });
		return { started: true, items: [], error: error instanceof Error ? error : new Error(String(error)) };
	}
}

function answer(result: IWebhookResponseData, response: ServerResponse): TriggerCall {
	if (result.workflowData === undefined) {
		if (result.noWebhookResponse !== true) reply(response, 200, result.webhookResponse ?? { message: 'Webhook call received' });
		return { started: false, items: [] };
	}
	if (result.noWebhookResponse !== true) reply(response, 200, result.webhookResponse ?? { message: 'Workflow was started' });
	return { started: true, items: result.workflowData.flat() };
}

/** n8n parses JSON and forms, and refuses what does not parse; a body of another kind is an empty object to the node. */
function parseBody(request: IncomingMessage, rawBody: Buffer): unknown {
	const type = request.headers['content-type'] ?? '';
	if (rawBody.length === 0) return {};
	if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(rawBody.toString('utf8')));
	if (type.startsWith('text/plain')) return rawBody.toString('utf8');
	if (!type.includes('json')) return {};
	try {
		return JSON.parse(rawBody.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

function expressResponseOf(response: ServerResponse): object {
	const express = Object.assign(response, {
		status: (code: number) => {
			response.statusCode = code;
			return express;
		},
		json: (value: unknown) => {
			reply(response, response.statusCode, value);
			return express;
		},
		send: (value?: unknown) => {
			reply(response, response.statusCode, value);
			return express;
		},
	});
	return express;
}

function reply(response: ServerResponse, status: number, value: unknown): void {
	response.statusCode = status;
	if (typeof value === 'object' && value !== null) response.setHeader('content-type', 'application/json');
	response.end(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
