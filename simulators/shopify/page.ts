/** The simulated shop as tables an operations person can read. */

import type { PageTable } from '../shared/page';
import { formatInSentence } from './money';
import { linesOf, refundsOf } from './orders';
import { financialStatus, netPayment, refundedTotal } from './payments';
import { refundTransactions } from './refunds';
import { linesOfReturn, orderLineOf, orderReturnStatus } from './returns';
import { mustHave, type ShopStore } from './store';

const SHOWN = 50;

export function shopTables(store: ShopStore): PageTable[] {
	const orders = [...store.orders.values()].slice(-SHOWN).reverse();
	return [
		{
			title: 'Orders',
			note: 'The latest first.',
			columns: ['Order', 'Placed', 'Items', 'Total', 'Refunded', 'Kept', 'Payment', 'Return', 'Tags'],
			rows: orders.map((order) => [
				order.name,
				order.createdAt,
				linesOf(store, order).map((line) => `${line.quantity} × ${line.sku ?? line.title}${line.refunded > 0 ? ` (${line.refunded} refunded)` : ''}`).join(', '),
				formatInSentence(order.total.presentment, order.presentmentCurrency),
				formatInSentence(refundedTotal(store, order).presentment, order.presentmentCurrency),
				formatInSentence(netPayment(store, order).presentment, order.presentmentCurrency),
				financialStatus(store, order),
				orderReturnStatus(store, order),
				order.tags.join(', '),
			]),
		},
		{
			title: 'Returns',
			columns: ['Return', 'Status', 'Items', 'Processed', 'Refunded', 'Dispositions'],
			rows: [...store.returns.values()].slice(-SHOWN).reverse().map((theReturn) => {
				const lines = linesOfReturn(store, theReturn);
				const dispositions = [...store.reverseFulfillmentOrderLineItems.values()].filter(({ returnLineItemId }) => theReturn.lineItemIds.includes(returnLineItemId)).flatMap((line) => line.dispositions);
				return [
					theReturn.name,
					theReturn.status,
					lines.map((line) => `${line.quantity} × ${orderLineOf(store, line).sku ?? orderLineOf(store, line).title}`).join(', '),
					String(lines.reduce((sum, { processed }) => sum + processed, 0)),
					String(lines.reduce((sum, { refunded }) => sum + refunded, 0)),
					dispositions.map(({ type, quantity, locationId }) => `${quantity} ${type}${locationId === null ? '' : ` at ${store.locations.get(locationId)?.name ?? locationId}`}`).join(', '),
				];
			}),
		},
		{
			title: 'Refunds',
			columns: ['Order', 'When', 'By', 'Items', 'Payments', 'Difference', 'Note'],
			rows: orders.flatMap((order) =>
				refundsOf(store, order).map((refund) => [
					order.name,
					refund.createdAt,
					refund.by,
					refund.lines.map(({ quantity, lineItemId, restocked }) => `${quantity} × ${mustHave(store.lineItems, lineItemId, 'line').sku ?? lineItemId}${restocked ? ' (restocked)' : ''}`).join(', '),
					refundTransactions(store, refund).map(({ gateway, amount, status }) => `${formatInSentence(amount.presentment, order.presentmentCurrency)} to ${gateway}: ${status}`).join(', '),
					refund.adjustments.map(({ amount }) => formatInSentence(amount.presentment, order.presentmentCurrency)).join(', '),
					refund.note ?? '',
				]),
			),
		},
		{
			title: 'Stock',
			columns: ['SKU', 'Location', 'Available', 'On hand', 'Committed'],
			rows: [...store.inventoryLevels.values()].slice(-200).map(({ inventoryItemId, locationId, quantities }) => [
				store.variants.get(store.inventoryItems.get(inventoryItemId)?.variantId ?? 0)?.sku ?? String(inventoryItemId),
				store.locations.get(locationId)?.name ?? String(locationId),
				String(quantities.available),
				String(quantities.on_hand),
				String(quantities.committed),
			]),
		},
	];
}
