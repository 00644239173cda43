/** Store → Check Access: which operations and events the app may use, by the access scopes that the store granted it. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { OPERATION_ACCESS } from '../access';
import type { ShopifyClient } from '../api/client';
import { GrantedScopesDocument } from '../api/generated';
import { isGranted, NEEDED_SCOPES } from '../api/scopes';
import { refuse, routeRead } from '../outcome';
import { scopeOfTopic, TOPICS } from '../trigger/topics';

export const description: INodeProperties[] = [
	{
		displayName: 'Scopes are compared by name. What Shopify decides case by case (orders older than 60 days need read_all_orders, personal data needs an approval) shows only when it is asked for.',
		name: 'accessNotice',
		type: 'notice',
		default: '',
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const { currentAppInstallation } = await client.request(GrantedScopesDocument, {}, 'read');
	if (!currentAppInstallation) throw refuse(this.getNode(), 'accessDenied', 'Shopify does not say which scopes the app has', itemIndex);
	const granted = currentAppInstallation.accessScopes.map(({ handle }) => handle).sort();
	const judge = (scopes: readonly string[]) => {
		const missing = scopes.filter((scope) => !isGranted(granted, scope));
		return { isAllowed: missing.length === 0, scopes, missing };
	};
	const operations = OPERATION_ACCESS.map(({ resource, operation, scopes, optionalScopes }) => ({ resource, operation, ...judge(scopes), missingForOptions: judge(optionalScopes).missing }));
	const events = TOPICS.map((topic) => ({ topic, ...judge([scopeOfTopic(topic)]) }));
	const missing = [...new Set([...NEEDED_SCOPES.map(({ handle }) => handle), ...events.flatMap(({ scopes }) => scopes)])].filter((scope) => !isGranted(granted, scope)).sort();
	return routeRead(
		[
			{
				shopDomain: client.shopDomain,
				apiVersion: client.apiVersion,
				/** Another one than asked for once the asked one is retired. */
				apiVersionAnswered: client.usage.apiVersionAnswered,
				isComplete: operations.every(({ isAllowed }) => isAllowed),
				granted,
				missing,
				readsOldOrders: granted.includes('read_all_orders'),
				operations,
				events,
			},
		],
		itemIndex,
	);
}
