/** Whatever may be found on an order, in any combination, sensible or not: for properties that hold of every case. */
import fc from 'fast-check';
import type { Case } from '../../../returns/case';
import { caseOf, LINE_A, LINE_B, naming, pair, paid, refund, refundedLine, refundGid, rma, row, transaction, unit, validated } from './cases';

/** Moments around the ends of March 2026. */
const moment = fc.constantFrom('2026-02-28T23:59:59.999Z', '2026-03-01T00:00:00.000Z', '2026-03-10T10:00:00.000Z', '2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00.000Z');

const currency = fc.constantFrom('EUR', 'USD');
const cents = fc.integer({ min: 0, max: 20_000 });
const decimal = (minor: number) => (minor / 100).toFixed(2);

export const anyCase: fc.Arbitrary<Case> = fc
	.record({
		statuses: fc.array(fc.constantFrom('Pending', 'Approved', 'Received', 'Validated', 'Done', 'Rejected', 'Canceled'), { maxLength: 3 }),
		isDetailed: fc.boolean(),
		units: fc.array(fc.record({ rma: fc.nat(2), line: fc.constantFrom(LINE_A, LINE_B), isExchange: fc.boolean(), found: fc.option(fc.boolean()) }), { maxLength: 6 }),
		refunds: fc.array(fc.record({ minor: cents, currency, pieces: fc.option(fc.nat(3)), inReturn: fc.boolean(), state: fc.constantFrom('SUCCESS' as const, 'PENDING' as const, 'FAILURE' as const), at: moment }), { maxLength: 4 }),
		transactions: fc.array(fc.record({ minor: cents, currency, status: fc.constantFrom('Success', 'Requested', 'Failed'), type: fc.constantFrom('RefundToPaymentMethod', 'RefundToStoreCredit', 'InvoicePayment'), names: fc.option(fc.nat(5)), units: fc.array(fc.nat(5), { maxLength: 2 }), at: fc.option(moment) }), { maxLength: 5 }),
		entries: fc.array(fc.record({ minor: cents, refund: fc.option(fc.nat(5)), payout: fc.constantFrom('tenders' as const, 'giftCard' as const), isDone: fc.boolean(), units: fc.array(fc.nat(5), { minLength: 1, maxLength: 2 }), rma: fc.nat(2), at: moment }), { maxLength: 3 }),
		isExplained: fc.boolean(),
		hasOrder: fc.boolean(),
		lacks: fc.constantFrom('nothing', 'order', 'rmas'),
	})
	.map((parts) => {
		const unitIds = (indexes: readonly number[]) => [...new Set(indexes.map((index) => `5${index}`))];
		const units = parts.units.map(({ line, isExchange, found }, index) => unit(`5${index}`, { lineItemId: line, ...(isExchange ? { resolutionType: 'InstantVariantExchange' } : {}), ...(found === null ? {} : validated(found)) }));
		return caseOf({
			order: parts.hasOrder
				? {
						refunds: parts.refunds.map(({ minor, currency: paidIn, pieces, inReturn, state, at }, index) => {
							const moved = state === 'SUCCESS' ? minor : 0;
							const base = refund(index, moved, { createdAt: at, total: pair(moved, paidIn), returnId: inReturn ? 'gid://shopify/Return/1' : null });
							return { ...base, transactions: (base.transactions ?? []).map((entry) => ({ ...entry, status: state })), lines: pieces === null ? null : pieces === 0 ? [] : [refundedLine(LINE_A, pieces)] };
						}),
					}
				: null,
			rmas: parts.statuses.map((status, index) => (parts.isDetailed ? rma(`90${index}`, status, units.filter((_unit, at) => parts.units[at]?.rma === index)) : row(`90${index}`, status))),
			transactions: parts.transactions.map(({ minor, currency: paidIn, status, type, names, units: of, at }, index) =>
				transaction(`7${index}`, decimal(minor), { type, status, createdAt: at, amount: { amount: decimal(minor), currency: paidIn, shopAmount: decimal(minor), shopCurrency: 'USD' }, ...(names === null ? {} : naming(names)), unitIds: unitIds(of) }),
			),
			entries: parts.entries.map(({ minor, refund: names, payout, isDone, units: of, rma: owner, at }, index) =>
				paid(`key-${index}`, `90${owner}`, unitIds(of), decimal(minor), {
					state: isDone ? 'done' : 'claimed',
					doneAt: isDone ? at : null,
					...(payout === 'giftCard'
						? { action: 'giftCard' as const, payout, credit: { customerId: 'c', idsBefore: [], id: names === null ? null : `gid://shopify/GiftCard/${names}`, lastCharacters: null } }
						: { refundId: names === null ? null : refundGid(names) }),
				}),
			),
			explainedRefundIds: parts.isExplained ? [refundGid(0)] : [],
			unread: parts.lacks === 'order' && !parts.hasOrder ? [{ what: 'order', id: '5001', because: 'x' }] : parts.lacks === 'rmas' ? [{ what: 'rmasOfOrder', id: '5001', because: 'x' }] : [],
		});
	});
