/** Which documents each operation sends to Shopify, and so which scopes it needs; in the form of the Shopify Returns node's own list. */
import { always, sometimes, type Call } from '../ShopifyReturns/access';

const READ_CASES: readonly Call[] = [
	always('CaseOrders', '1 per 12 orders, up to the Bulk Threshold; 1 per 12 orders that are looked up by name'),
	always('RunBulkQuery', '0 or 1, above the Bulk Threshold'),
	always('BulkOperationById', 'until the bulk read has ended'),
	always('CancelBulkOperation', '0 or 1, when it does not end'),
	always('OrderOfRefund', '1 per refund that only ReturnGO names'),
	always('CaseOrderInDetail', '1 per case that cannot be decided without'),
];

/** Calls per operation, by `resource.operation`. */
export const OPERATION_CALLS: Readonly<Record<string, readonly Call[]>> = {
	'audit.run': [...READ_CASES, always('GrantedScopes'), sometimes('WebhookSubscriptions', '0 or 1, when topics are to be looked for')],
	'case.get': [always('CaseOrderInDetail', '1 unless the RMA has no order')],
	'exception.compareWithLastRun': [],
	'exception.findOpen': [always('CaseOrderInDetail', '1 per order with an open RMA')],
	'exception.remember': [],
	'month.close': [always('ShopTime'), always('RefundsInPayouts', '1 per 100 bookings since the month began'), ...READ_CASES],
	'reconciliation.run': READ_CASES,
	'report.build': [],
	'report.listRows': [],
};
