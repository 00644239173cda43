import { isExplained, missingDetails, reconcile } from '../../../returns/reconciliation';
import { toFinding } from '../../../returns/reconciliationLine';
import { caseOf, LINE_A, LINE_B, naming, ORDER_ID, paid, pair, refund, refundedLine, refundGid, rma, row, transaction, unit, validated, type CaseParts } from './cases';

/** `class code returnGo/shopify rma units`, one text per line. */
const shown = (parts: CaseParts) =>
	reconcile(caseOf(parts)).map((line) => [line.class, line.code ?? '-', `${line.returnGo?.minor ?? '-'}/${line.shopify?.minor ?? '-'}`, line.rmaId ?? '-', line.unitIds.join('+') || '-'].join(' '));

const withStatus = (status: 'PENDING' | 'FAILURE') => (refund(1, 4000).transactions ?? []).map((entry) => ({ ...entry, status }));

describe('a refund that ReturnGO names', () => {
	it('is matched when both amounts are the same, without reading the RMA', () => {
		const parts: CaseParts = { order: { refunds: [refund(1, 8172)] }, rmas: [row('900', 'Done')], transactions: [transaction('1', '81.72', { ...naming(1), unitIds: ['11', '12'] })] };
		expect(shown(parts)).toEqual(['matched - 8172/8172 900 11+12']);
		expect(missingDetails(caseOf(parts))).toEqual([]);
		expect(isExplained(caseOf(parts))).toBe(true);
	});

	it('differs by a cent', () => {
		expect(shown({ order: { refunds: [refund(1, 8171)] }, rmas: [row('900', 'Done')], transactions: [transaction('1', '81.72', naming(1))] })).toEqual(['valueDiffers valueMismatch 8172/8171 900 -']);
	});

	it('adds up several transactions for one refund', () => {
		const transactions = [transaction('1', '40', { ...naming(1), unitIds: ['11'] }), transaction('2', '41.72', { ...naming(1), unitIds: ['12'] })];
		expect(shown({ order: { refunds: [refund(1, 8172)] }, rmas: [row('900', 'Done')], transactions })).toEqual(['matched - 8172/8172 900 11+12']);
	});

	it('counts a second transaction for the same unit as a duplicate', () => {
		const transactions = [transaction('1', '40', { ...naming(1), unitIds: ['11'] }), transaction('2', '40', { ...naming(1), unitIds: ['11'] })];
		expect(shown({ order: { refunds: [refund(1, 4000)] }, rmas: [row('900', 'Done')], transactions })).toEqual(['matched - 4000/4000 900 11', 'duplicate refundTwice 4000/- 900 -']);
	});

	it('keeps two currencies on two lines', () => {
		const dollars = transaction('1', '44', { ...naming(1), amount: { amount: '44', currency: 'USD', shopAmount: '44', shopCurrency: 'USD' } });
		expect(shown({ order: { refunds: [refund(1, 4000)] }, rmas: [row('900', 'Done')], transactions: [dollars] })).toEqual(['valueDiffers currencyMismatch -/4000 900 -', 'valueDiffers currencyMismatch 4400/- 900 -']);
	});

	it('is pending while its money has not moved', () => {
		const pending = refund(1, 0, { transactions: withStatus('PENDING') });
		expect(shown({ order: { refunds: [pending] }, rmas: [row('900', 'Done')], transactions: [transaction('1', '40', naming(1))] })).toEqual(['pending refundPending 4000/0 900 -']);
	});

	it('is a difference when its payment did not succeed', () => {
		const failed = refund(1, 0, { transactions: withStatus('FAILURE') });
		expect(shown({ order: { refunds: [failed] }, rmas: [row('900', 'Done')], transactions: [transaction('1', '40', naming(1))] })).toEqual(['valueDiffers refundFailed 4000/0 900 -']);
	});

	it('is under way while ReturnGO still shows it as requested, and a conflict when ReturnGO calls it failed', () => {
		const inStatus = (status: string) => shown({ order: { refunds: [refund(1, 4000)] }, rmas: [row('900', 'Received')], transactions: [transaction('1', '40', { ...naming(1), status })] });
		expect(inStatus('Requested')).toEqual(['pending returnGoRefundRequested -/4000 900 -']);
		expect(inStatus('Failed')).toEqual(['valueDiffers paidThoughFailed -/4000 900 -']);
	});
});

