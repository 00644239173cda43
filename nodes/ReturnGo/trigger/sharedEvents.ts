/** Events that ReturnGO's webhooks and a poll both tell of, in the same words in both triggers. */
import type { INodePropertyOptions } from 'n8n-workflow';

export const rmaCreated: INodePropertyOptions = { name: 'RMA Created', value: 'RMA_CREATED', description: 'A customer or the store made a return request' };
export const rmaStatusUpdated: INodePropertyOptions = { name: 'RMA Status Updated', value: 'RMA_STATUS_UPDATED', description: 'An RMA got another status, e.g. Received or Validated' };
export const shipmentCreated: INodePropertyOptions = { name: 'Shipment Created', value: 'SHIPMENT_CREATED', description: 'A parcel was added to an RMA' };
export const shipmentStatusUpdated: INodePropertyOptions = { name: 'Shipment Status Updated', value: 'SHIPMENT_STATUS_UPDATED', description: 'A parcel got another status, e.g. Shipped or Received' };
export const transactionCreated: INodePropertyOptions = { name: 'Transaction Created', value: 'TRANSACTION_CREATED', description: 'ReturnGO moved money, or asks for it to be moved' };
