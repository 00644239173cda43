/** Store → Check Access: which operations and events the app may use, by the access scopes that the store granted it. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { OPERATION_ACCESS } from '../access';
import type { ShopifyClient } from '../api/client';
import { GrantedScopesDocument } from '../api/generated';
import { isGranted, missingScopes } from '../api/scopes';
import { refuse, routeRead } from '../outcome';
import { scopeOfTopic, TOPICS } from '../trigger/topics';

export const description: INodeProperties[] = [
	{
		displayName: 'Complete means that nothing is missing for any operation, option or event; what every store needs is listed by itself (missingNeeded), because a store without store credit or disputes can do without the rest. Scopes are compared by name. What Shopify decides case by case (orders older than 60 days need read_all_orders, personal data needs an approval) shows only when it is asked for.',
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
	const missing = [...new Set([...operations, ...events].flatMap((entry) => [...entry.missing, ...('missingForOptions' in entry ? entry.missingForOptions : [])]))].sort();
	return routeRead(
		[
			{
				shopDomain: client.shopDomain,
				apiVersion: client.apiVersion,
				/** Another one than asked for once the asked one is retired. */
				apiVersionAnswered: client.usage.apiVersionAnswered,
				/** Whether `missing` is empty. */
				isComplete: missing.length === 0,
				granted,
				/** What any operation, option or event lacks. */
				missing,
				/** Of these, what no store can do without. */
				missingNeeded: missingScopes(granted).sort(),
				readsOldOrders: granted.includes('read_all_orders'),
				operations,
				events,
			},
		],
		itemIndex,
	);
}
