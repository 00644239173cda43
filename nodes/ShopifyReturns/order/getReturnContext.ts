/** Order → Get Return Context: everything that a decision about an order's returns is made on, in one item. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { LEDGER_KEY, LEDGER_NAMESPACE, parseLedger, UnreadableLedger, type Ledger } from '../../../returns/ledger';
import type { ShopifyClient } from '../api/client';
import { toAmount } from '../api/mapping';
import { readOrderReturnContext, type OrderReturnContext } from '../api/reads';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { refuse, routeRead } from '../outcome';
import { isSimplified, simplifyParameter } from '../simplify';

export const description: INodeProperties[] = [orderLocator, simplifyParameter];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(this, itemIndex);
	const id = await resolveOrderId(this, itemIndex, client, choice);
	const context = id === null ? null : await readOrderReturnContext(client, id, { namespace: LEDGER_NAMESPACE, key: LEDGER_KEY });
	if (context === null) throw refuse(this.getNode(), 'orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}`, itemIndex);
	return routeRead([isSimplified(this, itemIndex) ? toContext(context) : context.raw], itemIndex);
}

function toContext({ order, lines, refunds, returns }: OrderReturnContext): object {
	return {
		id: order.id,
		name: order.name,
		createdAt: order.createdAt,
		cancelledAt: order.cancelledAt,
		currency: order.presentmentCurrencyCode,
		shopCurrency: order.currencyCode,
		taxesIncluded: order.taxesIncluded,
		financialStatus: order.displayFinancialStatus,
		fulfillmentStatus: order.displayFulfillmentStatus,
		returnStatus: order.returnStatus,
		tags: order.tags,
		totalReceived: toAmount(order.totalReceivedSet),
		totalRefunded: toAmount(order.totalRefundedSet),
		netPayment: toAmount(order.netPaymentSet),
		lines,
		returns,
		refunds,
		...readLedger(order.metafield?.value ?? null),
	};
}

/** A damaged record is shown as what it is; only settling over it is refused. */
function readLedger(value: string | null): { ledger: Ledger | null; ledgerUnreadable: string | null } {
	if (value === null) return { ledger: null, ledgerUnreadable: null };
	try {
		return { ledger: parseLedger(value), ledgerUnreadable: null };
	} catch (failure) {
		return { ledger: null, ledgerUnreadable: failure instanceof UnreadableLedger ? failure.message : 'It cannot be read' };
	}
}
