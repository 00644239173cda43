/** The operations of the ReturnGO node. */
import type { INodeParameters } from 'n8n-workflow';
import { ReturnGo } from '../../../../nodes/ReturnGo/ReturnGo.node';
import { RESOURCES } from '../../../../nodes/ReturnGo/registry';
import { badRequest, but, byId, never, returnGo, type Failing, type Prepared, type Row, type Shown, type Table } from '../behaviours';
import type { NodeUnderTest } from '../play';
import type { Services } from '../services';

export const RETURN_GO: NodeUnderTest = { node: ReturnGo, resources: RESOURCES, credentials: ['returnGoApi'], failuresOn: (operation) => (RESOURCES[operation.split('.')[0] ?? '']?.operations[operation.split('.')[1] ?? '']?.asksPeople === true ? 1 : 0) };

const ONE_RMA = never('It works on the one return request that it is given.');
const ONE_SHIPMENT = never('It works on the one parcel that it is given.');
const ONE_WEBHOOK = never('It works on the one registration that it is given.');
const A_LIST = never('A list of what does not exist is an empty list.');

/** What most operations have in common: one route of ReturnGO does the work. */
const at = (route: string, row: Omit<Row, 'asks' | 'refused'>): Row => ({ asks: [returnGo(route)], refused: [badRequest(route)], ...row });
const only = ([items = []]: Shown) => {
	expect(items).toHaveLength(1);
	return items[0] ?? {};
};
const no = (wanted: INodeParameters, says: RegExp) => (prepared: Prepared): Failing => ({ parameters: but(prepared, wanted), says });
const NO_RMA = no({ rmaId: byId('4711') }, /ReturnGO does not know RMA 4711/);
const NO_SHIPMENT = no({ shipmentId: '4711' }, /ReturnGO does not know shipment 4711/);
const NO_WEBHOOK = no({ webhookId: '4711' }, /ReturnGO does not know webhook 4711/);

const TOKEN = 'a-token-of-the-warehouse';
const ADDRESS = `https://warehouse.example/hook?token=${TOKEN}`;
const MASKED = 'https://warehouse.example/hook?token=•••';

async function registrations({ returnGo: control }: Services): Promise<Array<{ id: string | number; url: string; eventName: string }>> {
	return (await control.state<{ webhooks: Array<{ id: string | number; url: string; eventName: string }> }>()).webhooks;
}

