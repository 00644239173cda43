/** The operations of the Returns Reconciliation node. */
import { OPERATION_CALLS } from '../../../../nodes/ReturnsReconciliation/access';
import { RESOURCES } from '../../../../nodes/ReturnsReconciliation/registry';
import { ReturnsReconciliation } from '../../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { line, summary } from '../../../unit/report/invented';
import { runNode } from '../../harness';
import { badRequest, but, never, returnGo, shopify, withoutScope, type Failing, type Prepared, type Row, type Table } from '../behaviours';
import type { NodeUnderTest } from '../play';
import type { Services } from '../services';

const NOT_PLAYED = {
	CancelBulkOperation: 'It follows half an hour in which a bulk read does not end.',
	OrderOfRefund: 'It needs a transaction of ReturnGO for a refund whose order neither service lists.',
};

export const RETURNS_RECONCILIATION: NodeUnderTest = { node: ReturnsReconciliation, resources: RESOURCES, credentials: ['returnGoApi', 'shopifyReturnsApi'], failuresOn: () => 0, listed: { calls: OPERATION_CALLS, furtherPages: {}, notPlayed: { 'audit.run': NOT_PLAYED, 'month.close': NOT_PLAYED, 'reconciliation.run': NOT_PLAYED } } };

const WHOLE_STORE = never('It looks at a whole store, and names nothing that could be missing.');
const NO_SERVICE = never('It works on what others have read, and asks neither service.');
const NOTHING_NAMED = never('It works on the rows that it is given, and looks nothing up.');

const no = (changes: Prepared['parameters'], says: RegExp) => (prepared: Prepared): Failing => ({ parameters: but(prepared, changes), says });
const NO_FINDINGS = no({ findings: '[{}]' }, /invalidInput Finding 1, field “incident”: Required/);

/** Everything is late at once, so that one inspected return is stuck in two ways. */
const AT_ONCE = { allowedDays: { receivedNotInShopify: 0, statusConflict: 0, inspectedNotRestocked: 0, refundMissing: 0, approvedWithoutTracking: 0 } };

/** A search for what is stuck, among all returns or among the open ones. */
const searching = (row: Pick<Row, 'asks' | 'refused'>): Row => ({
	...row,
	prepare: async (services) => {
		const { rmaId, orderId } = await services.inspectedReturn();
		return {
			parameters: { ...AT_ONCE, callLimit: 50 },
			shows: ([findings, sums]) => {
				expect(findings).toMatchObject([{ code: 'inspectedNotRestocked', rmaId, orderId }, { code: 'refundMissing', rmaId, orderId }]);
				expect(sums).toMatchObject([{ findings: 2, complete: true }]);
			},
		};
	},
	empty: async (services, prepared) => {
		await services.reset();
		return { parameters: prepared.parameters, shows: ([findings, sums]) => expect([findings, sums]).toMatchObject([[], [{ findings: 0, complete: true }]]) };
	},
	notFound: WHOLE_STORE,
	failing: no({ callLimit: 'many' }, /invalidInput/),
});

/** ReturnGO pays from its dashboard, and its transaction settles three hours later. */
async function paidByReturnGo(services: Services): Promise<{ rmaId: string; orderId: string }> {
	const found = await services.inspectedReturn();
	await services.returnGo.post(`/__sim/rmas/${found.rmaId}/refund`);
	await services.returnGo.changeClock({ advanceMs: 4 * 3600 * 1000 });
	return found;
}

const stuck = line({ incident: 'stuck', code: 'returnMissing' });
const FOUND = { findings: JSON.stringify([stuck]), summary: JSON.stringify(summary()) };

/** The memory of a comparison that found one thing. */
async function memoryOf(): Promise<string> {
	const { outputs, error } = await runNode({ node: ReturnsReconciliation, parameters: { resource: 'exception', operation: 'compareWithLastRun', memory: 'given', ...FOUND } });
	if (error) throw error;
	return JSON.stringify(outputs[2]?.[0]?.json.memory);
}

const withoutServices = (row: Pick<Row, 'prepare' | 'empty'>): Row => ({ asks: NO_SERVICE, refused: NO_SERVICE, notFound: NOTHING_NAMED, failing: NO_FINDINGS, ...row });

