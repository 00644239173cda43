/** Refund → Check Pending: whether the money of refunds has moved by now. It only looks; running the settlement again is what updates the order's record and tags. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { REFUND_PENDING_TAG } from '../../../returns/statusField';
import type { ShopifyClient } from '../api/client';
import { OrdersByTagDocument, type OrdersByTagQuery } from '../api/generated';
import type { RefundDetail } from '../api/mapping';
import { readRefund, readRefundsOfOrder } from '../api/reads';
import { orderLocator, readOrderChoice, readRefundId, refundLocator, resolveOrderId } from '../locators';
import { refuse, routeRead } from '../outcome';
import { limitParameters, readLimit } from '../paging';

export const description: INodeProperties[] = [
	{
		displayName: 'Look Up By',
		name: 'lookUpBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'All Pending', value: 'tagged', description: `The refunds of every order with the tag ${REFUND_PENDING_TAG}` },
			{ name: 'Order', value: 'order', description: 'The refunds of one order' },
			{ name: 'Refund', value: 'refund', description: 'One refund' },
		],
		default: 'tagged',
	},
	{ ...orderLocator, displayOptions: { show: { lookUpBy: ['order'] } } },
	{ ...refundLocator, displayOptions: { show: { lookUpBy: ['refund'] } } },
	...limitParameters.map((parameter) => ({ ...parameter, displayOptions: { show: { ...parameter.displayOptions?.show, lookUpBy: ['tagged', 'order'] } } })),
	{
		displayName: 'Only Unsettled',
		name: 'onlyUnsettled',
		type: 'boolean',
		default: false,
		displayOptions: { show: { lookUpBy: ['tagged', 'order'] } },
		description: 'Whether to leave out refunds that are paid or moved no money',
	},
];

interface CheckedRefund extends RefundDetail {
	orderId: string | null;
	orderName: string | null;
	/** Whether nothing more is expected: the money has moved, or there was none to move. */
	isSettled: boolean;
	reasons: Reason[];
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const lookUpBy = this.getNodeParameter('lookUpBy', itemIndex);
	if (lookUpBy === 'refund') {
		const id = readRefundId(this, itemIndex);
		const found = await readRefund(client, id);
		if (found === null) throw refuse(this.getNode(), 'refundNotFound', `The store has no refund ${id}`, itemIndex);
		return routeRead([check(found, null)], itemIndex);
	}
	const limit = readLimit(this, itemIndex);
	const onlyUnsettled = this.getNodeParameter('onlyUnsettled', itemIndex, false) === true;
	const isWanted = ({ isSettled }: CheckedRefund) => !onlyUnsettled || !isSettled;
	const checked = lookUpBy === 'order' ? await ofOrder(this, itemIndex, client, isWanted, limit) : await ofTaggedOrders(client, isWanted, limit);
	return routeRead(checked.filter(isWanted).slice(0, limit), itemIndex);
}

async function ofOrder(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, isWanted: (refund: CheckedRefund) => boolean, limit: number): Promise<CheckedRefund[]> {
	const choice = readOrderChoice(context, itemIndex);
	const id = await resolveOrderId(context, itemIndex, client, choice);
	const order = { id: id ?? '', name: choice.kind === 'name' ? choice.name : null };
	const refunds = id === null ? null : await readRefundsOfOrder(client, id, (found) => found.filter((refund) => isWanted(check(refund, order))).length >= limit);
	if (refunds === null) throw refuse(context.getNode(), 'orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}`, itemIndex);
	return refunds.map((refund) => check(refund, order));
}

async function ofTaggedOrders(client: ShopifyClient, isWanted: (refund: CheckedRefund) => boolean, limit: number): Promise<CheckedRefund[]> {
	const found: CheckedRefund[] = [];
	let after: string | null = null;
	do {
		const { orders }: OrdersByTagQuery = await client.request(OrdersByTagDocument, { search: `tag:"${REFUND_PENDING_TAG}"`, after }, 'read');
		for (const order of orders.nodes.filter(({ tags }) => tags.some((tag) => tag.toLowerCase() === REFUND_PENDING_TAG))) {
			const refunds = (await readRefundsOfOrder(client, order.id, (ofOrder) => found.length + ofOrder.filter((refund) => isWanted(check(refund, order))).length >= limit)) ?? [];
			found.push(...refunds.map((refund) => check(refund, order)).filter(isWanted));
			if (found.length >= limit) break;
		}
		after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
	} while (after !== null && found.length < limit);
	return found;
}

function check(refund: RefundDetail, order: { id: string; name: string | null } | null): CheckedRefund {
	const reasons: Reason[] = [];
	if (refund.moneyState === 'pending') reasons.push(reason('refundPending', `The refund ${refund.id} waits for its payment provider.`));
	if (refund.moneyState === 'notPaid' || refund.moneyState === 'partlyPaid') reasons.push(reason('refundFailed', `The payment provider did not carry out ${refund.moneyState === 'notPaid' ? 'the refund' : 'a part of the refund'} ${refund.id}.`));
	if (refund.isIncomplete) reasons.push(reason('snapshotIncomplete', `The refund ${refund.id} has more transactions or lines than one page holds; its state is of the first ones.`));
	return { ...refund, orderId: order?.id ?? null, orderName: order?.name ?? null, isSettled: reasons.length === 0, reasons };
}
