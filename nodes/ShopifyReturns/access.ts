/**
 * Which documents each operation sends, and so which scopes it needs: *Check Access* and docs/operations.md read it from here. A contract test
 * holds it against the registry and the documents.
 */
import { DOCUMENT_ACCESS } from './api/documentAccess';

export interface Call {
	/** Name of a GraphQL operation. */
	readonly document: string;
	/** How often it is sent for one item. */
	readonly times: string;
	/** Only some choices in the node's parameters, or orders in some state, bring the operation to send it. */
	readonly isOptional?: true;
}

export const always = (document: string, times = '1'): Call => ({ document, times });
export const sometimes = (document: string, times: string): Call => ({ document, times, isOptional: true });

const ORDER_BY_NAME = always('FindOrders', '1 if the order is chosen by name');
const READ_RETURN: readonly Call[] = [always('ReturnById', '1, and 1 more per 40 lines'), always('ReturnReverseOrders', '1 more per 4 parcels'), always('ReverseOrderLines', '1 more per 100 lines of a parcel')];
const RETURN_BY_NAME: readonly Call[] = [always('FindOrders', '1 if the return is chosen by name'), always('ReturnsOfOrder', '1 per 50 returns of its order if it is chosen by name')];
const CHANGE_RETURN: readonly Call[] = [...RETURN_BY_NAME, always('ReturnById', '2: before and after'), ...READ_RETURN.slice(1)];
const MAKE_RETURN: readonly Call[] = [
	ORDER_BY_NAME,
	always('ReturnsOfOrder', '1 per 50 returns'),
	always('OrderLines', '1 per 100 lines if a line is named by its SKU, or by a number that may be one'),
	...READ_RETURN,
	always('ReturnableLines', '1 per 5 parcels'),
	always('ReturnReasons', '1 unless the reason is given by its ID'),
];
const REFUNDS_OF_ORDER: readonly Call[] = [ORDER_BY_NAME, always('OrderRefundIds'), always('RefundById', '1 per refund')];
const TAGS: readonly Call[] = [ORDER_BY_NAME, always('OrderById', '1 or 2: before and after'), sometimes('OrderCustomer', '1 or 2, for the customer')];
/** What one page does not hold. An order that needs it needs it with every reading: before the claim, under it and after the act. */
const READ_ON: readonly Call[] = [
	always('SettlementRefunds', 'with five refunds or more 1, and 1 more per 10 beyond five'),
	always('SettlementReturns', '1 per 5 returns beyond two'),
	always('SettlementRest', '1 per 40 lines or 10 transactions of a refund beyond a page (7, 4), or per 30 lines, 10 exchange items or 3 parcels of a return (8, 3, 2)'),
	always('SettlementReverseLines', '1 per 100 lines of a parcel with more than 20'),
];
const READ_ORDER: readonly Call[] = [
	always('SettlementSnapshot'),
	always('SettlementLines', '1 per 25 lines beyond the fourth'),
	always('SettlementTransactions', '0 or 1, with ten payments and refunds of payments or more'),
	always('SettlementOrderLines', '1 per 250 lines of an order with more than 50'),
	...READ_ON,
];
/** Only operations that decide on stock look into bundles. */
const BUNDLES: readonly Call[] = [always('BundleParents', '0 or 1, with bundles'), always('BundleComponents', '0 or 1, with bundles')];
/** Only refunds of the order can carry them. */
const CHARGES: readonly Call[] = [always('SettlementCharges', '0 or 1, when shipping, duties or a tip are to be refunded'), always('SettlementMoreCharges', '1 more per 20 refunds beyond five')];
/** A credit that another run has begun on the same order is looked for, whatever is settled now. */
const OPEN_ACCOUNT_CREDIT = sometimes('CreditAccounts', '0 or 1, while an account credit is under way on the order');
const OPEN_GIFT_CARD = sometimes('CreditGiftCards', '0 or 1, while a gift card is under way on the order');
const OPEN_CREDITS: readonly Call[] = [OPEN_ACCOUNT_CREDIT, OPEN_GIFT_CARD];
const READ_FOR_REFUND: readonly Call[] = [...READ_ORDER, ...CHARGES, ...OPEN_CREDITS];
const READ_FOR_STOCK: readonly Call[] = [...READ_ORDER, ...BUNDLES, ...OPEN_CREDITS];
const CLAIM_PAYMENT: readonly Call[] = [always('ClaimForReturn', '1, or ClaimForOrder without a return'), always('ClaimForOrder', '0 or 1')];
const CLAIM_AND_RECORD: readonly Call[] = [always('ReleaseClaim', '0 or 1, when the order changed meanwhile'), always('RecordSettlement')];
const PAY: readonly Call[] = [always('ClaimForReturn', '1, or ClaimForOrder without a return'), always('ClaimForOrder', '0 or 1; 1 more when units are cancelled'), always('ClaimExchange', '0 or 1, with exchange items'), always('ProcessReturn', '1, or RefundOrder without a return'), always('RefundOrder', '0 or 1; 1 more when units are cancelled')];
const STOCK: readonly Call[] = [always('ClaimForStock'), always('DisposeUnits', '0 or 1 per parcel, for units on a return'), always('AdjustStock', '0 or 1, for bundles and units without a return')];

