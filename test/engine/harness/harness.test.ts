import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialType, IExecuteFunctions, IHookFunctions, INodeExecutionData, INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { runNode, startTrigger, testCredential } from './index';

const probeApi: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1:1' },
	],
	authenticate: { type: 'generic', properties: { headers: { 'x-key': '={{$credentials.key}}' } } },
	test: { request: { baseURL: '={{$credentials.baseUrl}}', url: '/probe' }, rules: [{ type: 'responseCode', properties: { value: 401, message: 'The key was refused' } }] },
};

class Probe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['input'],
		version: [1],
		description: 'Echoes',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'probeApi', required: true }],
		properties: [
			{ displayName: 'Text', name: 'text', type: 'string', default: 'from the defaults' },
			{ displayName: 'Refuse', name: 'refuse', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { baseUrl } = await this.getCredentials<{ baseUrl: string }>('probeApi');
		const items: INodeExecutionData[] = [];
		for (let index = 0; index < this.getInputData().length; index++) {
			if (this.getNodeParameter('refuse', index) === true) {
				throw new NodeOperationError(this.getNode(), 'Refused', { itemIndex: index, description: 'As asked' });
			}
			const echo: unknown = await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', { url: `${baseUrl}/probe`, json: true });
			items.push({ json: { text: this.getNodeParameter('text', index), echo } as INodeExecutionData['json'], pairedItem: { item: index } });
		}
		return [items];
	}
}

class ProbeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe Trigger',
		name: 'probeTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Listens',
		defaults: { name: 'Probe Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [],
	};

	webhookMethods = {
		default: {
			checkExists: async function (this: IHookFunctions) {
				return this.getWorkflowStaticData('node').url !== undefined;
			},
			create: async function (this: IHookFunctions) {
				this.getWorkflowStaticData('node').url = this.getNodeWebhookUrl('default');
				return true;
			},
			delete: async function (this: IHookFunctions) {
				delete this.getWorkflowStaticData('node').url;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		if (this.getRequestObject().query.refuse === '1') {
			this.getResponseObject().status(401).json({ message: 'no' });
			return { noWebhookResponse: true };
		}
		return { workflowData: [this.helpers.returnJsonArray(this.getBodyData())] };
	}
}

describe('the engine harness', () => {
	let server: Server;
	let baseUrl: string;
	beforeAll(async () => {
		server = createServer((request, response) => {
			response.statusCode = request.headers['x-key'] === 'right' ? 200 : 401;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ key: request.headers['x-key'] }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const setup = () => ({ node: Probe, credentialTypes: [probeApi], credentials: { probeApi: { key: 'right', baseUrl } } });

	it('runs a node in the engine: defaults, expressions over input, credentials and real HTTP', async () => {
		const defaults = await runNode(setup());
		expect(defaults.outputs[0]?.[0]?.json).toEqual({ text: 'from the defaults', echo: { key: 'right' } });
		const expressions = await runNode({ ...setup(), parameters: { text: '={{ $json.word }} and {{ $("Input").item.json.word }}' }, input: [{ word: 'one' }, { word: 'two' }] });
		expect(expressions.outputs[0]?.map((item) => item.json.text)).toEqual(['one and one', 'two and two']);
	});

	it('reports what stops a workflow, with the item it happened on', async () => {
		const stopped = await runNode({ ...setup(), parameters: { refuse: '={{ $json.refuse }}' }, input: [{ refuse: false }, { refuse: true }] });
		expect(stopped.outputs).toEqual([]);
		expect(stopped.error).toMatchObject({ message: 'Refused', description: 'As asked', context: { itemIndex: 1 } });
	});

	it('leaves a missing credential to the engine', async () => {
		const stopped = await runNode({ node: Probe });
		expect(stopped.error?.message).toBe('Node does not have any credentials set for "probeApi"');
	});

	it('presses the test button of a credential and reads its rules', async () => {
		expect(await testCredential(probeApi, { key: 'right', baseUrl })).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(await testCredential(probeApi, { key: 'wrong', baseUrl })).toEqual({ status: 'Error', message: 'The key was refused' });
	});

	it('puts a trigger through its life and calls it over HTTP', async () => {
		const trigger = await startTrigger({ node: ProbeTrigger });
		try {
			await trigger.activate();
			expect(await trigger.hook('checkExists')).toBe(true);
			const post = async (url: string, body: string) => (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
			expect(await post(trigger.url, '{"a":1}')).toBe(200);
			expect(await post(`${trigger.url}?refuse=1`, '{"a":2}')).toBe(401);
			expect(await post(trigger.url, 'not json')).toBe(422);
			expect(await post(`${trigger.url}/other`, '{}')).toBe(404);
			const calls = await trigger.waitForCalls(4);
			expect(calls.map((call) => call.started)).toEqual([true, false, false, false]);
			expect(calls[0]?.items[0]?.json).toEqual({ a: 1 });
			await trigger.deactivate();
			expect(await trigger.hook('checkExists')).toBe(false);
		} finally {
			await trigger.close();
		}
	});
});
