/** Operations that look at a whole store. */
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
		displayOptions: { show: { resource: ['audit'] } },
		options: [{ name: 'Run', value: 'run', action: 'Run an audit', description: 'Where returns are stuck or contradict each other, over many days, and whether scopes and event subscriptions are in order' }],
		default: 'run',
	},
	...showFor('audit', 'run', run.description),
];
