/** Dry Run of every write that is no settlement: it reads and judges as a real run does, and sends nothing that changes anything. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { codesOf, FLAGSHIP, type Placed } from '../../support/shop';
import { byId, first, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let stage: ShopStage;
let order: Placed;
beforeAll(async () => {
	stage = await ShopStage.open('return');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.reset();
	order = await stage.shop.placeOrder({ ...FLAGSHIP, customer: { email: 'one@example.com' } });
});

interface Rehearsed {
	resource: string;
	operation: string;
	/** Makes what the operation is for, and says where it is. */
	prepare: () => Promise<INodeParameters>;
	planned: object;
	/** A text of the message. */
	says: string;
}

const onOrder = (more: INodeParameters) => async () => ({ order: byId(order.orderId), ...more });
const onReturn = (status: 'OPEN' | 'REQUESTED', more: INodeParameters = {}) => async () => ({ return: byId((await stage.makeReturn(order, status)).id), ...more });
const closed = async () => {
	const { id } = await stage.makeReturn(order);
	await stage.step('returnClose', id);
	return { return: byId(id) };
};
const twoCoats = (): INodeParameters => ({ specifyItems: 'json', itemsJson: '[{"sku":"COAT-M","quantity":2}]' });

const WRITES: Rehearsed[] = [
	{ resource: 'order', operation: 'addTags', prepare: onOrder({ tags: 'vip', target: 'both' }), planned: { add: [{ target: 'order', tags: ['vip'] }, { target: 'customer', tags: ['vip'] }] }, says: 'add tags to' },
	{
		resource: 'order',
		operation: 'removeTags',
		prepare: async () => {
			await stage.shop.ask('mutation ($id: ID!) { tagsAdd(id: $id, tags: ["vip"]) { userErrors { message } } }', { id: order.orderId });
			return { order: byId(order.orderId), tags: 'VIP', target: 'order' };
		},
		planned: { remove: [{ target: 'order', tags: ['VIP'] }] },
		says: 'remove tags from',
	},
	{ resource: 'order', operation: 'setNote', prepare: onOrder({ note: 'Parcel is on its way' }), planned: { note: 'Parcel is on its way' }, says: 'write the note' },
	{ resource: 'return', operation: 'create', prepare: async () => ({ order: byId(order.orderId), ...twoCoats() }), planned: { lines: [{ quantity: 2 }] }, says: '2 pieces' },
	{ resource: 'return', operation: 'request', prepare: async () => ({ order: byId(order.orderId), ...twoCoats() }), planned: { lines: [{ quantity: 2 }] }, says: '2 pieces' },
	{ resource: 'return', operation: 'approve', prepare: onReturn('REQUESTED'), planned: { verb: 'approve' }, says: 'approve' },
	{ resource: 'return', operation: 'decline', prepare: onReturn('REQUESTED', { declineReason: 'OTHER', declineNote: '' }), planned: { verb: 'decline' }, says: 'decline' },
	{ resource: 'return', operation: 'close', prepare: onReturn('OPEN'), planned: { verb: 'close' }, says: 'close' },
	{ resource: 'return', operation: 'reopen', prepare: closed, planned: { verb: 'reopen' }, says: 'reopen' },
	{ resource: 'return', operation: 'cancel', prepare: onReturn('OPEN'), planned: { verb: 'cancel' }, says: 'cancel' },
	{ resource: 'return', operation: 'removeItems', prepare: onReturn('OPEN', { specifyItems: 'json', removalsJson: '[{"line":"COAT-M","keep":1}]' }), planned: { verb: 'remove items from' }, says: 'remove items' },
	{ resource: 'return', operation: 'addTracking', prepare: onReturn('OPEN', { trackingNumber: '1Z999' }), planned: { tracking: { number: '1Z999' } }, says: '1Z999' },
];

describe.each(WRITES)('$resource $operation', ({ resource, operation, prepare, planned, says }) => {
	it('says what a real run would do, and sends no mutation', async () => {
		const parameters = await prepare();
		const before = await stage.shop.shopify.state<object>();
		const { outputs, error } = await stage.run(operation, { resource, ...parameters, options: { dryRun: true } });
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([]);
		const item = first(outputs[1]);
		expect(item).toMatchObject({ outcome: 'waiting', dryRun: true, planned });
		expect(codesOf(item)).toEqual(['dryRun']);
		expect((item.reasons as Array<{ message: string }>)[0]?.message).toContain(says);
		expect(outputs[1]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(await stage.shop.shopify.state<object>()).toEqual(before);
		// The same without Dry Run has something left to do.
		expect(first((await stage.run(operation, { resource, ...parameters })).outputs[0]).outcome).toBe('done');
		// And once it is done, Dry Run says so.
		expect(first((await stage.run(operation, { resource, ...parameters, options: { dryRun: true } })).outputs[0]).outcome).toBe('alreadyDone');
	});
});
