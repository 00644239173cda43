/** Operations on reports: what other operations have found, for people. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as build from './build';
import * as listRows from './listRows';

export const operations: Resource['operations'] = { build, listRows };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['report'] } },
		options: [
			{ name: 'Build', value: 'build', action: 'Build a report', description: 'One HTML file with summary, charts and every line, to be mailed, kept and printed' },
			{ name: 'List Rows', value: 'listRows', action: 'List the rows of a report', description: 'One item per line with plain headings, for CSV and XLSX files' },
		],
		default: 'build',
	},
	...showFor('report', 'build', build.description),
	...showFor('report', 'listRows', listRows.description),
];
