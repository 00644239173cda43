/** Operations on the store and on what the app may do in it. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as checkAccess from './checkAccess';
import * as getLocations from './getLocations';
import * as setUpStatusField from './setUpStatusField';

export const operations: Resource['operations'] = {
	checkAccess: { ...checkAccess, isWrite: false },
	getLocations: { ...getLocations, isWrite: false },
	setUpStatusField: { ...setUpStatusField, isWrite: true },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['store'] } },
		options: [
			{ name: 'Check Access', value: 'checkAccess', action: 'Check the access of the app', description: 'Compare the access scopes that each operation needs with those that are granted' },
			{ name: 'Get Locations', value: 'getLocations', action: 'Get the locations of the store', description: 'Where stock can be, with IDs' },
			{ name: 'Set Up Status Field', value: 'setUpStatusField', action: 'Set up the status field of orders', description: 'Define and pin the order field in which the states of returns show' },
		],
		default: 'checkAccess',
	},
	...showFor('store', 'checkAccess', checkAccess.description),
	...showFor('store', 'getLocations', getLocations.description),
	...showFor('store', 'setUpStatusField', setUpStatusField.description),
];
