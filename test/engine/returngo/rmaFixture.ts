/** An RMA as ReturnGO delivers it, with invented values: two shirts of one line (one of them inspected) and one cap. */
import type { IDataObject } from 'n8n-workflow';

const notValidated = {
	isRestockable: false,
	isReturned: false,
	nonRestockableReason: null,
	nonReturnedReason: null,
	storeLocationId: null,
	lastValidationDate: null,
	lastValidatedBy: null,
	thirdPartyName: null,
	userDetails: null,
};

const money = (amount: number) => ({ amount, currency: 'EUR', shopAmount: amount, shopCurrency: 'EUR' });

function item(returnedItemId: string, overrides: IDataObject): IDataObject {
	return {
		shopLineItemId: '13000000000001',
		shopProductId: '8000000000001',
		variantId: '44000000000001',
		returnedItemId,
		fullName: 'Linen Shirt - Blue / M',
		productName: 'Linen Shirt',
		variantName: 'Blue / M',
		image: '',
		sku: 'SHIRT-BLUE-M',
		barcode: '',
		paidPrice: money(22.5),
		paidTax: money(3.59),
		taxIncluded: true,
		returnReason: 'Does not fit',
		extendedReason: ' > Too small',
		resolutionName: 'Money back',
		policyRuleName: 'Standard',
		resolutionType: 'RefundToPaymentMethod',
		isAutoApprove: 0,
		restockingFee: 0,
		returnFee: 2.5,
		shipmentFee: 0,
		shipmentId: '6000001',
		returnMethod: { type: 'Ship with any carrier', name: 'Own carrier' },
		itemValidationStatusResponse: { ...notValidated },
		exchangeItems: [],
		followUpQuestions: [],
		...overrides,
	};
}

export function rawRma(rmaId = '1000001', overrides: IDataObject = {}): IDataObject {
	return {
		rmaSummary: {
			rmaId,
			status: 'Received',
			order_name: '1001',
			events: [{ eventName: 'RMA_CREATED', eventDate: '2026-01-18T10:00:00+00:00', triggeredVia: 'Return Portal', storeLocationId: 'online', userDetails: null }],
		},
		orderDetails: { orderId: '5100000000001', order_name: '1001' },
		shipments: [
			{
				shipmentId: '6000001',
				status: 'Received',
				carrierName: 'Parcel Post',
				requestedServiceLevel: null,
				actualServiceLevel: null,
				trackingNumber: 'PP0001',
				trackingURL: 'https://carrier.example/PP0001',
				labelURL: null,
				customerAddress: { name: 'Test Person', street1: 'Example Street 1', street2: '', city: 'Exampletown', state: '', zip: '12345', country: 'de', phone: '', email: 'person@example.com' },
				returnAddress: null,
				isOutbound: false,
			},
		],
		items: [
			item('40000001', {
				itemValidationStatusResponse: { ...notValidated, isReturned: true, isRestockable: true, storeLocationId: '77', lastValidationDate: '2026-01-25T09:30:00+00:00', lastValidatedBy: 'Warehouse One' },
			}),
			item('40000002', {}),
			item('40000003', {
				shopLineItemId: '13000000000002',
				variantId: '44000000000002',
				sku: 'CAP-RED',
				fullName: 'Cap - Red',
				itemValidationStatusResponse: { ...notValidated, isReturned: true, nonRestockableReason: 'Stained', lastValidationDate: '2026-01-25T09:31:00+00:00', lastValidatedBy: 'Warehouse One' },
			}),
		],
		comments: [
			{ commentType: 'system', triggeredBy: 'Automation', htmlText: 'Shopify return <b>#1001-R1</b> was created and approved', datetime: '2026-01-19T10:00:02+00:00' },
			{ commentType: 'system', triggeredBy: '', htmlText: 'Request submitted', datetime: '2026-01-18T10:00:00+00:00' },
		],
		exchangeOrders: [],
		exchangeItems: [],
		cancellationFee: 0,
		transactions: [
			{
				id: 7000001,
				type: 'RefundToStoreCredit',
				externalReferenceId: 'a1b2c3d4e5f6',
				externalReferenceType: 'StoreCreditCode',
				amount: money(100.5),
				status: 'Success',
				processor: 'Shopify',
				bankAccountDetails: null,
				returnItemIds: ['40000001'],
				createdAt: '2026-01-26T10:00:00+00:00',
				lastUpdated: '2026-01-26T13:00:00+00:00',
			},
		],
		createdAt: '2026-01-18T10:00:00+00:00',
		lastUpdated: '2026-01-19T10:00:00+00:00',
		isOutOfPolicy: 0,
		...overrides,
	};
}

export function rawRow(rmaId: string, overrides: IDataObject = {}): IDataObject {
	return {
		rmaId,
		status: 'Approved',
		order_name: '1001',
		events: [
			{ eventName: 'RMA_CREATED', eventDate: '2026-01-18T10:00:00+00:00', triggeredVia: 'Return Portal', storeLocationId: 'online', userDetails: null },
			{ eventName: 'RMA_APPROVED', eventDate: '2026-01-18T10:00:05+00:00', triggeredVia: 'Dashboard', storeLocationId: 'online', userDetails: null },
		],
		...overrides,
	};
}