/** Calls per operation, by `resource.operation`. */
export const OPERATION_CALLS: Readonly<Record<string, readonly Call[]>> = {
	'order.addTags': [...TAGS, always('AddOrderTags', '0 or 1'), sometimes('AddCustomerTags', '0 or 1')],
	'order.checkEligibility': [ORDER_BY_NAME, always('EligibilityOrder'), always('ReturnableLines', '1 per 5 parcels'), always('EligibilityLines', '1 per 100 lines')],
	'order.find': [always('SearchOrders', '1 per 50 orders'), always('OrderById', '1 instead, by ID')],
	'order.getReturnContext': [ORDER_BY_NAME, always('OrderReturnContext'), always('OrderLines', '1 per 100 lines beyond 30'), always('ReturnsOfOrder', '1 per 50 returns beyond 50'), always('OrderRefundIds', '0 or 1, with five refunds or more'), always('RefundById', '1 per refund beyond five'), ...READ_RETURN],
	'order.removeTags': [...TAGS, always('RemoveOrderTags', '0 or 1'), sometimes('RemoveCustomerTags', '0 or 1')],
	'order.setNote': [ORDER_BY_NAME, always('OrderById'), always('SetOrderNote', '0 or 1')],
	'order.setReturnStatus': [...READ_ORDER, always('RecordSettlement', '0 or 1')],
	'refund.checkPending': [always('OrdersByTag', '1 per 25 orders with the tag'), ...REFUNDS_OF_ORDER],
	'refund.get': [always('RefundById')],
	'refund.getAll': REFUNDS_OF_ORDER,
	'refund.post': [...READ_FOR_REFUND, ...PAY, ...CLAIM_AND_RECORD],
	'refund.preview': READ_FOR_REFUND,
	'restock.execute': [...READ_FOR_STOCK, ...STOCK, ...CLAIM_AND_RECORD],
	'restock.moveToUnavailable': [ORDER_BY_NAME, always('FindVariants', '1 if the item is named by its SKU'), always('ItemOfVariant', '1 if it is named by its variant'), always('ItemStock'), always('RecordedActs'), always('WriteRecordedActs', '2: claim and record'), always('MoveStock')],
	'restock.preview': READ_FOR_STOCK,
	'return.addTracking': [...RETURN_BY_NAME, always('ReturnDeliveries', '2: before and after'), always('CreateReverseDelivery', '0 or 1 per parcel'), always('UpdateReverseDelivery', '0 or 1 per parcel')],
	'return.approve': [...CHANGE_RETURN, always('ApproveReturn')],
	'return.cancel': [...CHANGE_RETURN, always('CancelReturn')],
	'return.close': [...CHANGE_RETURN, always('CloseReturn')],
	'return.create': [...MAKE_RETURN, always('CreateReturn', '0 or 1')],
	'return.decline': [...CHANGE_RETURN, always('DeclineReturn')],
	'return.get': [...RETURN_BY_NAME, ...READ_RETURN],
	'return.getAll': [ORDER_BY_NAME, always('ReturnsOfOrder', '1 per 50 returns of an order'), always('ReturnsOfOrders', '1 per 25 orders, by their return status')],
	'return.process': [...READ_ORDER, ...CHARGES, ...BUNDLES, ...OPEN_CREDITS, ...PAY, ...STOCK, ...CLAIM_AND_RECORD],
	'return.removeItems': [...CHANGE_RETURN, always('OrderLines', '0 or 1, when a line is not on the return'), always('RemoveFromReturn')],
	'return.reopen': [...CHANGE_RETURN, always('ReopenReturn')],
	'return.request': [...MAKE_RETURN, always('RequestReturn', '0 or 1')],
	'storeCredit.createGiftCard': [...READ_ORDER, OPEN_ACCOUNT_CREDIT, always('CreditGiftCards', '1, and up to 3 more after a lost answer'), ...CLAIM_PAYMENT, always('CreateGiftCard'), sometimes('SendGiftCardToCustomer', '0 or 1'), sometimes('SendGiftCardToRecipient', '0 or 1 instead, with a recipient'), ...CLAIM_AND_RECORD],
	'storeCredit.creditAccount': [...READ_ORDER, OPEN_GIFT_CARD, always('CreditAccounts', '1, and up to 3 more after a lost answer'), ...CLAIM_PAYMENT, always('CreditAccount'), ...CLAIM_AND_RECORD],
	'storeCredit.deactivateGiftCard': [always('GiftCardById', '2: before and after'), always('DeactivateGiftCard', '0 or 1')],
	'storeCredit.debitAccount': [ORDER_BY_NAME, always('OrderCustomerCredit', '2, and up to 3 more after a lost answer'), always('RecordedActs'), always('WriteRecordedActs', '2: claim and record'), always('DebitCreditAccount')],
	'storeCredit.getBalance': [ORDER_BY_NAME, always('OrderCustomerCredit', '1, by order'), always('CustomerCredit', '1 instead, by customer'), sometimes('GiftCardById', '1 instead, for a gift card')],
	'storeCredit.refund': [...READ_FOR_REFUND, always('CreditOwner'), ...PAY, ...CLAIM_AND_RECORD],
	'store.checkAccess': [always('GrantedScopes')],
	'store.getLocations': [always('FindLocations', '1 per 50 locations')],
	'store.setUpStatusField': [always('StatusFieldDefinition', '1, or 2 after a lost answer'), always('CreateStatusField', '0 or 1')],
};

