/** The join of three streams into cases: whatever comes first, what belongs together comes out together, and what is explained is let go of. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Case, CaseOrder, CaseRma, CaseTransaction } from '../../../returns/case';
import { bareName, CaseJoin } from '../../../returns/caseJoin';
import type { LedgerEntry } from '../../../returns/ledger';
import { caseOf, naming, paid, refund, refundGid, rma, row, transaction, unit } from './cases';

const order = (more: Partial<CaseOrder> = {}, entries: LedgerEntry[] = []): CaseOrder => {
	const { order: made } = caseOf({ order: more, entries });
	if (made === null) throw new Error('no order');
	return made;
};
const REFUNDED = order({ refunds: [refund(1, 4000)] });
const DONE = rma('900', 'Done', [unit('51')]);
const PAID = transaction('71', '40.00', { ...naming(1), unitIds: ['51'] });
const AFTER = '2026-03-12T00:00:00Z';

type Arrival = ['order', CaseOrder] | ['rma', CaseRma] | ['transaction', CaseTransaction];

function feed(join: CaseJoin, arrivals: readonly Arrival[]): Case[] {
	return arrivals.flatMap((arrival) => {
		const given = arrival[0] === 'order' ? join.addOrder(arrival[1], true) : arrival[0] === 'rma' ? join.addRma(arrival[1]) : join.addTransaction(arrival[1]);
		return given ?? [];
	});
}

describe('one order, one request, one payment', () => {
	const arrivals: Arrival[] = [['order', REFUNDED], ['rma', DONE], ['transaction', PAID]];
	const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

	it.each(orders)('leave together, whatever comes first (%i, %i, %i)', (...sequence) => {
		const join = new CaseJoin();
		const given = feed(join, sequence.flatMap((index) => arrivals.slice(index, index + 1)));
		const all = [...given, ...join.transactionsCame(AFTER)];
		expect(all).toHaveLength(1);
		expect(all[0]).toMatchObject({ orderId: REFUNDED.id, orderName: '#1001', rmas: [{ id: '900' }], transactions: [{ id: '71' }], explainedRefundIds: [] });
		expect([join.openCases(), join.waitingTransactions(), join.wasGiven(REFUNDED.id)]).toEqual([[], [], true]);
	});

	it('are one case however the order’s name is written', () => {
		const join = new CaseJoin();
		join.addRma(row('900', 'Approved'));
		join.addRma({ ...row('901', 'Approved'), orderName: ' #1001 ' });
		join.addOrder(order(), true);
		expect(join.openCases()).toMatchObject([{ name: '1001', rmas: [{ id: '900' }, { id: '901' }] }]);
		expect(['#1001', '1001 ', '#EU-7a'].map(bareName)).toEqual(['1001', '1001', 'eu-7a']);
	});
});

describe('what stays open', () => {
	it('a refund without a transaction, until the transactions have come a day further', () => {
		const join = new CaseJoin();
		const ours = order({ refunds: [refund(1, 4000)] }, [paid('key', '900', ['51'], '40.00', { refundId: refundGid(1) })]);
		expect(feed(join, [['order', ours], ['rma', DONE]])).toEqual([]);
		expect(join.transactionsCame('2026-03-11T09:59:59.000Z')).toEqual([]);
		expect(join.transactionsCame('2026-03-10T00:00:00.000Z')).toEqual([]);
		expect(join.transactionsCame('2026-03-11T10:00:00.000Z')).toMatchObject([{ orderName: '#1001' }]);
	});

	it('an order that was not read as far as its payments', () => {
		const join = new CaseJoin();
		feed(join, [['rma', DONE], ['transaction', PAID]]);
		expect([join.addOrder(REFUNDED, false), join.transactionsCame(AFTER)]).toEqual([null, []]);
		expect(join.addOrder(REFUNDED, true)).toMatchObject({ transactions: [{ id: '71' }] });
	});

	it('an order whose request is still open, and a difference', () => {
		const open = new CaseJoin();
		expect(feed(open, [['order', REFUNDED], ['rma', rma('900', 'Received', [unit('51')])], ['transaction', PAID]])).toEqual([]);
		const differing = new CaseJoin();
		expect(feed(differing, [['order', REFUNDED], ['rma', DONE], ['transaction', transaction('71', '39.99', { ...naming(1), unitIds: ['51'] })]])).toEqual([]);
		expect([open.transactionsCame(AFTER), differing.transactionsCame(AFTER)]).toEqual([[], []]);
		expect([open.openCases(), differing.openCases()].map(({ length }) => length)).toEqual([1, 1]);
	});

	it('a request without an order is a case of its own; so are two of them', () => {
		const join = new CaseJoin();
		for (const id of ['900', '901']) join.addRma({ ...row(id, 'Approved'), orderName: '' });
		expect(join.openCases().map((entry) => join.asCase(entry))).toMatchObject([{ orderId: null, orderName: null, rmas: [{ id: '900' }] }, { orderId: null, orderName: null, rmas: [{ id: '901' }] }]);
	});

	it('a request whose order Shopify does not have names it all the same', () => {
		const join = new CaseJoin();
		join.addRma(DONE);
		expect(join.openCases().map((entry) => join.asCase(entry))).toMatchObject([{ order: null, orderId: DONE.details?.order.id, orderName: '1001' }]);
	});

	it('everything, where every case is to be looked at', () => {
		const join = new CaseJoin(true);
		expect([...feed(join, [['order', REFUNDED], ['rma', DONE], ['transaction', PAID]]), ...join.transactionsCame(AFTER)]).toEqual([]);
		expect(join.openCases()).toMatchObject([{ rmas: [{ id: '900' }], transactions: [{ id: '71' }] }]);
	});
});

describe('transactions', () => {
	it('wait for the order whose refund they name, whether or not they name units', () => {
		const join = new CaseJoin();
		join.addTransaction(PAID);
		join.addTransaction(transaction('72', '5.00', naming(2)));
		expect(join.waitingTransactions().map(({ id }) => id)).toEqual(['71', '72']);
		join.addOrder(REFUNDED, true);
		expect(join.waitingTransactions().map(({ id }) => id)).toEqual(['72']);
		expect(join.openCases()[0]?.transactions.map(({ id }) => id)).toEqual(['71']);
	});

	it('find by its units the order on which we recorded a credit, before it or after it', () => {
		const credited = order({}, [paid('key', '900', ['51'], '40.00', { action: 'giftCard', payout: 'giftCard', credit: { customerId: 'c', idsBefore: [], id: 'gid://shopify/GiftCard/1', lastCharacters: null } })]);
		const told = transaction('71', '40.00', { unitIds: ['51'], type: 'RefundToStoreCredit' });
		const before = new CaseJoin(true);
		feed(before, [['transaction', told], ['order', credited]]);
		const after = new CaseJoin(true);
		feed(after, [['order', credited], ['transaction', told]]);
		for (const join of [before, after]) expect([join.openCases()[0]?.transactions.map(({ id }) => id), join.waitingTransactions()]).toEqual([['71'], []]);
	});

	it('are handed to the request whose units they name, once', () => {
		const join = new CaseJoin();
		join.addTransaction(transaction('71', '40.00', { unitIds: ['51', '52'] }));
		join.addTransaction(transaction('72', '5.00', { unitIds: ['53'] }));
		expect(join.takeWaiting(['51', '52']).map(({ id }) => id)).toEqual(['71']);
		expect(join.takeWaiting(['51', '52'])).toEqual([]);
		expect(join.waitingTransactions().map(({ id }) => id)).toEqual(['72']);
	});

	it('that come twice, on two pages, are one', () => {
		const join = new CaseJoin(true);
		feed(join, [['transaction', PAID], ['transaction', PAID], ['order', REFUNDED], ['transaction', PAID]]);
		expect(join.openCases()[0]?.transactions).toHaveLength(1);
		expect(join.waitingTransactions()).toEqual([]);
	});

	it('that were put aside come to no case any more', () => {
		const join = new CaseJoin(true);
		join.addTransaction(PAID);
		join.forgetWaiting(PAID);
		join.addOrder(REFUNDED, true);
		expect([join.waitingTransactions(), join.openCases()[0]?.transactions]).toEqual([[], []]);
	});
});

describe('an order that comes again', () => {
	it('on two pages: the later reading counts, and what belongs to it is kept', () => {
		const join = new CaseJoin(true);
		feed(join, [['order', order()], ['rma', DONE], ['order', REFUNDED], ['transaction', PAID]]);
		expect(join.openCases()).toMatchObject([{ order: { refunds: [{ id: refundGid(1) }] }, rmas: [{ id: '900' }], transactions: [{ id: '71' }] }]);
	});

	it('after its case has left is not given twice', () => {
		const join = new CaseJoin();
		expect(feed(join, [['transaction', PAID], ['rma', DONE], ['order', REFUNDED], ['order', REFUNDED]])).toHaveLength(1);
		expect(join.openCases()).toEqual([]);
	});

	it('for a request that turned up late: what the first case explained counts there, and only there', () => {
		const join = new CaseJoin();
		feed(join, [['transaction', PAID], ['rma', DONE], ['order', REFUNDED]]);
		join.addRma(rma('901', 'Done', [unit('52')]));
		const entry = join.adopt(REFUNDED, true);
		entry.transactions.push({ ...PAID, rmaId: '901' });
		expect(join.give(entry)).toMatchObject({ rmas: [{ id: '901' }], explainedRefundIds: [refundGid(1)], explainedUnitIds: ['51'], transactions: [] });
	});

	it('a transaction that only the list shows, after the case has left, is one too many and stays', () => {
		const join = new CaseJoin();
		feed(join, [['transaction', PAID], ['rma', DONE], ['order', REFUNDED]]);
		expect(join.addTransaction(transaction('72', '40.00', { ...naming(1), unitIds: ['51'] }))).toBeNull();
		expect(join.waitingTransactions().map(({ id }) => id)).toEqual(['72']);
	});
});

describe('whatever the order of arrival', () => {
	const ORDERS = 4;
	const numbered = (number: number, more: Partial<CaseOrder> = {}): CaseOrder => ({ ...order(more), id: `gid://shopify/Order/${5000 + number}`, name: `#${1000 + number}` });
	const anyShop = fc
		.array(fc.record({ refunds: fc.nat(2), rmas: fc.array(fc.constantFrom('Approved', 'Done', 'Rejected'), { maxLength: 2 }), told: fc.array(fc.boolean(), { maxLength: 2 }), isInShopify: fc.boolean() }), { minLength: 1, maxLength: ORDERS })
		.map((orders) =>
			orders.flatMap(({ refunds, rmas, told, isInShopify }, number): Arrival[] => [
				...(isInShopify ? [['order', numbered(number, { refunds: Array.from({ length: refunds }, (_each, index) => refund(`${number}${index}`, 4000)) })] as Arrival] : []),
				...rmas.map((status, index): Arrival => ['rma', { ...rma(`9${number}${index}`, status, [unit(`5${number}${index}`)]), orderName: String(1000 + number) }]),
				...told.map((namesRefund, index): Arrival => ['transaction', transaction(`7${number}${index}`, '40.00', { unitIds: [`5${number}${index}`], ...(namesRefund ? naming(`${number}${index}`) : {}) })]),
			]),
		);
	const shuffled = anyShop.chain((arrivals) => fc.tuple(fc.constant(arrivals), fc.shuffledSubarray(arrivals, { minLength: arrivals.length })));
	const facts = ({ orderName, order: read, rmas, transactions }: Case) => JSON.stringify([orderName === null ? null : bareName(orderName), read?.id ?? null, rmas.map(({ id }) => id).sort(), transactions.map(({ id }) => id).sort()]);
	const joined = (join: CaseJoin, given: readonly Case[]) => [[...given, ...join.openCases().map((entry) => join.asCase(entry))].map(facts).sort(), join.waitingTransactions().map(({ id }) => id).sort()];

	it('the same cases come out where every one is kept', () => {
		fc.assert(
			fc.property(shuffled, ([arrivals, other]) => {
				const [one, two] = [new CaseJoin(true), new CaseJoin(true)];
				expect(joined(one, feed(one, arrivals))).toEqual(joined(two, feed(two, other)));
			}),
			{ numRuns: 500 },
		);
	});

	it('nothing is lost and nothing comes out twice where explained ones leave at once', () => {
		fc.assert(
			fc.property(shuffled, ([, arrivals]) => {
				const join = new CaseJoin();
				const given = [...feed(join, arrivals), ...join.transactionsCame(AFTER)];
				const cases = [...given, ...join.openCases().map((entry) => join.asCase(entry))];
				const idsOf = (kind: Arrival[0]) => arrivals.flatMap(([what, { id }]) => (what === kind ? [id] : [])).sort();
				expect(cases.flatMap(({ order: read }) => read?.id ?? []).sort()).toEqual(idsOf('order'));
				expect(cases.flatMap(({ rmas }) => rmas.map(({ id }) => id)).sort()).toEqual(idsOf('rma'));
				expect([...cases.flatMap(({ transactions }) => transactions), ...join.waitingTransactions()].map(({ id }) => id).sort()).toEqual(idsOf('transaction'));
			}),
			{ numRuns: 500 },
		);
	});
});

it('keeps of an order that has left its number only: less than 64 bytes, whatever the order held', () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const many = 20_000;
	const join = new CaseJoin();
	collect();
	const before = process.memoryUsage().heapUsed;
	let left = 0;
	for (let index = 0; index < many; index += 1) {
		const name = `#${10_000 + index}`;
		const made = order({ id: `gid://shopify/Order/${5_000_000_000_000 + index}`, name, refunds: [refund(900_000_000_000 + index, 4000)] });
		const arrivals: Arrival[] = [
			['order', made],
			['rma', { ...row(String(index), 'Done'), orderName: name }],
			['transaction', transaction(String(index), '40.00', { ...naming(900_000_000_000 + index), unitIds: [String(index)], rmaId: String(index) })],
		];
		left += feed(join, arrivals).length;
	}
	collect();
	expect([left, join.openCases(), join.waitingTransactions()]).toEqual([many, [], []]);
	expect((process.memoryUsage().heapUsed - before) / many).toBeLessThan(64);
});
