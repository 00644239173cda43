/** *Watch exchanges* as shipped: each exchange has a typed state, what is late is told once, and what was put right is told no more. */
import { withSettings } from '../../scripts/host/templates';
import { Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution } from './harness';

const DAY_MS = 86_400_000;

let e2e: E2e;
let shop: Shop;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
afterEach(async () => await e2e.cleanUp());

/** As many requests as there are kinds, made five days ago; the parcel is inspected where asked. */
async function exchangeRequest({ withItems = true, inspected = true } = {}): Promise<string> {
	const placed = await shop.placeOrder();
	const unit = { lineItemId: placed.lineItemIds[0], quantity: 1, resolutionType: 'InstantVariantExchange', ...(withItems ? { exchangeItems: [{ sku: 'COAT-L', variantId: '8100000001', quantity: 1 }] } : {}) };
	const { rmaId } = await e2e.returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId: placed.orderId, units: [unit] });
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/approve`);
	if (!inspected) return String(rmaId);
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/ship`);
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
	await shop.validate(String(rmaId));
	return String(rmaId);
}

async function morning(workflowId: string): Promise<Execution> {
	return await e2e.n8n.executeWorkflow(workflowId, 'Every morning', 150_000);
}

function standings(execution: Execution): Record<string, string> {
	return Object.fromEntries(itemsOf(execution, 'How does the exchange stand?').map(({ json }) => [String(json.rmaId), `${String(json.state)} ${String(json.money)}`]));
}

async function travelBack(days: number): Promise<void> {
	await e2e.returnGo.changeClock({ advanceMs: -days * DAY_MS });
}

it('says how each exchange stands, tells what is late once, and no more when it was released', async () => {
	const { id } = await e2e.importDraft('watch-exchanges');
	await travelBack(5);
	const released = await exchangeRequest();
	await e2e.returnGo.post(`/__sim/rmas/${released}/release-exchange`, { orderId: '5900000001', orderName: '#2001' });
	const late = await exchangeRequest();
	const underway = await exchangeRequest({ inspected: false });
	const missing = await exchangeRequest({ withItems: false });
	const refunded = await shop.inspectedReturn();
	await travelBack(-5);

	const first = await morning(id);
	expect(standings(first)).toEqual({ [released]: 'released even', [late]: 'notReleased even', [underway]: 'waitingForTheParcel even', [missing]: 'missing even' });
	expect(Object.keys(standings(first))).not.toContain(refunded.rmaId);
	expect(failureOf(first)).toMatch(/Tell somebody: .*exchangeNotReleased.*Owner: customerService\. Next step/s);
	for (const rmaId of [late, missing]) expect(failureOf(first)).toContain(`RMA${rmaId},`);
	for (const rmaId of [released, underway]) expect(failureOf(first)).not.toContain(`RMA${rmaId},`);

	expect(failureOf(await morning(id))).toBeUndefined();
	// Nobody is told for ever after one message that may not have arrived.
	const draft = await e2e.n8n.rest.workflow(id);
	await e2e.n8n.rest.updateWorkflow(id, { nodes: withSettings(draft, { repeatAfterDays: 0 }).nodes });
	expect(failureOf(await morning(id))).toContain(`RMA${late},`);
	await e2e.n8n.rest.updateWorkflow(id, { nodes: draft.nodes });
	expect(failureOf(await morning(id))).toBeUndefined();

	await e2e.returnGo.post(`/__sim/rmas/${late}/release-exchange`, { orderId: '5900000002', orderName: '#2002' });
	const afterRelease = await morning(id);
	expect(standings(afterRelease)[late]).toBe('released even');
	expect(failureOf(afterRelease)).toBeUndefined();
});

it('names what the limits have left out, beside what is late, once a morning', async () => {
	const { id } = await e2e.importDraft('watch-exchanges', { settings: { maximumReturns: 1 } });
	await travelBack(5);
	const older = await exchangeRequest();
	await travelBack(-1);
	const newer = await exchangeRequest();
	await travelBack(-4);
	const first = await morning(id);
	expect(Object.keys(standings(first))).toEqual([newer]);
	expect(failureOf(first)).toContain(`RMA${newer},`);
	expect(failureOf(first)).toMatch(/callBudgetLow: ReturnGO’s calls are nearly used up\. Not every exchange was looked at.*The newest 1 RMAs.*Owner: integration\. Next step: Raise the limit in Settings, or look back fewer days\.$/s);
	expect(failureOf(first)).not.toContain(older);
	expect(failureOf(await morning(id))).toBeUndefined();
});

it('names what the limits have left out where nothing is late', async () => {
	const { id } = await e2e.importDraft('watch-exchanges', { settings: { maximumCalls: 2 } });
	for (let made = 0; made < 3; made += 1) await exchangeRequest({ inspected: false });
	const cut = await morning(id);
	expect(Object.values(standings(cut))).toEqual(['waitingForTheParcel even']);
	expect(failureOf(cut)).toMatch(/^(?!.*exchangeNotReleased).*callBudgetLow: /s);
});

it.each([
	['an invoice that is open for too long', { type: 'InvoicePayment', status: 'Requested' }, 'customerOwes', /customerOwes: Customer owes money\..*12\.5 EUR are open.*Owner: customerService/s],
	['an invoice that is paid', { type: 'InvoicePayment', status: 'Success' }, 'customerPaid', undefined],
	['a refund beside the exchange that did not succeed', { type: 'RefundToPaymentMethod', status: 'Failed' }, 'refundDue', /refundPendingTooLong.*as Failed: 12\.5 EUR.*Owner: finance/s],
	['a refund that is paid', { type: 'RefundToPaymentMethod', status: 'Success' }, 'refunded', undefined],
])('money beside an exchange: %s', async (_what, transaction, money, told) => {
	const { id } = await e2e.importDraft('watch-exchanges');
	await travelBack(10);
	const rmaId = await exchangeRequest();
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/release-exchange`, { orderId: '5900000001', orderName: '#2001' });
	await travelBack(-10);
	const { details } = await e2e.returnGo.get<{ details: object }>(`/__sim/rmas/${rmaId}`);
	const at = new Date(Date.now() - 9 * DAY_MS).toISOString();
	const amount = { amount: 12.5, currency: 'EUR', shopAmount: 12.5, shopCurrency: 'EUR' };
	const body = { ...details, transactions: [{ id: 7_000_099, amount, returnItemIds: [], createdAt: at, lastUpdated: at, externalReferenceId: null, externalReferenceType: null, processor: null, ...transaction }] };
	await e2e.returnGo.addFaults({ match: { method: 'GET', path: `/rma/${rmaId}` }, action: { kind: 'status', status: 200, body }, times: -1 });
	const execution = await morning(id);
	expect(standings(execution)).toEqual({ [rmaId]: `released ${money}` });
	if (told) expect(failureOf(execution)).toMatch(told);
	else expect(failureOf(execution)).toBeUndefined();
});

it('hears of one exchange at once, by ReturnGO’s own message', async () => {
	const { id } = await e2e.importTemplate('watch-exchanges', { settings: { releaseWithinDays: 0 } });
	const rmaId = await exchangeRequest();
	await e2e.returnGo.webhookDeliveries();
	await e2e.n8n.waitUntilAtRest(150_000);
	const told = await e2e.waitForExecution(id, (execution) => execution.status === 'error');
	expect(failureOf(told)).toContain(`(RMA${rmaId},`);
	const executions = await Promise.all((await e2e.n8n.executions(id)).map(async (summary) => await e2e.n8n.rest.execution(summary.id)));
	expect(executions.filter((execution) => failureOf(execution) !== undefined)).toHaveLength(1);
});