describe('a refund of ours', () => {
	it('belongs to the RMA that the ledger names', () => {
		const parts: CaseParts = { order: { refunds: [refund(1, 4000)] }, entries: [paid('k', '900', ['11'], '40.00', { refundId: refundGid(1) })], rmas: [row('900', 'Done')] };
		expect(shown(parts)).toEqual(['matched - -/4000 900 11']);
		expect(isExplained(caseOf(parts))).toBe(true);
	});

	it('differs when the ledger says another amount', () => {
		expect(shown({ order: { refunds: [refund(1, 4000)] }, entries: [paid('k', '900', ['11'], '39.00', { refundId: refundGid(1) })], rmas: [row('900', 'Done')] })).toEqual(['valueDiffers valueMismatch -/4000 900 11']);
	});

	it('is a duplicate of ReturnGO’s refund for the same units', () => {
		const lines = shown({
			order: { refunds: [refund(1, 4000), refund(2, 4000)] },
			entries: [paid('k', '900', ['11'], '40.00', { refundId: refundGid(2) })],
			rmas: [row('900', 'Done')],
			transactions: [transaction('1', '40', { ...naming(1), unitIds: ['11'] })],
		});
		expect(lines).toEqual(['matched - 4000/4000 900 11', 'duplicate refundTwice -/4000 900 -']);
	});

	it('that the order does not show is a difference, and one that was only begun is under way', () => {
		expect(shown({ entries: [paid('k', '900', ['11'], '40.00', { refundId: refundGid(9) })], rmas: [row('900', 'Done')] })).toEqual(['valueDiffers refundRecordMissing -/- 900 11']);
		expect(shown({ entries: [paid('k', '900', ['11'], '40.00', { state: 'claimed' })], rmas: [row('900', 'Validated')] })).toEqual(['pending answerUnknown -/- 900 11']);
	});

	it('of an even exchange pays for the units, and is no missing refund', () => {
		const even = paid('k', '900', ['11'], '0.00', { exchange: { returnLines: [], items: [] } });
		expect(shown({ entries: [even], rmas: [rma('900', 'Done', [unit('11')])] })).toEqual(['exchange - -/- 900 11']);
	});

	it('of a gift card that was only begun is under way as well', () => {
		expect(shown({ entries: [paid('k', '900', ['11'], '40.00', { action: 'giftCard', payout: 'giftCard', state: 'claimed' })], rmas: [row('900', 'Validated')] })).toEqual(['pending answerUnknown -/- 900 11']);
	});

	it('on a gift card counts with its amount, and ReturnGO’s report of it belongs to it', () => {
		const card = paid('k', '900', ['11'], '40.00', { action: 'giftCard', payout: 'giftCard', credit: { customerId: 'c', idsBefore: [], id: 'gid://shopify/GiftCard/5', lastCharacters: 'abcd' } });
		expect(shown({ entries: [card], rmas: [row('900', 'Done')] })).toEqual(['matched - -/4000 900 11']);
		const reported = transaction('1', '40', { type: 'RefundToGiftCard', externalReferenceId: '5', externalReferenceType: 'GiftCardId', unitIds: ['11'] });
		expect(shown({ entries: [card], rmas: [row('900', 'Done')], transactions: [reported] })).toEqual(['matched - 4000/4000 900 11']);
	});
});

it('a refund of ReturnGO’s that failed is told until its units are paid another way', () => {
	const failed = transaction('1', '40', { status: 'Failed', unitIds: ['11'] });
	const rmas = [rma('900', 'Validated', [unit('11')])];
	expect(shown({ rmas, transactions: [failed] })[0]).toMatch(/^onlyInReturnGo returnGoRefundFailed/);
	expect(shown({ rmas, transactions: [failed, transaction('2', '40', { ...naming(1), unitIds: ['11'] })], order: { refunds: [refund(1, 4000)] } })).toEqual(['matched - 4000/4000 900 11', 'matched - -/- 900 -']);
	const again = refund(1, 4000, { total: pair(0), transactions: (refund(1, 4000).transactions ?? []).map((entry) => ({ ...entry, status: 'FAILURE' as const })), lines: [refundedLine(LINE_A, 1)] });
	expect(shown({ rmas, transactions: [failed], order: { refunds: [again] } }).join()).toContain('returnGoRefundFailed');
});

