/** Shipment: Delete. One call to ReturnGO. */
import type { INodeProperties } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { readId, shownFor, type Execute } from '../operation';
import { shipmentIdField } from './fields';

export const description: INodeProperties[] = shownFor('shipment', 'delete', [
	{
		displayName: 'ReturnGO documents that this call exists, and nothing more: what becomes of a label or of the RMA is for you to find out with one parcel first.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
	},
	shipmentIdField,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const shipmentId = readId(context, itemIndex, 'shipmentId', 'Shipment ID');
	const answer = await client.deleteShipment(shipmentId);
	return [[{ json: { shipmentId, deleted: true, answer } }]];
};
