/** Store Credit → Get Balance: what a customer can spend, account by account, or what is left on a gift card. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { ID_ADVICE, NotAnId, toGid } from '../identifiers';
import { giftCardLocator, orderLocator, readGiftCardId, readOrderChoice, resolveOrderId } from '../locators';
import { refuse, routeRead } from '../outcome';
import { readCreditOfCustomer, readCreditOfOrder, type CustomerCredit } from './accounts';
import { readGiftCard } from './giftCard';

export const description: INodeProperties[] = [
	{
		displayName: 'Look Up By',
		name: 'lookUpBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Customer', value: 'customer', description: 'The store credit of one customer' },
			{ name: 'Gift Card', value: 'giftCard', description: 'One gift card' },
			{ name: 'Order', value: 'order', description: 'The store credit of the customer of an order' },
		],
		default: 'order',
	},
	{ ...orderLocator, displayOptions: { show: { lookUpBy: ['order'] } } },
	{ displayName: 'Customer ID', name: 'customerId', type: 'string', required: true, default: '', placeholder: 'e.g. 544365967', description: 'Number or GID of the customer', displayOptions: { show: { lookUpBy: ['customer'] } } },
	{ ...giftCardLocator, displayOptions: { show: { lookUpBy: ['giftCard'] } } },
	{ displayName: 'Simplify', name: 'simplify', type: 'boolean', default: true, description: 'Whether to leave the newest transactions out', displayOptions: { show: { lookUpBy: ['customer', 'order'] } } },
];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const lookUpBy = this.getNodeParameter('lookUpBy', itemIndex);
	if (lookUpBy === 'giftCard') {
		const id = readGiftCardId(this, itemIndex);
		const card = await readGiftCard(client, id);
		if (card === null) throw refuse(this.getNode(), 'giftCardNotFound', `The store has no gift card ${id}`, itemIndex);
		return routeRead([card], itemIndex);
	}
	const credit = lookUpBy === 'order' ? await ofOrder(this, itemIndex, client) : await ofCustomer(this, itemIndex, client);
	if (credit.isIncomplete) throw refuse(this.getNode(), 'snapshotIncomplete', `The customer ${credit.customerId} has more accounts than one page holds`, itemIndex);
	const isSimple = this.getNodeParameter('simplify', itemIndex, true) === true;
	return routeRead(
		credit.accounts.map(({ id, transactions, ...account }) => ({ customerId: credit.customerId, accountId: id, ...account, ...(isSimple ? {} : { transactions }) })),
		itemIndex,
	);
}

async function ofOrder(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<CustomerCredit> {
	const choice = readOrderChoice(context, itemIndex);
	const id = await resolveOrderId(context, itemIndex, client, choice);
	const credit = id === null ? 'noOrder' : await readCreditOfOrder(client, id);
	const label = choice.kind === 'id' ? choice.id : choice.name;
	if (credit === 'noOrder') throw refuse(context.getNode(), 'orderNotFound', `The store has no order ${label}`, itemIndex);
	if (credit === null) throw refuse(context.getNode(), 'customerMissing', `The order ${label} has no customer`, itemIndex);
	return credit;
}

async function ofCustomer(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<CustomerCredit> {
	const id = readCustomerId(context, itemIndex);
	const credit = await readCreditOfCustomer(client, id);
	if (credit === null) throw refuse(context.getNode(), 'customerMissing', `The store has no customer ${id}`, itemIndex);
	return credit;
}

function readCustomerId(context: IExecuteFunctions, itemIndex: number): string {
	try {
		return toGid('Customer', context.getNodeParameter('customerId', itemIndex));
	} catch (failure) {
		throw new NodeOperationError(context.getNode(), failure instanceof NotAnId ? failure.message : 'The customer cannot be read', { description: ID_ADVICE, itemIndex });
	}
}