describe('what was paid for a request that is over', () => {
	it('is named, whoever paid it, and its request is read to know', () => {
		const parts: CaseParts = { order: { refunds: [refund(1, 4000)] }, rmas: [row('900', 'Canceled')], transactions: [transaction('1', '40', { ...naming(1), unitIds: ['11'] })] };
		expect(missingDetails(caseOf(parts))).toEqual(['900']);
		expect(shown({ ...parts, rmas: [rma('900', 'Canceled', [unit('11')])] })).toEqual(['valueDiffers paidThoughEnded 4000/4000 900 11']);
		expect(shown({ order: { refunds: [refund(1, 4000, { lines: [refundedLine(LINE_A, 1)] })] }, rmas: [rma('900', 'Canceled', [unit('11')])] })).toEqual(['valueDiffers paidThoughEnded -/4000 900 11']);
	});

	it('is not what was paid before the request was made', () => {
		const before = refund(1, 4000, { createdAt: '2026-02-10T10:00:00Z', lines: [refundedLine(LINE_A, 1)] });
		expect(shown({ order: { refunds: [before] }, rmas: [rma('900', 'Canceled', [unit('11')])] })).toEqual(['matched - -/4000 900 11']);
	});
});

it('a finished request with a resolution that neither system shows is not called matched', () => {
	expect(shown({ rmas: [rma('900', 'Done', [unit('11', { resolutionType: 'GiftCard' })])] })).toEqual(['onlyInReturnGo settlementUnseen -/- 900 11']);
});

describe('a refund that nobody names', () => {
	const person = refund(1, 4000, { lines: [refundedLine(LINE_A, 1)] });

	it('is not decided before the RMA is read', () => {
		const parts: CaseParts = { order: { refunds: [person] }, rmas: [row('900', 'Done')] };
		expect(shown(parts)).toEqual(['pending notRead -/4000 - -', 'pending notRead -/- 900 -']);
		expect(missingDetails(caseOf(parts))).toEqual(['900']);
		expect(isExplained(caseOf(parts))).toBe(false);
	});

	it('is matched by order, unit and value', () => {
		expect(shown({ order: { refunds: [person] }, rmas: [rma('900', 'Done', [unit('11')])] })).toEqual(['matched - -/4000 900 11']);
	});

	it('differs when the units are worth something else', () => {
		expect(shown({ order: { refunds: [refund(1, 3500, { lines: [refundedLine(LINE_A, 1)] })] }, rmas: [rma('900', 'Done', [unit('11')])] })).toEqual(['valueDiffers valueMismatch -/3500 900 11']);
	});

	it('takes the RMA of its own return before another one', () => {
		const inReturn = { ...person, returnId: 'gid://shopify/Return/2' };
		const returns = [{ id: 'gid://shopify/Return/2', name: '#1001-R2', status: 'CLOSED' as const, createdAt: '2026-03-02T10:00:00Z', closedAt: null, totalQuantity: 1, lines: [], dispositions: [], exchangeItems: 0 }];
		const rmas = [rma('900', 'Approved', [unit('11')], { shopifyReturnName: '#1001-R1' }), rma('901', 'Done', [unit('12')], { shopifyReturnName: '#1001-R2' })];
		expect(shown({ order: { refunds: [inReturn], returns }, rmas })).toEqual(['matched - -/4000 901 12', 'pending - -/- 900 11']);
	});

	it('twice for the same unit is a duplicate', () => {
		expect(shown({ order: { refunds: [person, { ...person, id: refundGid(2) }] }, rmas: [rma('900', 'Done', [unit('11')])] })).toEqual(['matched - -/4000 900 11', 'duplicate refundTwice -/4000 900 -']);
	});

	it('without an RMA is a question only if something was taken back', () => {
		expect(shown({ order: { refunds: [person] } })).toEqual(['onlyInShopify refundOutsideReturns -/4000 - -']);
		expect(shown({ order: { refunds: [refund(1, 4000, { lines: [refundedLine(LINE_A, 1, 'RETURN')] })] } })).toEqual(['onlyInShopify refundWithoutRma -/4000 - -']);
		expect(shown({ order: { refunds: [refund(1, 4000, { lines: null, returnId: 'gid://shopify/Return/2' })] } })).toEqual(['onlyInShopify refundWithoutRma -/4000 - -']);
	});

	it('is not called one without RMA where the RMAs were not read', () => {
		expect(shown({ order: { refunds: [person] }, unread: [{ what: 'rmasOfOrder', id: ORDER_ID, because: 'x' }] })).toEqual(['pending notRead -/4000 - -']);
	});

	it('that names other units than the RMA is left to a person', () => {
		expect(shown({ order: { refunds: [refund(1, 9000, { lines: [refundedLine(LINE_A, 1), refundedLine(LINE_B, 1)] })] }, rmas: [rma('900', 'Received', [unit('11')])] })).toEqual(['onlyInShopify refundUnclear -/9000 900 -', 'pending - -/- 900 11']);
	});
});