/** One registration, made by hand. */
async function registration(services: Services): Promise<string> {
	const [{ apiKey, storeDomain, baseUrl } = {}] = Object.values(services.credentials(['returnGoApi']));
	const response = await fetch(`${String(baseUrl)}/webhook`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': String(apiKey), 'x-shop-name': String(storeDomain) }, body: JSON.stringify({ url: ADDRESS, eventName: 'RMA_CREATED' }) });
	if (!response.ok) throw new Error(`The webhook was not registered: ${response.status}`);
	return String((await registrations(services))[0]?.id);
}

/** A transaction that somebody else has to carry out. */
async function requestedTransaction(services: Services): Promise<{ rmaId: string; transactionId: string; orderId: string }> {
	await services.returnGo.setOptions({ refundExecution: 'notifyOnly' });
	const { rmaId, orderId } = await services.inspectedReturn();
	await services.returnGo.post(`/__sim/rmas/${rmaId}/refund`);
	const { details } = await services.request(rmaId);
	return { rmaId, orderId, transactionId: String(details.transactions[0]?.id) };
}

async function requestsFor({ returnGo: control }: Services, orderId: string): Promise<number> {
	const all = await control.get<Array<{ orderId: string }>>('/__sim/rmas');
	return all.filter((rma) => orderId.endsWith(`/${rma.orderId}`)).length;
}

const linesOf = (lineItemId: string | undefined, quantity: number) => JSON.stringify([{ lineItemId, quantity, policyId: '501', returnReason: 'Does not fit' }]);

export const RETURN_GO_TABLE: Table = {
	'rma.addComment': at('POST /rma/:id/comment', {
		prepare: async (services) => {
			const { rmaId } = await services.inspectedReturn();
			return {
				parameters: { rmaId: byId(rmaId), comment: 'Refunded 81.72 EUR' },
				shows: (shown) => expect(only(shown)).toMatchObject({ rmaId, commented: true }),
				effect: { read: async () => (await services.request(rmaId)).details.comments.filter(({ htmlText }) => htmlText === 'Refunded 81.72 EUR').length, once: 1 },
			};
		},
		empty: ONE_RMA,
		notFound: NO_RMA,
	}),
	'rma.createByPolicy': at('POST /rma/createByPolicy', {
		prepare: async (services) => {
			const { orderId, lineItemIds } = await services.placeOrder();
			return {
				parameters: { order: orderId, specifyItems: 'json', itemsJson: linesOf(lineItemIds[0], 2) },
				shows: (shown) => expect(only(shown)).toMatchObject({ created: true, rma: { status: 'Pending', units: [{}, {}] } }),
				effect: { read: async () => await requestsFor(services, orderId), once: 1 },
			};
		},
		empty: never('It makes one return request, or is refused.'),
		notFound: no({ order: '4999999999' }, /ReturnGO does not know a return request for order 4999999999/),
	}),
	'rma.get': at('GET /rma/:id', {
		prepare: async (services) => {
			const { rmaId, orderId } = await services.inspectedReturn();
			return { parameters: { rmaId: byId(rmaId) }, shows: (shown) => expect(only(shown)).toMatchObject({ id: rmaId, status: 'Validated', order: { id: orderId }, units: [{}, {}] }) };
		},
		empty: ONE_RMA,
		notFound: NO_RMA,
	}),
	'rma.getAll': at('GET /rmas', {
		prepare: async (services) => {
			const { rmaId } = await services.inspectedReturn();
			return {
				parameters: { returnAll: false, limit: 50, filters: { statuses: ['Validated'] } },
				shows: ([items, progress]) => expect([items, progress]).toMatchObject([[{ id: rmaId, status: 'Validated' }], [{ returned: 1, complete: true }]]),
			};
		},
		empty: async (_services, prepared) => ({
			parameters: but(prepared, { filters: { statuses: ['Rejected'] } }),
			shows: ([items, progress]) => expect([items, progress]).toMatchObject([[], [{ returned: 0, complete: true }]]),
		}),
		notFound: A_LIST,
		failing: no({ limit: 0 }, /Limit is not a whole number of at least 1/),
	}),
	'rma.getEligiblePolicies': at('POST /rma/getEligiblePolicies', {
		prepare: async (services) => {
			const { orderId, lineItemIds } = await services.placeOrder();
			return { parameters: { order: orderId, specifyItems: 'json', itemsJson: linesOf(lineItemIds[0], 2) }, shows: (shown) => expect(only(shown)).toMatchObject({ eligible: true, policies: [{ id: '501' }, { id: '502' }] }) };
		},
		empty: async (services, prepared) => {
			// More pieces than the order has: no policy allows it.
			const { orderId, lineItemIds } = await services.placeOrder();
			return { parameters: but(prepared, { order: orderId, itemsJson: linesOf(lineItemIds[0], 4) }), shows: (shown) => expect(only(shown)).toMatchObject({ eligible: false, policies: [] }) };
		},
		notFound: no({ order: '4999999999' }, /ReturnGO does not know order 4999999999/),
	}),
	'rma.getInspection': at('GET /rma/:id', {
		prepare: async (services) => {
			const { rmaId } = await services.inspectedReturn();
			return { parameters: { rmaId: byId(rmaId) }, shows: ([items]) => expect(items).toMatchObject([{ rmaId, state: 'sellable' }, { rmaId, state: 'sellable' }]) };
		},
		empty: async (services, prepared) => {
			// The simulated desk makes no request without units; ReturnGO's answer can be one.
			const { rmaId } = prepared.parameters;
			const { details } = await services.request(String((rmaId as { value?: unknown }).value));
			await services.returnGo.addFaults({ match: { operation: 'GET /rma/:id' }, action: { kind: 'status', status: 200, body: { ...details, items: [] } } });
			return { parameters: prepared.parameters, shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: NO_RMA,
	}),
	'rma.matchInspection': at('GET /rma/:id', {
		prepare: async (services) => {
			const rmaId = await services.receiveReturn(await services.placeOrder());
			return {
				parameters: { rmaId: byId(rmaId), counts: JSON.stringify([{ sku: 'COAT-M', sellable: 1, damaged: 1, reason: 'Stained' }]) },
				shows: (shown) => {
					expect(only(shown)).toMatchObject({ rmaId, inspections: [{ state: 'sellable' }, { state: 'damaged' }] });
					expect(shown[1]).toEqual([]);
				},
			};
		},
		empty: never('A list without counts is no inspection, and is turned away.'),
		notFound: (prepared) => ({ parameters: but(prepared, { rmaId: byId('4711') }), says: /rmaNotFound ReturnGO has no RMA4711/, answeredOn: 1 }),
	}),
	'rma.updateStatus': at('PUT /rma/:id/status', {
		prepare: async (services) => {
			const { rmaId } = await services.inspectedReturn();
			return {
				parameters: { rmaId: byId(rmaId), status: 'Done' },
				shows: (shown) => expect(only(shown)).toMatchObject({ rmaId, requestedStatus: 'Done' }),
				effect: { read: async () => (await services.request(rmaId)).status, once: 'Done' },
			};
		},
		empty: ONE_RMA,
		notFound: NO_RMA,
	}),
	'shipment.delete': at('DELETE /shipment/:id', {
		prepare: async (services) => {
			const { rmaId, shipmentId } = await services.approvedRequest();
			return { parameters: { shipmentId }, shows: (shown) => expect(only(shown)).toMatchObject({ deleted: true }), effect: { read: async () => (await services.request(rmaId)).details.shipments.length, once: 0 } };
		},
		empty: ONE_SHIPMENT,
		notFound: NO_SHIPMENT,
	}),
	'shipment.track': at('POST /shipment-tracker', {
		prepare: async (services) => {
			const { rmaId, shipmentId } = await services.approvedRequest();
			return {
				parameters: { shipmentId, trackingNumber: 'PP1', carrierName: 'Parcel Post' },
				shows: (shown) => expect(only(shown)).toMatchObject({ tracked: true }),
				effect: { read: async () => (await services.request(rmaId)).details.shipments.map(({ trackingNumber }) => trackingNumber), once: ['PP1'] },
			};
		},
		empty: ONE_SHIPMENT,
		notFound: NO_SHIPMENT,
	}),
	'shipment.update': at('PUT /shipment/:id', {
		prepare: async (services) => {
			const { rmaId, shipmentId } = await services.approvedRequest();
			return {
				parameters: { shipmentId, presentStatus: 'Pending', status: 'Shipped', updateFields: { trackingNumber: 'PP1' } },
				shows: (shown) => expect(only(shown)).toMatchObject({ previousStatus: 'Pending', shipment: { status: 'Shipped' } }),
				effect: { read: async () => (await services.request(rmaId)).details.shipments.map(({ status, trackingNumber }) => [status, trackingNumber]), once: [['Shipped', 'PP1']] },
			};
		},
		empty: ONE_SHIPMENT,
		notFound: NO_SHIPMENT,
	}),
	'transaction.getAll': at('GET /transactions', {
		prepare: async (services) => {
			const { rmaId, transactionId } = await requestedTransaction(services);
			return {
				parameters: { rmaIds: rmaId, returnAll: false, limit: 50 },
				shows: ([items, progress]) => expect([items, progress]).toMatchObject([[{ rmaId, id: transactionId, status: 'Requested' }], [{ returned: 1, complete: true }]]),
			};
		},
		empty: async (services, prepared) => {
			const { rmaId } = await services.inspectedReturn();
			return { parameters: but(prepared, { rmaIds: rmaId }), shows: ([items, progress]) => expect([items, progress]).toMatchObject([[], [{ returned: 0, complete: true }]]) };
		},
		notFound: A_LIST,
		failing: no({ limit: 0 }, /Limit is not a whole number of at least 1/),
	}),
	'transaction.reportOutcome': at('PUT /transaction/:id', {
		prepare: async (services) => {
			const { rmaId, transactionId } = await requestedTransaction(services);
			return {
				parameters: { transactionId, outcome: 'Success', reference: 'gid://shopify/Refund/880001' },
				shows: (shown) => expect(only(shown)).toMatchObject({ reported: 'Success', transaction: { status: 'Success', externalReferenceId: '880001' } }),
				effect: { read: async () => (await services.request(rmaId)).details.transactions.map(({ status }) => status), once: ['Success'] },
			};
		},
		empty: never('It works on the one transaction that it is given.'),
		notFound: no({ transactionId: '4711' }, /ReturnGO does not know transaction 4711/),
	}),
	'webhook.create': at('POST /webhook', {
		prepare: async (services) => ({
			parameters: { url: ADDRESS, eventName: 'RMA_CREATED' },
			shows: (shown) => expect(only(shown)).toMatchObject({ webhookId: expect.stringMatching(/^\d+$/) as unknown, url: MASKED }),
			effect: { read: async () => (await registrations(services)).map(({ url }) => url), once: [ADDRESS] },
			secrets: [TOKEN],
		}),
		empty: never('It makes one registration, or is refused.'),
		notFound: never('It names nothing that would have to exist.'),
		failing: no({ url: 'not an address' }, /address/i),
	}),
	'webhook.delete': at('DELETE /webhook/:id', {
		prepare: async (services) => ({
			parameters: { webhookId: await registration(services) },
			shows: (shown) => expect(only(shown)).toMatchObject({ deleted: true }),
			effect: { read: async () => (await registrations(services)).length, once: 0 },
			secrets: [TOKEN],
		}),
		empty: ONE_WEBHOOK,
		notFound: NO_WEBHOOK,
	}),
	'webhook.getAll': at('GET /webhooks', {
		prepare: async (services) => {
			const id = await registration(services);
			return { parameters: { returnAll: false, limit: 50 }, shows: (shown) => expect(only(shown)).toMatchObject({ webhookId: id, eventName: 'RMA_CREATED', url: MASKED }), secrets: [TOKEN] };
		},
		empty: async (services, prepared) => {
			await services.returnGo.reset();
			return { parameters: prepared.parameters, shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: A_LIST,
		failing: no({ limit: 0 }, /Limit is not a whole number of at least 1/),
	}),
	'webhook.update': at('PUT /webhook/:id', {
		prepare: async (services) => ({
			parameters: { webhookId: await registration(services), updateFields: { eventName: 'REFUND_CREATED' } },
			shows: (shown) => expect(only(shown)).toMatchObject({ updated: true, eventName: 'REFUND_CREATED', url: MASKED }),
			effect: { read: async () => (await registrations(services)).map(({ eventName }) => eventName), once: ['REFUND_CREATED'] },
			secrets: [TOKEN],
		}),
		empty: ONE_WEBHOOK,
		notFound: NO_WEBHOOK,
	}),
};
