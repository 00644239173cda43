/** The node setting that chooses the version of the Admin API. */
import type { INodeProperties } from 'n8n-workflow';

export const apiVersionParameter: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	isNodeSetting: true,
	options: [
		{ name: '2026-04', value: '2026-04' },
		{ name: '2026-07', value: '2026-07' },
		{ name: '2026-10', value: '2026-10' },
	],
	default: '2026-10',
	description: 'Version of the Shopify Admin API that this node speaks',
};
