/** What an AI agent is told that uses a node as its tool, by n8n's own tool invocation: n8n hands it the first output only. */
import type { IDataObject } from 'n8n-workflow';
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND } from '../../support/shop';
import { Stage } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => await stage.clear());

const only = (told: IDataObject[]): IDataObject => {
	expect(told).toHaveLength(1);
	return told[0] ?? {};
};

describe('Refund > Post as a tool', () => {
	it('tells that the money has moved', async () => {
		const { rmaId } = await stage.inspectedReturn();
		expect(only(await stage.asTool('refund', 'post', rmaId))).toMatchObject({ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } });
		expect(only(await stage.asTool('refund', 'post', rmaId))).toMatchObject({ outcome: 'alreadyDone', reasons: [expect.anything()] });
	});

	it('tells that it is blocked, and why', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const told = only(await stage.asTool('refund', 'post', rmaId, { options: { maximumAmount: 10 } }));
		expect(told).toMatchObject({ outcome: 'blocked' });
		expect(codesOf(told)).not.toEqual([]);
		expect(await stage.shopifyRequests('returnProcess')).toEqual([]);
	});

	it('tells that it waits for an inspection', async () => {
		const told = only(await stage.asTool('refund', 'post', await stage.receiveReturn(await stage.placeOrder())));
		expect(told).toMatchObject({ outcome: 'waiting' });
		expect(codesOf(told)).not.toEqual([]);
	});

	it('tells that a dry run has done nothing', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const told = only(await stage.asTool('refund', 'post', rmaId, { options: { dryRun: true } }));
		expect(told).toMatchObject({ outcome: 'waiting', dryRun: true, planned: { refund: { amount: FLAGSHIP_REFUND } } });
		expect(codesOf(told)).toEqual(['dryRun']);
		expect(await stage.shopifyRequests('returnProcess')).toEqual([]);
	});

	it('tells that the payment is still pending', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn({ ...FLAGSHIP, refundsSettle: 'pending' });
		const told = only(await stage.asTool('refund', 'post', rmaId));
		expect(told).toMatchObject({ outcome: 'waiting', refund: { status: 'pending' }, orderId });
		expect(codesOf(told)).not.toEqual([]);
	});

	it('tells both halves where some units are settled and others are not', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		const rma = await stage.readRma(rmaId);
		const [unit] = rma.units as Array<{ id: string }>;
		await stage.validate(rmaId, { units: [{ id: unit?.id }] });
		const told = await stage.asTool('refund', 'post', rmaId);
		expect(told.map(({ outcome }) => outcome)).toEqual(['done', 'waiting']);
	});

	it('still refuses what nobody has allowed, in words that the agent hears', async () => {
		const { rmaId } = await stage.inspectedReturn();
		await expect(stage.asTool('refund', 'post', rmaId, { allowAsTool: false })).rejects.toThrow('is not allowed as a tool');
		expect(await stage.shopifyRequests('metafieldsSet')).toEqual([]);
	});
});
