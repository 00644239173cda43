/** Which documents each operation sends to Shopify, and so which scopes it needs; in the form of the Shopify Returns node's own list. */
import { always, type Call } from '../ShopifyReturns/access';

/** Calls per operation, by `resource.operation`. */
export const OPERATION_CALLS: Readonly<Record<string, readonly Call[]>> = {
	'case.get': [always('CaseOrderInDetail', '1 unless the RMA has no order')],
	'exception.compareWithLastRun': [],
	'exception.remember': [],
	'report.build': [],
	'report.listRows': [],
};
