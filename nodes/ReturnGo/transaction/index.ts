/** The Transaction resource: its operations, for the editor and for the router. */
import type { INodeProperties } from 'n8n-workflow';
import { readInPages, write, type Operation } from '../operation';
import * as getAll from './getMany';
import * as reportOutcome from './reportOutcome';

export const operations: Readonly<Record<string, Operation>> = { getAll: readInPages(getAll.execute), reportOutcome: write(reportOutcome.execute) };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['transaction'] } },
		options: [
			{ name: 'Get Many', value: 'getAll', action: 'Get many transactions', description: 'List refunds, store credits and payments by RMA, order, status, kind or time' },
			{ name: 'Report Outcome', value: 'reportOutcome', action: 'Report the outcome of a transaction', description: 'Tell ReturnGO what became of a transaction that was executed elsewhere' },
		],
		default: 'getAll',
	},
	...getAll.description,
	...reportOutcome.description,
];
