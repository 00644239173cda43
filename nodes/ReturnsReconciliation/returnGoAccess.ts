/** Which endpoints of ReturnGO each operation calls; in the form of the ReturnGO node's own list. All of them together stay within the ReturnGO Call Limit. */
import type { EndpointCall } from '../ReturnGo/api/access';

const RMAS: EndpointCall = { endpoint: 'GET /rmas', times: '1 per 500 that are Received or Validated, 1 per 500 updated since, and 1 per 100 orders whose RMAs are missing' };
const TRANSACTIONS: EndpointCall = { endpoint: 'GET /transactions', times: '1 per 500 changed since, and 1 per 100 orders with refunds from before' };
const NEEDED: EndpointCall = { endpoint: 'GET /rma/{id}', times: '1 per RMA that cannot be decided without' };

/** By `resource.operation`. */
export const RETURNGO_CALLS: Readonly<Record<string, readonly EndpointCall[]>> = {
	'audit.run': [RMAS, TRANSACTIONS, { endpoint: 'GET /rma/{id}', times: '1 per RMA' }, { endpoint: 'GET /webhooks', times: '0 or 1, when events are to be looked for' }],
	'case.get': [{ endpoint: 'GET /rma/{id}', times: '1' }],
	'exception.compareWithLastRun': [],
	'exception.findOpen': [{ endpoint: 'GET /rmas', times: '1 per 500 open RMAs' }, { endpoint: 'GET /rma/{id}', times: '1 per open RMA' }],
	'exception.remember': [],
	'month.close': [RMAS, TRANSACTIONS, NEEDED],
	'reconciliation.run': [RMAS, TRANSACTIONS, { endpoint: 'GET /rma/{id}', times: '1 per RMA that cannot be decided without, or per RMA where all details are asked for' }],
	'report.build': [],
	'report.listRows': [],
};
