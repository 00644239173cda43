/** Operations on exceptions: returns that need somebody, and who was told of them. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as compareWithLastRun from './compareWithLastRun';
import * as findOpen from './findOpen';
import * as remember from './remember';

export const operations: Resource['operations'] = { compareWithLastRun, findOpen, remember };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['exception'] } },
		options: [
			{ name: 'Compare With Last Run', value: 'compareWithLastRun', action: 'Compare exceptions with the last run', description: 'What is new or has changed since people were last told, and what is over' },
			{ name: 'Find Open', value: 'findOpen', action: 'Find open exceptions', description: 'The returns that are stuck now: late parcels, inspections, stock and payments, and systems that disagree' },
			{ name: 'Remember', value: 'remember', action: 'Remember exceptions that were told', description: 'Keep what a comparison found, so that the next run does not tell it again' },
		],
		default: 'compareWithLastRun',
	},
	...showFor('exception', 'compareWithLastRun', compareWithLastRun.description),
	...showFor('exception', 'findOpen', findOpen.description),
	...showFor('exception', 'remember', remember.description),
];
