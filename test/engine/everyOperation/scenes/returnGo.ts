/** Further runs of the ReturnGO node, in which fields have values that the table's runs leave empty. */
import type { IDataObject } from 'n8n-workflow';
import { byId } from '../behaviours';
import type { Scenes } from '../outputs';
import { RETURN_GO, RETURN_GO_TABLE } from '../rows/returnGo';
import type { Services } from '../services';
import { withRehearsals } from './rehearsals';

interface FullRequest {
	rmaId: string;
	shipmentId: string;
}

/** A request of which everything is known: parcel with label and tracking, pieces found sellable, damaged and missing, a refund that has settled, an exchange order. */
export async function fullRequest(services: Services): Promise<FullRequest> {
	const { returnGo } = services;
	await returnGo.setOptions({ refundSettlesAfterMs: 0 });
	const { orderId, lineItemIds } = await services.placeOrder();
	const unit = { lineItemId: lineItemIds[0], quantity: 1 };
	const made = await returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId, units: [unit, unit, { ...unit, resolutionType: 'Exchange', exchangeItems: [{ sku: 'COAT-L' }] }], autoApprove: true });
	const rmaId = String(made.rmaId);
	const { details } = await services.request(rmaId);
	const shipmentId = details.shipments[0]?.shipmentId ?? '';
	await ask(services, 'PUT', `/shipment/${shipmentId}`, { status: 'LabelCreated', labelURL: 'https://carrier.example/label' });
	await returnGo.post(`/__sim/rmas/${rmaId}/ship`, { trackingNumber: 'PP1', carrierName: 'Parcel Post', trackingURL: 'https://carrier.example/PP1' });
	await returnGo.post(`/__sim/rmas/${rmaId}/receive`);
	const { items } = (await returnGo.get<{ details: { items: Array<{ returnedItemId: string }> } }>(`/__sim/rmas/${rmaId}`)).details;
	const [sellable, damaged, missing] = items.map(({ returnedItemId }) => returnedItemId);
	await services.validate(rmaId, {
		units: [
			{ id: sellable, storeLocationId: '77' },
			{ id: damaged, isRestockable: false, nonRestockableReason: 'Stained', storeLocationId: '77' },
			{ id: missing, isReturned: false, nonReturnedReason: 'Not in the parcel' },
		],
	});
	await returnGo.post(`/__sim/rmas/${rmaId}/refund`, { units: [sellable] });
	await returnGo.post(`/__sim/rmas/${rmaId}/release-exchange`);
	return { rmaId, shipmentId };
}

/** ReturnGO's own API, as a shipping system or an app of the shop uses it. */
async function ask(services: Services, method: string, path: string, body: object): Promise<void> {
	const { apiKey, storeDomain, baseUrl } = services.credentials(['returnGoApi']).returnGoApi as IDataObject;
	const response = await fetch(`${String(baseUrl)}${path}`, { method, headers: { 'content-type': 'application/json', 'x-api-key': String(apiKey), 'x-shop-name': String(storeDomain) }, body: JSON.stringify(body) });
	if (!response.ok) throw new Error(`${method} ${path} was not accepted: ${response.status}`);
}

const SCENES: Scenes = {
	'rma.get': [async (services) => ({ parameters: { rmaId: byId((await fullRequest(services)).rmaId) } })],
	'rma.getInspection': [async (services) => ({ parameters: { rmaId: byId((await fullRequest(services)).rmaId) } })],
	'rma.matchInspection': [async (services) => ({ parameters: { rmaId: byId((await fullRequest(services)).rmaId), counts: JSON.stringify([{ sku: 'COAT-M', sellable: 2, damaged: 1, reason: 'Stained', locationId: 'gid://shopify/Location/77' }]) } })],
	'shipment.update': [async (services) => ({ parameters: { shipmentId: (await fullRequest(services)).shipmentId, presentStatus: 'Validated', status: 'Validated', updateFields: { trackingNumber: 'PP2' } } })],
	'transaction.getAll': [async (services) => ({ parameters: { rmaIds: (await fullRequest(services)).rmaId, returnAll: false, limit: 50 } })],
};

export const RETURN_GO_SCENES: Scenes = withRehearsals(SCENES, RETURN_GO, RETURN_GO_TABLE);