describe('ReturnGO alone', () => {
	it('says it paid, and Shopify shows nothing', () => {
		expect(shown({ rmas: [row('900', 'Done')], transactions: [transaction('1', '40', { unitIds: ['11'] })] })).toEqual(['onlyInReturnGo refundMissing 4000/- 900 11']);
		expect(shown({ rmas: [row('900', 'Done')], transactions: [transaction('1', '40', naming(77))] })).toEqual(['onlyInReturnGo refundNotFound 4000/- 900 -']);
	});

	it('issues store credit that Shopify knows as a discount code only', () => {
		const credit = transaction('1', '40', { type: 'RefundToStoreCredit', externalReferenceId: 'a1b2', externalReferenceType: 'StoreCreditCode', unitIds: ['11'] });
		expect(shown({ rmas: [row('900', 'Done')], transactions: [credit] })).toEqual(['onlyInReturnGo creditOnlyInReturnGo 4000/- 900 11']);
	});

	it('asks for a refund, or did not succeed with it', () => {
		expect(shown({ rmas: [row('900', 'Validated')], transactions: [transaction('1', '40', { status: 'Requested' })] })).toEqual(['pending returnGoRefundRequested -/- 900 -']);
		expect(shown({ rmas: [rma('900', 'Validated', [unit('11')])], transactions: [transaction('1', '40', { status: 'Failed', unitIds: ['11'] })] })).toEqual(['onlyInReturnGo returnGoRefundFailed -/- 900 -', 'pending - -/- 900 11']);
	});

	it('tells of a transaction too many for a refund that was explained before', () => {
		expect(shown({ explainedRefundIds: [refundGid(1)], rmas: [row('900', 'Done')], transactions: [transaction('2', '40', naming(1))] })).toEqual(['duplicate refundTwice 4000/- 900 -']);
	});

	it('is not judged against an order that was not read', () => {
		expect(shown({ order: null, unread: [{ what: 'order', id: ORDER_ID, because: 'x' }], rmas: [row('900', 'Done')], transactions: [transaction('1', '40', naming(1))] })).toEqual(['pending notRead 4000/- 900 -']);
	});
});

