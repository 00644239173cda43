/** Shipment: Update. One call to ReturnGO, or two when the present status is read from the RMA first. Changes that ReturnGO does not allow are not sent. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { RmaShipment } from '../../../returns/rma';
import { dryRunOptions } from '../../dryRun';
import type { ReturnGoClient } from '../api/client';
import { bodies, readShipmentAnswer, SHIPMENT_STATUSES, SHIPMENT_TRANSITIONS, withAdditionalFields } from '../api/contract';
import { additionalBodyFields, readAdditionalBodyFields, readId, readRmaId, readText, rmaField, shownFor, type Execute } from '../operation';
import { carrierField, shipmentIdField, trackingNumberField } from './fields';

const FROM_RMA = 'fromRma';
const KEEP = 'keep';
const statusOptions = [...SHIPMENT_STATUSES].sort().map((status) => ({ name: status.replace('LabelCreated', 'Label Created'), value: status }));

export const description: INodeProperties[] = shownFor('shipment', 'update', [
	{
		displayName:
			'A new status may change the RMA too and start ReturnGO’s own automations: Received makes it Received, Validated makes it Validated, and either may refund. ReturnGO writes a comment for every call, even if nothing changes.',
		name: 'updateNotice',
		type: 'notice',
		default: '',
	},
	shipmentIdField,
	{
		displayName: 'Present Status',
		name: 'presentStatus',
		type: 'options',
		options: [{ name: 'Read From the RMA', value: FROM_RMA, description: 'Takes one more call, and keeps the data of the parcel that you leave empty' }, ...statusOptions],
		default: FROM_RMA,
		description: 'The status the parcel has now: it decides which changes ReturnGO allows',
	},
	{ ...rmaField, description: 'The return request the parcel belongs to', displayOptions: { show: { presentStatus: [FROM_RMA] } } },
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [{ name: 'Keep as It Is', value: KEEP, description: 'Change the other data only' }, ...statusOptions],
		default: KEEP,
		description: 'The status the parcel should have',
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			carrierField,
			{ displayName: 'Label URL', name: 'labelUrl', type: 'string', default: '', placeholder: 'e.g. https://carrier.example/label.pdf', description: 'Where the customer finds the label' },
			trackingNumberField,
			{ displayName: 'Tracking URL', name: 'trackingUrl', type: 'string', default: '', placeholder: 'e.g. https://carrier.example/track/1Z', description: 'Where the parcel can be followed' },
		],
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const shipmentId = readId(context, itemIndex, 'shipmentId', 'Shipment ID');
	const given = {
		carrierName: readText(context, itemIndex, 'updateFields.carrierName'),
		trackingNumber: readText(context, itemIndex, 'updateFields.trackingNumber'),
		trackingURL: readText(context, itemIndex, 'updateFields.trackingUrl'),
		labelURL: readText(context, itemIndex, 'updateFields.labelUrl'),
	};
	const additional = readAdditionalBodyFields(context, itemIndex);
	const wanted = context.getNodeParameter('status', itemIndex, KEEP) as string;
	const nothingGiven = [...Object.values(given), ...Object.keys(additional)].every((value) => value === null);
	if (wanted === KEEP && nothingGiven) throw new NodeOperationError(context.getNode(), 'There is nothing to update', { itemIndex, description: 'Choose a status, or add a field. Nothing was sent to ReturnGO.' });
	const present = await readPresent(context, client, itemIndex, shipmentId);
	const status = wanted === KEEP ? present.status : wanted;
	refuseImpossible(context, itemIndex, shipmentId, present.status, status);
	// ReturnGO is not known to keep what a request leaves out, so what is known is sent along.
	const kept = { carrierName: present.shipment?.carrierName ?? null, trackingNumber: present.shipment?.trackingNumber ?? null, trackingURL: present.shipment?.trackingUrl ?? null, labelURL: present.shipment?.labelUrl ?? null };
	const fields = {
		status,
		carrierName: given.carrierName ?? kept.carrierName,
		trackingNumber: given.trackingNumber ?? kept.trackingNumber,
		trackingURL: given.trackingURL ?? kept.trackingURL,
		labelURL: given.labelURL ?? kept.labelURL,
	};
	const answer = await client.updateShipment(shipmentId, withAdditionalFields(bodies.shipment(fields), additional));
	const shipment = readShipmentAnswer(answer);
	return [[{ json: { shipmentId, previousStatus: present.status, requestedStatus: status, shipment: shipment as IDataObject | null } }]];
};

async function readPresent(context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number, shipmentId: string): Promise<{ status: string; shipment: RmaShipment | null }> {
	const given = context.getNodeParameter('presentStatus', itemIndex, FROM_RMA) as string;
	if (given !== FROM_RMA) return { status: given, shipment: null };
	const rmaId = readRmaId(context, itemIndex);
	const { rma } = await client.getRma(rmaId);
	const shipment = rma.shipments.find(({ id }) => id === shipmentId);
	if (shipment !== undefined) return { status: shipment.status, shipment };
	const known = rma.shipments.map(({ id }) => id).join(', ');
	throw new NodeOperationError(context.getNode(), `RMA ${rmaId} has no shipment ${shipmentId}`, {
		itemIndex,
		description: `${known === '' ? 'It has no shipment at all' : `Its shipments are: ${known}`}. Nothing was changed in ReturnGO.`,
	});
}

function refuseImpossible(context: IExecuteFunctions, itemIndex: number, shipmentId: string, from: string, to: string): void {
	if (from === to) return;
	const start = SHIPMENT_STATUSES.find((status) => status === from);
	const allowed: readonly string[] = start === undefined ? [] : SHIPMENT_TRANSITIONS[start];
	if (allowed.includes(to)) return;
	const choices = allowed.length === 0 ? `From ${from} ReturnGO allows no other status` : `From ${from} ReturnGO allows ${allowed.join(', ')}`;
	throw new NodeOperationError(context.getNode(), `Shipment ${shipmentId} is ${from} and cannot become ${to}`, {
		itemIndex,
		description: `${choices}; with Keep as It Is, the other data can be changed. Nothing was changed in ReturnGO.`,
	});
}
