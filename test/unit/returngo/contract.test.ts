/** What ReturnGO's answers become: tolerant where nothing depends on it, strict about ids, amounts and inspections. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { parseRmaId, readRma, readRmaPage, readWebhookMessage, readWebhooks, UnreadableAnswer, withAdditionalFields } from '../../../nodes/ReturnGo/api/contract';
import { rawRma, rawRow } from '../../engine/returngo/rmaFixture';

const firstItem = (overrides: IDataObject, drop: string[] = []) => {
	const raw = rawRma();
	const item: IDataObject = { ...(raw.items as IDataObject[])[0], ...overrides };
	for (const field of drop) delete item[field];
	return { ...raw, items: [item] };
};
const unitOf = (overrides: IDataObject, drop: string[] = []) => readRma(firstItem(overrides, drop)).rma.units[0];
const priceOf = (amount: unknown) => unitOf({ paidPrice: { amount, currency: 'EUR', shopAmount: amount, shopCurrency: 'EUR' } as IDataObject })?.pricePaid?.amount;
const placesOf = (answer: unknown): readonly string[] => {
	try {
		readRma(answer);
	} catch (error) {
		if (error instanceof UnreadableAnswer) return error.places;
		throw error;
	}
	return [];
};

describe('an RMA of ReturnGO', () => {
	it('becomes ours completely', () => {
		const { rma, raw, comments } = readRma(rawRma());
		expect(rma.units[0]).toEqual({
			id: '40000001',
			lineItemId: 'gid://shopify/LineItem/13000000000001',
			productId: 'gid://shopify/Product/8000000000001',
			variantId: 'gid://shopify/ProductVariant/44000000000001',
			sku: 'SHIRT-BLUE-M',
			title: 'Linen Shirt - Blue / M',
			returnReason: 'Does not fit',
			resolutionType: 'RefundToPaymentMethod',
			resolutionName: 'Money back',
			pricePaid: { amount: '22.5', currency: 'EUR', shopAmount: '22.5', shopCurrency: 'EUR' },
			taxPaid: { amount: '3.59', currency: 'EUR', shopAmount: '3.59', shopCurrency: 'EUR' },
			taxIncluded: true,
			fees: { restocking: '0', return: '2.5', shipment: '0' },
			shipmentId: '6000001',
			validation: {
				validatedAt: '2026-01-25T09:30:00Z',
				validatedBy: 'Warehouse One',
				isReturned: true,
				isRestockable: true,
				nonReturnedReason: null,
				nonRestockableReason: null,
				storeLocationId: '77',
			},
		});
		expect(rma.shipments).toEqual([
			{ id: '6000001', status: 'Received', carrierName: 'Parcel Post', trackingNumber: 'PP0001', trackingUrl: 'https://carrier.example/PP0001', labelUrl: null, isOutbound: false, originCountry: 'DE' },
		]);
		expect(rma).toMatchObject({ createdAt: '2026-01-18T10:00:00Z', lastUpdated: '2026-01-19T10:00:00Z', cancellationFee: '0', exchangeOrders: [] });
		expect(raw).toEqual(rawRma());
		expect(comments).toHaveLength(2);
	});

	it('carries no personal data of the customer', () => {
		const text = JSON.stringify(readRma(rawRma()).rma);
		for (const personal of ['Test Person', 'person@example.com', 'Example Street', 'Exampletown', '12345']) expect(text).not.toContain(personal);
	});

	it('is read when everything that can be missing is missing', () => {
		const { rma } = readRma({ rmaSummary: { rmaId: 5, status: 'Pending' }, items: [{ returnedItemId: 6 }] });
		expect(rma).toMatchObject({ id: '5', status: 'Pending', order: { id: null, name: '' }, isOutOfPolicy: false, shipments: [], transactions: [], shopifyReturnName: null, createdAt: null });
		expect(rma.units[0]).toMatchObject({ id: '6', lineItemId: null, sku: null, title: '', pricePaid: null, taxIncluded: false, shipmentId: null, fees: { restocking: '0', return: '0', shipment: '0' } });
		expect(rma.units[0]?.validation.validatedAt).toBeNull();
	});

	it('is read when lists and objects are null', () => {
		const nothing = { items: null, shipments: null, transactions: null, exchangeOrders: null, comments: null, orderDetails: null, cancellationFee: null };
		expect(readRma(rawRma('1000001', nothing)).rma).toMatchObject({ units: [], shipments: [], transactions: [], exchangeOrders: [], order: { id: null, name: '1001' } });
	});

	it.each([
		[0, false],
		[1, true],
		[false, false],
		[true, true],
		['0', false],
		['1', true],
		[null, false],
		[undefined, false],
	])('takes a flag of %j as %s', (value, expected) => {
		expect(readRma(rawRma('1000001', { isOutOfPolicy: value as never })).rma.isOutOfPolicy).toBe(expected);
	});

	it('keeps a status that is not known here', () => {
		expect(readRma(rawRma('1', { rmaSummary: { rmaId: '1', status: 'Reopened', order_name: '1001' } })).rma.status).toBe('Reopened');
	});

	it('keeps transactions of kinds it does not know, whose absence could mean a second payment', () => {
		const transactions = [{ id: '8', type: null, status: 'Paused', returnItemIds: [40000001, '40000002'] }, { id: 9 }];
		expect(readRma(rawRma('1', { transactions })).rma.transactions).toMatchObject([
			{ id: '8', type: 'Unknown', status: 'Paused', unitIds: ['40000001', '40000002'], amount: null },
			{ id: '9', type: 'Unknown', status: 'Unknown', unitIds: [] },
		]);
	});

	it('makes GIDs of Shopify’s ids only', () => {
		const exchangeOrders = [
			{ draftOrderId: '91', orderId: '', orderName: '#D1', type: 'Exchange' },
			{ draftOrderId: null, orderId: 92, orderName: '#1002', type: 'Fee' },
		];
		expect(readRma(rawRma('1', { exchangeOrders })).rma.exchangeOrders).toEqual([
			{ draftOrderId: 'gid://shopify/DraftOrder/91', orderId: null, orderName: '#D1', type: 'Exchange' },
			{ draftOrderId: null, orderId: 'gid://shopify/Order/92', orderName: '#1002', type: 'Fee' },
		]);
		expect(unitOf({ shopLineItemId: 'custom' })?.lineItemId).toBeNull();
		expect(unitOf({ shopLineItemId: 'gid://shopify/LineItem/5' })?.lineItemId).toBe('gid://shopify/LineItem/5');
	});

	it.each([
		[{ rmaSummary: { status: 'Received' } }, 'rmaSummary.rmaId'],
		[{ rmaSummary: { rmaId: '1' } }, 'rmaSummary.status'],
		[{ rmaSummary: { rmaId: 1.5, status: 'Received' } }, 'rmaSummary.rmaId'],
		[{ rmaSummary: { rmaId: 9007199254740993, status: 'Received' } }, 'rmaSummary.rmaId'],
		['<html>', 'the whole answer'],
		[null, 'the whole answer'],
		[{ ...rawRma(), items: 'many' }, 'items'],
		[firstItem({ returnedItemId: '' }), 'items.0.returnedItemId'],
		[firstItem({}, ['returnedItemId']), 'items.0.returnedItemId'],
		[firstItem({ taxIncluded: 'perhaps' }), 'items.0.taxIncluded'],
		[firstItem({ paidPrice: { amount: '1,50', currency: 'EUR', shopAmount: 1.5, shopCurrency: 'EUR' } }), 'items.0.paidPrice.amount'],
		[firstItem({ restockingFee: 'free' }), 'items.0.restockingFee'],
		[firstItem({ itemValidationStatusResponse: { isReturned: true, isRestockable: true, lastValidationDate: 'yesterday' } }), 'items.0.itemValidationStatusResponse.lastValidationDate'],
		[firstItem({ itemValidationStatusResponse: { isReturned: 2, lastValidationDate: null } }), 'items.0.itemValidationStatusResponse.isReturned'],
	])('is refused rather than guessed about: %j', (answer, place) => {
		expect(placesOf(answer)).toContain(place);
	});
});

describe('amounts', () => {
	it.each([
		[33.300000000000004, '33.3'],
		[0.1 + 0.2, '0.3'],
		[100, '100'],
		[100.5, '100.5'],
		[0, '0'],
		[-0, '0'],
		[-12.34, '-12.34'],
		[1e-7, '0'],
		[-1e-7, '0'],
		[1234567890.12, '1234567890.12'],
		[0.001, '0.001'],
		['22.50', '22.50'],
	])('%s is %s', (value, expected) => {
		expect(priceOf(value)).toBe(expected);
	});

	it('come back digit for digit for everything money can be', () => {
		fc.assert(
			fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), fc.constantFrom(0, 2, 3), (minor, decimals) => {
				const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
				const exact = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '');
				const expected = minor < 0 && exact !== '0' ? `-${exact}` : exact;
				expect(priceOf(Number(expected))).toBe(expected);
			}),
		);
	});

	it.each([NaN, Infinity, 1e21, '1e3', '0x10', '', ' ', 'NaN', '1.'])('%s is none', (value) => {
		expect(() => priceOf(value)).toThrow(UnreadableAnswer);
	});

	it.each([
		{ amount: 1.5, currency: 'USD' },
		{ amount: 1.5, currency: '', shopAmount: 1.4, shopCurrency: 'EUR' },
		{ amount: null, currency: 'USD', shopAmount: 1.4, shopCurrency: 'EUR' },
	])('half of one is none: %j', (paidPrice) => {
		expect(unitOf({ paidPrice })?.pricePaid).toBeNull();
	});

	it('keep both currencies apart', () => {
		expect(unitOf({ paidPrice: { amount: 10, currency: 'usd', shopAmount: 9.1, shopCurrency: 'eur' } })?.pricePaid).toEqual({ amount: '10', currency: 'USD', shopAmount: '9.1', shopCurrency: 'EUR' });
	});
});

describe('an inspection', () => {
	const validationOf = (overrides: IDataObject) => unitOf({ itemValidationStatusResponse: overrides })?.validation;

	it('has not happened while it has no date, whatever the flags say', () => {
		for (const lastValidationDate of [null, undefined, '', '0000-00-00 00:00:00']) {
			expect(validationOf({ isReturned: true, isRestockable: true, lastValidationDate: lastValidationDate as never })?.validatedAt).toBeNull();
		}
	});

	it('has its time in UTC', () => {
		expect(validationOf({ isReturned: 1, lastValidationDate: '2026-01-25T11:30:00+02:00' })).toMatchObject({ validatedAt: '2026-01-25T09:30:00Z', isReturned: true });
		expect(validationOf({ isReturned: 1, lastValidationDate: '2026-01-25 09:30:00' })?.validatedAt).toBe('2026-01-25T09:30:00Z');
		expect(validationOf({ isReturned: 1, lastValidationDate: '2026-01-25T09:30:00' })?.validatedAt).toBe('2026-01-25T09:30:00Z');
	});

	it('names the third party where no person is named', () => {
		expect(validationOf({ lastValidationDate: '2026-01-25T09:30:00Z', lastValidatedBy: null, thirdPartyName: 'Partner Warehouse' })?.validatedBy).toBe('Partner Warehouse');
	});
});

describe('the name of the Shopify return', () => {
	const named = (...comments: Array<[string, string?]>) =>
		readRma(rawRma('1', { comments: comments.map(([htmlText, commentType = 'system']) => ({ commentType, htmlText })) })).rma.shopifyReturnName;

	it.each([
		[[['Return <b>#1001-R1</b> created and approved']], '#1001-R1'],
		[[['Return 1001-R2 created']], '1001-R2'],
		[[['Return #1001-R2 created'], ['Return #1001-R1 canceled'], ['Return #1001-R1 created']], '#1001-R2'],
		[[['Return #1001-R1 was canceled'], ['Return #1001-R1 created']], null],
		[[['Creating #1001-R1 did not work', 'error']], null],
		[[['Return #11001-R1 created']], null],
		[[['Return #1001-R1x created']], null],
		[[], null],
	] as Array<[Array<[string, string?]>, string | null]>)('of the timeline %j is %s', (comments, expected) => {
		expect(named(...comments)).toBe(expected);
	});

	it('is found for order names with signs that mean something to a pattern', () => {
		const raw = rawRma('1', { orderDetails: { orderId: '1', order_name: '#A+1.(2)' }, comments: [{ commentType: 'system', htmlText: 'Return #A+1.(2)-R3 created' }] });
		expect(readRma(raw).rma.shopifyReturnName).toBe('#A+1.(2)-R3');
	});
});

describe('a page of RMAs', () => {
	it('has rows in our words and as they came', () => {
		const raw = rawRow('1000001', { extra: 1 });
		expect(readRmaPage({ rmas: [raw], next_cursor: 'abc' })).toEqual({
			rows: [{ row: { id: '1000001', status: 'Approved', orderName: '1001', createdAt: '2026-01-18T10:00:00Z', approvedAt: '2026-01-18T10:00:05Z' }, raw }],
			nextCursor: 'abc',
		});
	});

	it.each([{ rmas: [], next_cursor: 'abc' }, { rmas: null }, { rmas: [rawRow('1')] }, { rmas: [rawRow('1')], next_cursor: null }, { rmas: [rawRow('1')], next_cursor: '' }])('is the last one: %j', (page) => {
		expect(readRmaPage(page).nextCursor).toBeNull();
	});

	it.each([
		[[], 'the whole answer'],
		[{ rmas: [{ status: 'Approved' }] }, 'rmas.0.rmaId'],
		[{ rmas: [rawRow('1'), 'x'] }, 'rmas.1'],
	])('is refused: %j', (page, place) => {
		expect(() => readRmaPage(page)).toThrow(place);
	});
});

describe('the list of webhooks', () => {
	it('is a bare array, in which a broken entry does no harm', () => {
		expect(readWebhooks([{ id: 18986, url: 'https://a.example/', eventName: 'RMA_CREATED' }, { id: '2', url: 'string' }])).toEqual([
			{ id: '18986', url: 'https://a.example/', eventName: 'RMA_CREATED' },
			{ id: '2', url: 'string', eventName: '' },
		]);
		expect(() => readWebhooks({ webhooks: [] })).toThrow(UnreadableAnswer);
	});
});

describe('a webhook’s message', () => {
	it.each([
		[{ eventName: 'RMA_CREATED', rmaId: 1000001 }, { event: 'RMA_CREATED', rmaId: '1000001' }],
		[{ eventName: 'SHIPMENT_CREATED', data: { rmaId: '1', shipmentId: 2 } }, { rmaId: '1', shipmentId: '2' }],
		[{ eventName: 'TRANSACTION_CREATED', id: 7 }, { transactionId: '7', rmaId: null }],
		[{ eventName: 'TRANSACTION_CREATED', transaction: { id: 7, status: 'Requested' } }, { transactionId: '7', status: 'Requested' }],
		[{ eventName: 'RMA_CREATED', id: 7 }, { transactionId: null, rmaId: null }],
		[{ eventName: 'OTHER', rmaId: '1' }, { event: null, eventName: 'OTHER' }],
		[{ eventName: 'RMA_CREATED', rmaId: { $gt: '' } }, { rmaId: null }],
		[{ eventName: 'RMA_CREATED', rmaId: '../webhooks' }, { rmaId: null }],
		[null, { event: null, rmaId: null }],
		['text', { event: null, rmaId: null }],
	])('%j says %j', (payload, expected) => {
		expect(readWebhookMessage(payload)).toMatchObject(expected);
	});

	it('never throws, whatever arrives', () => {
		fc.assert(fc.property(fc.anything(), (payload) => expect(readWebhookMessage(payload)).toBeDefined()));
	});
});

describe('an RMA id', () => {
	it.each([
		['1000001', '1000001'],
		['RMA1000001', '1000001'],
		[' rma1000001\n', '1000001'],
		[1000001, '1000001'],
	])('%j is %s', (value, expected) => expect(parseRmaId(value)).toBe(expected));

	it('is digits or nothing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.anything()), (value) => {
				const id = parseRmaId(value);
				if (id !== null) expect(id).toMatch(/^[1-9]\d{0,17}$/);
			}),
		);
	});
});

describe('additional body fields', () => {
	it('override, add and leave out', () => {
		expect(withAdditionalFields({ htmlText: 'a', kept: 1 }, { htmlText: null, text: 'a', flag: false })).toEqual({ kept: 1, text: 'a', flag: false });
	});
});
