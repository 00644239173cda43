/** Operations that compare everything of a period. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as run from './run';

export const operations: Resource['operations'] = { run };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['reconciliation'] } },
		options: [{ name: 'Run', value: 'run', action: 'Run a reconciliation', description: 'Compare what changed since a time: refunds, credits, transactions and units of both systems' }],
		default: 'run',
	},
	...showFor('reconciliation', 'run', run.description),
];
