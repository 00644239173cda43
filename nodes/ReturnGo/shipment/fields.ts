/** Parameters that operations on a shipment share. */
import type { INodeProperties } from 'n8n-workflow';

export const shipmentIdField: INodeProperties = {
	displayName: 'Shipment ID',
	name: 'shipmentId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 5000001',
	description: 'ReturnGO’s number of the parcel, as RMA: Get returns it under “shipments”',
};

export const carrierField: INodeProperties = { displayName: 'Carrier Name', name: 'carrierName', type: 'string', default: '', placeholder: 'e.g. Parcel Post', description: 'Who carries the parcel' };

export const trackingNumberField: INodeProperties = {
	displayName: 'Tracking Number',
	name: 'trackingNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1Z0000000000000001',
	description: 'The carrier’s number of the parcel',
};
