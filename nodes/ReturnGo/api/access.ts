/**
 * Which endpoints of ReturnGO each operation and trigger calls, and how often: docs/operations.md reads it from here. A test plays every operation and
 * compares.
 */
export interface EndpointCall {
	/** Method and path, as ReturnGO documents it. */
	readonly endpoint: string;
	/** How often it is called for one item: a bare number is exact, unless ReturnGO has it repeated. */
	readonly times: string;
}

const call = (endpoint: string, times = '1'): EndpointCall => ({ endpoint, times });
const GET_RMA = call('GET /rma/{id}');

/** By `resource.operation`. */
export const OPERATION_CALLS: Readonly<Record<string, readonly EndpointCall[]>> = {
	'rma.addComment': [call('POST /rma/{id}/comment')],
	'rma.createByPolicy': [call('POST /rma/createByPolicy')],
	'rma.get': [GET_RMA],
	'rma.getAll': [call('GET /rmas', '1 per 500 RMAs'), call('GET /rma/{id}', '1 per RMA, with Include Details')],
	'rma.getEligiblePolicies': [call('POST /rma/getEligiblePolicies')],
	'rma.getInspection': [GET_RMA],
	'rma.matchInspection': [GET_RMA],
	'rma.updateStatus': [call('PUT /rma/{id}/status')],
	'shipment.delete': [call('DELETE /shipment/{id}')],
	'shipment.track': [call('POST /shipment-tracker')],
	'shipment.update': [call('GET /rma/{id}', '0 or 1, when Present Status is read from the RMA'), call('PUT /shipment/{id}')],
	'transaction.getAll': [call('GET /transactions', '1 per RMA, or per 500 transactions without RMAs')],
	'transaction.reportOutcome': [call('PUT /transaction/{id}')],
	'webhook.create': [call('POST /webhook')],
	'webhook.delete': [call('DELETE /webhook/{id}')],
	'webhook.getAll': [call('GET /webhooks')],
	'webhook.update': [call('GET /webhooks'), call('PUT /webhook/{id}')],
};

/** By the name of the trigger. */
export const TRIGGER_CALLS: Readonly<Record<string, readonly EndpointCall[]>> = {
	returnGoTrigger: [
		call('GET /webhooks', '1 or 2 when it is published, 1 when it is unpublished'),
		call('POST /webhook', '1 per event that is not registered, when it is published'),
		call('DELETE /webhook/{id}', '1 per registration of its own that is not wanted any more'),
		call('GET /rma/{id}', '1 per message'),
	],
	returnGoPollingTrigger: [
		call('GET /rmas', '1 per 500 open RMAs and 1 per 500 updated ones, each poll'),
		call('GET /transactions', '1 per 500 changed ones each poll, and about 10 to find the RMA of a new one; none where no event is about them'),
		call('GET /rma/{id}', '1 per RMA with news, and open RMAs in turn with the calls that are left'),
	],
};
