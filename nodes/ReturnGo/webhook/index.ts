/** The Webhook resource: its operations, for the editor and for the router. */
import type { INodeProperties } from 'n8n-workflow';
import { read, write, type Operation } from '../operation';
import * as create from './create';
import * as deleteWebhook from './delete';
import * as getAll from './getMany';
import * as update from './update';

export const operations: Readonly<Record<string, Operation>> = {
	create: write(create.execute),
	delete: write(deleteWebhook.execute),
	getAll: read(getAll.execute),
	update: write(update.execute),
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['webhook'] } },
		options: [
			{ name: 'Create', value: 'create', action: 'Create a webhook', description: 'Have ReturnGO report one event to an address' },
			{ name: 'Delete', value: 'delete', action: 'Delete a webhook', description: 'Have ReturnGO report no longer' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many webhooks', description: 'List what ReturnGO reports to whom; secrets in addresses are hidden' },
			{ name: 'Update', value: 'update', action: 'Update a webhook', description: 'Change the address or the event of a webhook' },
		],
		default: 'getAll',
	},
	...create.description,
	...deleteWebhook.description,
	...getAll.description,
	...update.description,
];
