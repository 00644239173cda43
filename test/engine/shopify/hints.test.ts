/** What the editor says before a write of the Shopify Returns node runs, and what any operation says when Shopify answered with another API version. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { RESOURCES, WRITES } from '../../../nodes/ShopifyReturns/registry';
import type { Placed } from '../../support/shop';
import { prepareNode } from '../harness/workflow';
import { byId, first, items, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

describe('another API version in the answer', () => {
	let stage: ShopStage;
	let order: Placed;
	beforeAll(async () => {
		stage = await ShopStage.open('order');
	}, 240_000);
	afterAll(async () => await stage.close());
	beforeEach(async () => {
		await stage.reset();
		order = await stage.shop.placeOrder();
	});

	const answerWith = async (version: string) => await stage.shop.shopify.post('/__sim/settings', { answersWithVersion: version });
	const SAYS = /^Shopify answered with version 2026-10 instead of 2026-04, .*Choose another API Version/;

	it('is told of once per run, however many items there are and requests they make', async () => {
		await answerWith('2026-10');
		const { outputs, hints } = await stage.run('getReturnContext', { order: '={{ $json.id }}' as never, apiVersion: '2026-04' }, { input: [{ id: order.orderId }, { id: order.orderId }, { id: order.orderId }] });
		expect(items(outputs[0])).toHaveLength(3);
		expect(hints).toEqual([{ message: expect.stringMatching(SAYS) as string, type: 'warning', location: 'outputPane' }]);
	});

	it.each([
		['find', { findBy: 'name', value: '#1' }],
		['setNote', { note: 'Inspected', noteMode: 'append' }],
		['addTags', { tags: 'seen', target: 'order' }],
		['checkAccess', { resource: 'store' }],
		['getLocations', { resource: 'store', returnAll: true }],
		['getAll', { resource: 'refund', returnAll: true }],
	] as Array<[string, INodeParameters]>)('is told of by %s', async (operation, parameters) => {
		await answerWith('2026-10');
		const { hints, error } = await stage.run(operation, { returnAll: true, order: byId(order.orderId), apiVersion: '2026-04', ...parameters });
		expect(error).toBeUndefined();
		expect(hints).toMatchObject([{ message: expect.stringMatching(SAYS) as string }]);
	});

	it('is told of when an item fails, too', async () => {
		await answerWith('2026-10');
		const { outputs, hints } = await stage.run('getReturnContext', { order: byId('31'), apiVersion: '2026-04' }, { continueOnFail: true });
		expect(first(outputs[0]).code).toBe('orderNotFound');
		expect(hints).toMatchObject([{ message: expect.stringMatching(SAYS) as string }]);
	});

	it('is not told of where the asked version answers, or nothing was asked', async () => {
		expect((await stage.run('getReturnContext', { order: byId(order.orderId), apiVersion: '2026-04' })).hints).toEqual([]);
		await answerWith('2026-10');
		expect((await stage.run('getReturnContext', { order: byId(order.orderId), apiVersion: '2026-10' })).hints).toEqual([]);
		expect((await stage.run('getReturnContext', { order: '={{ "nonsense" }}' as never, apiVersion: '2026-04' }, { continueOnFail: true })).hints).toEqual([]);
	});
});

describe('before a run', () => {
	const operations = Object.entries(RESOURCES).flatMap(([resource, { operations: own }]) => Object.keys(own).map((operation) => [resource, operation] as const));
	const SETTLEMENTS = ['refund.post', 'restock.execute', 'return.process', 'storeCredit.createGiftCard', 'storeCredit.creditAccount', 'storeCredit.refund'];

	/** The beginnings of what the editor shows; it decides by the hints' expressions. */
	function shownFor(resource: string, operation: string, more: INodeParameters = {}): string[] {
		const { workflow: prepared, node, nodeType } = prepareNode({ node: ShopifyReturns, parameters: { resource, operation, ...more } });
		// What belongs to tools is a parameter of tools only.
		Object.assign(node.parameters, more);
		const hints = nodeType.description.hints ?? [];
		return hints.filter(({ displayCondition = '' }) => prepared.expression.getSimpleParameterValue(node, displayCondition, 'internal', {}) === true).map(({ message }) => message.split(/[:,]/)[0] ?? '');
	}

	const DRY_RUN = 'Dry Run is on';
	const ATTENTION = 'Units that cannot be settled now';
	const TOOL = 'Allow as Tool is on';

	it.each(operations)('%s %s says what a consultant has to know', (resource, operation) => {
		const isWrite = WRITES.includes(`${resource}.${operation}`);
		const settles = SETTLEMENTS.includes(`${resource}.${operation}`);
		expect(shownFor(resource, operation)).toEqual(settles ? [ATTENTION] : []);
		expect(shownFor(resource, operation, { options: { dryRun: true } })).toEqual(isWrite ? [DRY_RUN] : []);
		expect(shownFor(resource, operation, { allowAsTool: true })).toEqual([...(settles ? [ATTENTION] : []), ...(isWrite ? [TOOL] : [])]);
	});

	it.each([false, 'false', ' False ', '', 0, null])('takes %j for no Dry Run, as the run does', (dryRun) => {
		expect(shownFor('refund', 'post', { options: { dryRun } })).toEqual([ATTENTION]);
	});

	it.each([true, 'true', 'TRUE ', 'yes', 1])('takes %j for a Dry Run, as the run does', (dryRun) => {
		expect(shownFor('refund', 'post', { options: { dryRun } })).toEqual([DRY_RUN]);
	});

	it('has no word that n8n’s rules keep out', () => {
		for (const { message } of new ShopifyReturns().description.hints ?? []) expect(message).not.toMatch(/\b(errors?|problems?|failures?|mistakes?)\b/i);
	});
});