describe('units that nothing was paid for', () => {
	it.each([
		['Approved', 'pending -'],
		['Received', 'pending -'],
		['Rejected', 'matched -'],
		['Canceled', 'matched -'],
		['Done', 'onlyInReturnGo refundMissing'],
	])('of an RMA in %s are %s', (status, expected) => {
		expect(shown({ rmas: [rma('900', status, [unit('11'), unit('12')])] })).toEqual([`${expected} -/- 900 11+12`]);
	});

	it('are split by what becomes of them', () => {
		const units = [unit('11'), unit('12', { resolutionType: 'InstantVariantExchange' }), unit('13', { resolutionType: 'RefundToStoreCredit' }), unit('14', validated(false, false))];
		expect(shown({ order: { refunds: [] }, rmas: [rma('900', 'Done', units)] })).toEqual(['onlyInReturnGo refundMissing -/- 900 11', 'exchange - -/- 900 12', 'onlyInReturnGo storeCreditMissing -/- 900 13', 'matched - -/- 900 14']);
	});

	it('of an RMA without an order, or with one that Shopify does not have, say so', () => {
		expect(shown({ order: null, rmas: [rma('900', 'Received', [unit('11')], { order: { id: null, name: '' } })] })).toEqual(['onlyInReturnGo rmaWithoutOrder -/- 900 11']);
		expect(shown({ order: null, rmas: [rma('900', 'Received', [unit('11')])] })).toEqual(['onlyInReturnGo orderNotFound -/- 900 11']);
	});
});

describe('stock', () => {
	const disposition = (quantity: number) => ({ id: 'd', lineItemId: LINE_A, type: 'RESTOCKED' as const, quantity, locationId: null, createdAt: '2026-03-09T12:00:00Z' });
	const returns = (quantity: number) => [{ id: 'gid://shopify/Return/2', name: '#1001-R1', status: 'CLOSED' as const, createdAt: '2026-03-02T10:00:00Z', closedAt: null, totalQuantity: 1, lines: [], dispositions: quantity === 0 ? [] : [disposition(quantity)], exchangeItems: 0 }];
	const settled = (units = [unit('11', validated(true))], restocked = 1) => ({ order: { refunds: [refund(1, 4000 * units.length)], returns: returns(restocked) }, rmas: [rma('900', 'Done', units)], transactions: [transaction('1', `${40 * units.length}`, { ...naming(1), unitIds: units.map(({ id }) => id) })] });

	it('agrees when the sellable pieces were restocked', () => {
		expect(shown(settled())).toEqual(['matched - 4000/4000 900 11']);
	});

	it('differs when a sellable piece was not restocked, or an unsellable one was', () => {
		expect(shown(settled([unit('11', validated(true))], 0))).toEqual(['restockDiffers inspectedNotRestocked 4000/4000 900 11']);
		expect(shown(settled([unit('11', validated(false))], 1))).toEqual(['restockDiffers restockedNotSellable 4000/4000 900 11']);
		expect(shown(settled([unit('11')], 1))).toEqual(['restockDiffers restockedBeforeInspection 4000/4000 900 11']);
	});

	it('of a bundle is not asked of its parent', () => {
		const parts = settled([unit('11', validated(true))], 0);
		const lines = [{ id: LINE_A, sku: 'SET', name: 'Set', quantity: 1, unfulfilledQuantity: 0, bundleId: null, isBundleParent: true }];
		expect(shown({ ...parts, order: { ...parts.order, lines } })).toEqual(['matched - 4000/4000 900 11']);
	});
});

describe('the row of a line', () => {
	const [line] = reconcile(caseOf({ order: { refunds: [refund(1, 4100)] }, rmas: [row('900', 'Done')], transactions: [transaction('1', '40', { ...naming(1), unitIds: ['11'] })] }));
	const finding = () => {
		if (line === undefined) throw new Error('there must be a line');
		return toFinding(line, { orderId: ORDER_ID, orderName: '#1001' }, { now: new Date('2026-03-12T09:00:00Z'), shopDomain: 'sample.myshopify.com', rmaLink: 'https://returns.example/rma/{rmaId}' });
	};

	it('has amounts, age and links', () => {
		expect(finding()).toMatchObject({
			incident: 'reconciliation/refund/1',
			class: 'valueDiffers',
			code: 'valueMismatch',
			owner: 'finance',
			returnGoAmount: '40.00',
			shopifyAmount: '41.00',
			difference: '1.00',
			currency: 'EUR',
			ageDays: 1,
			orderUrl: 'https://sample.myshopify.com/admin/orders/5001',
			rmaUrl: 'https://returns.example/rma/900',
		});
	});
});