/** Documents that belong to the trigger, to the lists in the editor and to the credential's test. */
export const OTHER_CALLS: Readonly<Record<string, string>> = {
	WebhookSubscriptions: 'Shopify Returns Trigger, when the workflow is published or unpublished',
	CreateWebhookSubscription: 'Shopify Returns Trigger, per event that is not subscribed',
	UpdateWebhookSubscription: 'Shopify Returns Trigger, per subscription that drifted',
	DeleteWebhookSubscription: 'Shopify Returns Trigger, per subscription that is not wanted any more',
	FindOrders: 'lists of orders in the editor',
	FindGiftCards: 'lists of gift cards in the editor',
	FindLocations: 'lists of locations in the editor',
	FindRefunds: 'lists of refunds in the editor',
	FindVariants: 'lists of items in the editor',
	ReturnsOfOrders: 'lists of returns in the editor',
	ReturnReasons: 'lists of return reasons in the editor',
	GrantedScopes: 'test of the credential',
};

export interface OperationAccess {
	readonly resource: string;
	readonly operation: string;
	/** Without these it does not work. */
	readonly scopes: readonly string[];
	/** These only for some choices in its parameters, or orders in some state. */
	readonly optionalScopes: readonly string[];
}

export const OPERATION_ACCESS: readonly OperationAccess[] = Object.entries(OPERATION_CALLS).map(([key, calls]) => {
	const [resource = '', operation = ''] = key.split('.');
	const scopes = scopesOf(calls.filter(({ isOptional }) => isOptional !== true));
	return { resource, operation, scopes, optionalScopes: scopesOf(calls).filter((scope) => !scopes.includes(scope)) };
});

/** The scopes that these calls need together. */
export function scopesOf(calls: readonly Call[]): string[] {
	const all = new Set(calls.flatMap(({ document }) => DOCUMENT_ACCESS[document]?.scopes ?? []));
	// A write scope lets read as well.
	return [...all].filter((scope) => scope.startsWith('write_') || !all.has(scope.replace(/^read_/, 'write_'))).sort();
}
