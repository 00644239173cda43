/** How a settlement's report becomes items: what is settled on one output, what needs somebody on the other. One item may give both. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { randomString, sleep } from 'n8n-workflow';
import type { Outcome, Reason } from '../../../returns/exceptions';
import { formatMoney, type MoneyPair } from '../../../returns/money';
import type { RefundValue } from '../../../returns/refund';
import type { ShopifyClient } from '../api/client';
import type { PlannedActs, PlannedRefund, SettlementPreview, SettlementReport, Surroundings } from './pipeline';

/** The real world, for the pipeline. */
export const surroundings: Surroundings = {
	now: () => new Date(),
	sleep: async (milliseconds) => await sleep(milliseconds),
	token: () => randomString(24),
};

/** Items for *Settled* and *Needs Attention*. */
export function routeSettlement(report: SettlementReport, client: ShopifyClient, itemIndex: number): INodeExecutionData[][] {
	const { done, reasons, notes, retryAt, unitCount, planned, ...facts } = report;
	const usage = { requests: client.usage.requests, points: client.usage.actualPoints };
	const refund = done.refund?.status === 'moved' ? done.refund : null;
	const cancellation = done.cancellation?.status === 'moved' ? done.cancellation : null;
	const settledUnits = [...new Set([...(refund?.unitIds ?? []), ...(cancellation?.unitIds ?? []), ...(done.exchange?.unitIds ?? []), ...(done.restock?.unitIds ?? []), ...(done.stock?.unitIds ?? []), ...(done.credit?.unitIds ?? []), ...unitsOf(reasons.alreadyDone)])].sort();
	const openUnits = [...new Set([...unitsOf(reasons.waiting), ...unitsOf(reasons.blocked)])].sort();
	const item = (outcome: Outcome, content: object): INodeExecutionData => ({
		json: { outcome, ...facts, ...content, apiVersion: client.usage.apiVersionAnswered, usage } as unknown as IDataObject,
		pairedItem: { item: itemIndex },
	});

	const settled: INodeExecutionData[] = [];
	const didSomething = refund !== null || cancellation !== null || done.exchange !== null || done.restock !== null || done.stock !== null || done.credit !== null;
	const others = { ...(cancellation === null ? {} : { cancellation }), ...(done.exchange === null ? {} : { exchange: done.exchange }), ...(done.credit === null ? {} : { credit: done.credit }) };
	const rehearsal = planned === undefined ? {} : { dryRun: true };
	if (didSomething || reasons.alreadyDone.length > 0) {
		settled.push(item(didSomething ? 'done' : 'alreadyDone', { unitIds: settledUnits, everyUnitSettled: openUnits.length === 0 && settledUnits.length === unitCount, refund, restock: done.restock, stock: done.stock, ...others, ...rehearsal, reasons: [...reasons.alreadyDone, ...notes.filter((note) => note.unitIds.every((id) => settledUnits.includes(id)))] }));
	}
	const attention: INodeExecutionData[] = [];
	const open = [...reasons.blocked, ...reasons.waiting];
	if (open.length > 0 || settled.length === 0) {
		const pending = refund === null ? done.refund : null;
		const pendingCancellation = cancellation === null && done.cancellation !== null ? { cancellation: done.cancellation } : {};
		attention.push(item(reasons.blocked.length > 0 ? 'blocked' : 'waiting', { unitIds: openUnits, refund: pending, restock: null, ...pendingCancellation, ...rehearsal, ...(planned === undefined ? {} : { planned: plannedActs(planned) }), reasons: open, retryAt }));
	}
	return [settled, attention];
}

/** One item that says what would be done and what stands in the way. */
export function routePreview(preview: SettlementPreview, client: ShopifyClient, itemIndex: number): INodeExecutionData[][] {
	const { rmaId, orderId, orderName, shopifyReturn, planHash, reasons, notes } = preview;
	const json = { rmaId, orderId, orderName, shopifyReturn, planHash, ...plannedActs(preview), notes, reasons, usage: { requests: client.usage.requests, points: client.usage.actualPoints } };
	return [[{ json: json as unknown as IDataObject, pairedItem: { item: itemIndex } }]];
}

function plannedActs({ refund, cancellation, restock, stock }: PlannedActs): object {
	return { refund: refund && shownRefund(refund), ...(cancellation === null ? {} : { cancellation: shownRefund(cancellation) }), restock, stock };
}

function shownRefund({ amount, currency, unitIds, route, payout, value }: PlannedRefund): object {
	return { amount, currency, unitIds, route, payout, ...breakdownOf(value) };
}

/** A refund's parts as decimals in the currency the customer paid in; the total also in the shop's own. */
function breakdownOf(value: RefundValue): object {
	const decimal = (pair: MoneyPair) => formatMoney(pair.presentment);
	return {
		lines: value.lines.map(({ lineItemId, quantity, subtotal, tax, restockingFee }) => ({ lineItemId, quantity, subtotal: decimal(subtotal), tax: decimal(tax), restockingFee: decimal(restockingFee) })),
		subtotal: decimal(value.subtotal),
		tax: decimal(value.tax),
		shipping: decimal(value.shipping),
		duties: decimal(value.duties),
		tip: decimal(value.tip),
		fees: decimal(value.fees),
		shopAmount: formatMoney(value.total.shop),
		shopCurrency: value.total.shop.currency,
	};
}

function unitsOf(reasons: readonly Reason[]): string[] {
	return reasons.flatMap((known) => known.unitIds);
}
