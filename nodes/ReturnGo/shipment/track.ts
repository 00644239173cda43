/** Shipment: Track. One call to ReturnGO, after which it follows the parcel and reports with SHIPMENT_TRACKER_STATUS_UPDATED. */
import type { INodeProperties } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, withAdditionalFields } from '../api/contract';
import { additionalBodyFields, readAdditionalBodyFields, readId, readText, shownFor, type Execute } from '../operation';
import { carrierField, shipmentIdField, trackingNumberField } from './fields';

export const description: INodeProperties[] = shownFor('shipment', 'track', [
	{
		displayName:
			'ReturnGO does not document the body of this call. This node sends { "shipmentId", "trackingNumber", "carrierName" }, a guess from the object that is read back; check with one parcel that events arrive.',
		name: 'trackNotice',
		type: 'notice',
		default: '',
	},
	shipmentIdField,
	{ ...trackingNumberField, description: 'The carrier’s number of the parcel. Leave empty to use the one ReturnGO has.' },
	{ ...carrierField, description: 'Who carries the parcel. Leave empty to use what ReturnGO has.' },
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const shipmentId = readId(context, itemIndex, 'shipmentId', 'Shipment ID');
	const trackingNumber = readText(context, itemIndex, 'trackingNumber');
	const carrierName = readText(context, itemIndex, 'carrierName');
	const body = withAdditionalFields(bodies.tracker(shipmentId, trackingNumber, carrierName), readAdditionalBodyFields(context, itemIndex));
	const answer = await client.trackShipment(shipmentId, body);
	return [[{ json: { shipmentId, tracked: true, answer } }]];
};
