/** How a settlement's report becomes items: what is settled on one output, what needs somebody on the other. One item may give both. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { randomString, sleep } from 'n8n-workflow';
import type { Outcome, Reason } from '../../../returns/exceptions';
import { formatMoney, type MoneyPair } from '../../../returns/money';
import type { RefundValue } from '../../../returns/refund';
import type { ShopifyClient } from '../api/client';
import type { SettlementPreview, SettlementReport, Surroundings } from './pipeline';

/** The real world, for the pipeline. */
export const surroundings: Surroundings = {
	now: () => new Date(),
	sleep: async (milliseconds) => await sleep(milliseconds),
	token: () => randomString(24),
};

/** Items for *Settled* and *Needs Attention*. */
export function routeSettlement(report: SettlementReport, client: ShopifyClient, itemIndex: number): INodeExecutionData[][] {
	const { done, reasons, notes, retryAt, unitCount, ...facts } = report;
	const usage = { requests: client.usage.requests, points: client.usage.actualPoints };
	const refund = done.refund?.status === 'moved' ? done.refund : null;
	const settledUnits = [...new Set([...(refund?.unitIds ?? []), ...(done.restock?.unitIds ?? []), ...(done.stock?.unitIds ?? []), ...unitsOf(reasons.alreadyDone)])].sort();
	const openUnits = [...new Set([...unitsOf(reasons.waiting), ...unitsOf(reasons.blocked)])].sort();
	const item = (outcome: Outcome, content: object): INodeExecutionData => ({
		json: { outcome, ...facts, ...content, apiVersion: client.usage.apiVersionAnswered, usage } as unknown as IDataObject,
		pairedItem: { item: itemIndex },
	});

	const settled: INodeExecutionData[] = [];
	const didSomething = refund !== null || done.restock !== null || done.stock !== null;
	if (didSomething || reasons.alreadyDone.length > 0) {
		settled.push(item(didSomething ? 'done' : 'alreadyDone', { unitIds: settledUnits, everyUnitSettled: openUnits.length === 0 && settledUnits.length === unitCount, refund, restock: done.restock, stock: done.stock, reasons: [...reasons.alreadyDone, ...notes.filter((note) => note.unitIds.every((id) => settledUnits.includes(id)))] }));
	}
	const attention: INodeExecutionData[] = [];
	const open = [...reasons.blocked, ...reasons.waiting];
	if (open.length > 0 || settled.length === 0) {
		const pending = done.refund !== null && refund === null ? done.refund : null;
		attention.push(item(reasons.blocked.length > 0 ? 'blocked' : 'waiting', { unitIds: openUnits, refund: pending, restock: null, reasons: open, retryAt }));
	}
	return [settled, attention];
}

/** One item that says what would be done and what stands in the way. */
export function routePreview(preview: SettlementPreview, client: ShopifyClient, itemIndex: number): INodeExecutionData[][] {
	const { rmaId, orderId, orderName, shopifyReturn, planHash, reasons, notes, refund, restock, stock } = preview;
	const breakdown = refund && { amount: refund.amount, currency: refund.currency, unitIds: refund.unitIds, route: refund.route, ...breakdownOf(refund.value) };
	const json = { rmaId, orderId, orderName, shopifyReturn, planHash, refund: breakdown, restock, stock, notes, reasons, usage: { requests: client.usage.requests, points: client.usage.actualPoints } };
	return [[{ json: json as unknown as IDataObject, pairedItem: { item: itemIndex } }]];
}

/** A refund's parts as decimals in the currency the customer paid in; the total also in the shop's own. */
function breakdownOf(value: RefundValue): object {
	const decimal = (pair: MoneyPair) => formatMoney(pair.presentment);
	return {
		lines: value.lines.map(({ lineItemId, quantity, subtotal, tax, restockingFee }) => ({ lineItemId, quantity, subtotal: decimal(subtotal), tax: decimal(tax), restockingFee: decimal(restockingFee) })),
		subtotal: decimal(value.subtotal),
		tax: decimal(value.tax),
		fees: decimal(value.fees),
		shopAmount: formatMoney(value.total.shop),
		shopCurrency: value.total.shop.currency,
	};
}

function unitsOf(reasons: readonly Reason[]): string[] {
	return reasons.flatMap((known) => known.unitIds);
}
