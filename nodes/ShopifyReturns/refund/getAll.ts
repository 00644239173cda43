/** Refund → Get Many: the refunds of an order. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import type { RefundDetail } from '../api/mapping';
import { readRefundsOfOrder } from '../api/reads';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { refuse, routeRead } from '../outcome';
import { limitParameters, readLimit } from '../paging';

export const description: INodeProperties[] = [
	orderLocator,
	...limitParameters,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Money',
				name: 'moneyStates',
				type: 'multiOptions',
				options: [
					{ name: 'Not Paid', value: 'notPaid', description: 'The payment provider refused it' },
					{ name: 'Paid', value: 'paid' },
					{ name: 'Partly Paid', value: 'partlyPaid' },
					{ name: 'Pending', value: 'pending', description: 'The payment provider has not decided yet' },
					{ name: 'Without Money', value: 'none', description: 'The refund moved no money' },
				],
				default: [],
				description: 'Only refunds whose transactions say so',
			},
		],
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(this, itemIndex);
	const limit = readLimit(this, itemIndex);
	const { moneyStates = [] } = this.getNodeParameter('filters', itemIndex, {}) as { moneyStates?: string[] };
	const isWanted = ({ moneyState }: RefundDetail) => moneyStates.length === 0 || moneyStates.includes(moneyState);
	const id = await resolveOrderId(this, itemIndex, client, choice);
	const refunds = id === null ? null : await readRefundsOfOrder(client, id, (found) => found.filter(isWanted).length >= limit);
	if (refunds === null) throw refuse(this.getNode(), 'orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}`, itemIndex);
	return routeRead(refunds.filter(isWanted).slice(0, limit), itemIndex);
}