export const RETURNS_RECONCILIATION_TABLE: Table = {
	'audit.run': searching({
		asks: [returnGo('GET /rmas'), returnGo('GET /transactions'), shopify('orders'), shopify('currentAppInstallation')],
		refused: [badRequest('GET /rmas'), badRequest('GET /transactions'), withoutScope('read_orders')],
	}),
	'case.get': {
		asks: [returnGo('GET /rma/:id'), shopify('order')],
		refused: [badRequest('GET /rma/:id'), withoutScope('read_orders')],
		prepare: async (services) => {
			const { orderId, rmaId } = await services.inspectedReturn();
			return { parameters: { rmaId }, shows: ([found]) => expect(found).toMatchObject([{ orderId, order: { id: orderId }, rmas: [{ id: rmaId }], transactions: [] }]) };
		},
		empty: never('It reads one return request with its order.'),
		notFound: no({ rmaId: '4711' }, /ReturnGO does not know RMA 4711/),
	},
	'exception.compareWithLastRun': withoutServices({
		prepare: async () => ({
			parameters: { memory: 'given', ...FOUND },
			shows: ([toTell, cleared, comparison]) => expect([toTell, cleared, comparison]).toMatchObject([[{ incident: 'stuck', news: 'new' }], [], [{ isFirst: true, isNews: true, toTell: 1 }]]),
		}),
		empty: async (_services, prepared) => ({
			parameters: but(prepared, { findings: '[]' }),
			shows: ([toTell, cleared, comparison]) => expect([toTell, cleared, comparison]).toMatchObject([[], [], [{ isNews: false, toTell: 0, cleared: 0 }]]),
		}),
	}),
	'exception.findOpen': searching({ asks: [returnGo('GET /rmas'), returnGo('GET /rma/:id'), shopify('order')], refused: [badRequest('GET /rmas'), withoutScope('read_orders')] }),
	'exception.remember': {
		...withoutServices({
			prepare: async () => ({ parameters: { foundMemory: await memoryOf() }, shows: ([items]) => expect(items).toMatchObject([{ remembered: 1 }]) }),
			empty: async (_services, prepared) => ({
				parameters: but(prepared, { foundMemory: JSON.stringify({ ...(JSON.parse(String(prepared.parameters.foundMemory)) as object), incidents: [] }) }),
				shows: ([items]) => expect(items).toMatchObject([{ remembered: 0 }]),
			}),
		}),
		failing: no({ foundMemory: '{"version":2}' }, /invalidInput What is given as memory is not what an earlier comparison has put out/),
	},
	'month.close': {
		asks: [returnGo('GET /transactions'), shopify('shopifyPaymentsAccount')],
		refused: [badRequest('GET /transactions'), withoutScope('read_shopify_payments')],
		prepare: async (services) => {
			const { rmaId } = await paidByReturnGo(services);
			return {
				parameters: { month: new Date().toISOString().slice(0, 7), options: { includeMatched: true } },
				shows: ([rows = [], sums]) => {
					expect(rows).toContainEqual(expect.objectContaining({ class: 'matched', rmaId, currency: 'EUR' }));
					expect(sums).toMatchObject([{ totalsAgree: true }]);
				},
			};
		},
		empty: async (services, prepared) => {
			await services.reset();
			return { parameters: prepared.parameters, shows: ([rows, sums]) => expect([rows, sums]).toMatchObject([[], [{ totals: [], totalsAgree: true }]]) };
		},
		notFound: never('A month without returns is an empty one.'),
		failing: no({ month: 'October' }, /invalidInput Month has to be/),
	},
	'reconciliation.run': {
		asks: [returnGo('GET /rmas'), returnGo('GET /transactions'), shopify('orders')],
		refused: [badRequest('GET /rmas'), badRequest('GET /transactions'), withoutScope('read_orders')],
		prepare: async (services) => {
			const { rmaId, orderId } = await paidByReturnGo(services);
			await services.returnGo.post(`/__sim/rmas/${rmaId}/mark-done`);
			return {
				parameters: { since: '2020-01-01T00:00:00Z', options: { includeMatched: true } },
				shows: ([rows, sums]) => expect([rows, sums]).toMatchObject([[{ class: 'matched', rmaId, orderId, difference: '0.00' }], [{ complete: true, totalsAgree: true }]]),
			};
		},
		empty: async (services, prepared) => {
			await services.reset();
			return { parameters: prepared.parameters, shows: ([rows, sums]) => expect([rows, sums]).toMatchObject([[], [{ complete: true, totals: [], agreeing: 0 }]]) };
		},
		notFound: WHOLE_STORE,
		failing: no({ since: 'yesterday' }, /invalidInput/),
	},
	'report.build': withoutServices({
		prepare: async () => ({ parameters: { reportKind: 'reconciliation', ...FOUND }, shows: ([items]) => expect(items).toMatchObject([{ kind: 'reconciliation', findings: 1, needsAttention: true }]) }),
		empty: async (_services, prepared) => ({ parameters: but(prepared, { findings: '[]' }), shows: ([items]) => expect(items).toMatchObject([{ findings: 0, needsAttention: false }]) }),
	}),
	'report.listRows': withoutServices({
		prepare: async () => ({ parameters: { findings: FOUND.findings }, shows: ([items]) => expect(items).toHaveLength(1) }),
		empty: async (_services, prepared) => ({ parameters: but(prepared, { findings: '[]' }), shows: (shown) => expect(shown).toEqual([[]]) }),
	}),
};
