/** The Shipment resource: its operations, for the editor and for the router. */
import type { INodeProperties } from 'n8n-workflow';
import { write, type Operation } from '../operation';
import * as deleteShipment from './delete';
import * as track from './track';
import * as update from './update';

export const operations: Readonly<Record<string, Operation>> = { delete: write(deleteShipment.execute), track: write(track.execute), update: write(update.execute) };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['shipment'] } },
		options: [
			{ name: 'Delete', value: 'delete', action: 'Delete a shipment', description: 'Remove a parcel from its RMA' },
			{ name: 'Track', value: 'track', action: 'Track a shipment', description: 'Ask ReturnGO to follow a parcel at its carrier' },
			{ name: 'Update', value: 'update', action: 'Update a shipment', description: 'Change the status, carrier, tracking or label of a parcel' },
		],
		default: 'update',
	},
	...deleteShipment.description,
	...track.description,
	...update.description,
];
