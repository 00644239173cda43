/** Rules about states: requests and orders that do not know each other, systems that disagree, parcels that do not move on. */
import type { Case, CaseOrder, CaseReturn, CaseRma } from './case';
import { isEnded, isOlder, type DetectionSettings, type Sighting } from './sighting';
import { matchReturn, sameReturnName, type ReturnMatch } from './matching';
import type { Rma, RmaShipment, RmaUnit } from './rma';

/** What the states of a case say. */
export function findStatusCases(found: Case, settings: DetectionSettings, now: Date): Sighting[] {
	return [...returnsWithoutRequest(found, settings, now), ...found.rmas.flatMap((rma) => (rma.details === null ? [] : ofRequest(found, rma, rma.details, settings, now)))];
}

function ofRequest(found: Case, row: CaseRma, rma: Rma, settings: DetectionSettings, now: Date): Sighting[] {
	const about = (code: Sighting['code'], at: string | null, message: string, unitIds: readonly string[] = []): Sighting => ({ code, rmaId: rma.id, about: '', message, at, unitIds });
	const facts: RequestFacts = { rma, row, settings, now, about };
	return [...(found.order === null ? [] : [...strangeUnits(found, found.order, facts), ...conflicts(found.order, facts)]), ...parcels(facts), ...exchanges(facts)];
}

interface RequestFacts {
	rma: Rma;
	row: CaseRma;
	settings: DetectionSettings;
	now: Date;
	about(code: Sighting['code'], at: string | null, message: string, unitIds?: readonly string[]): Sighting;
}

/** Returns that Shopify shows and no request of ReturnGO explains. Where one was refunded, the refund is what is told of. */
function returnsWithoutRequest({ order, rmas, unread }: Case, { days }: DetectionSettings, now: Date): Sighting[] {
	if (order === null || unread.some(({ what }) => what === 'rmasOfOrder') || rmas.some(({ details }) => details === null)) return [];
	const explained = new Set(rmas.flatMap(({ details }) => (details === null ? [] : matchesOf(order, details).map(({ id }) => id))));
	return order.returns
		.filter(({ id, status, createdAt }) => status !== 'CANCELED' && status !== 'DECLINED' && !explained.has(id) && isOlder(createdAt, days.statusConflict, now))
		.filter(({ id }) => !order.refunds.some(({ returnId }) => returnId === id))
		.map(({ name, status, createdAt }) => ({ code: 'orderNotInPortal', rmaId: null, about: name, message: `Shopify has the return ${name} (${status}), and ReturnGO has no request for it.`, at: createdAt, unitIds: [] }));
}

/** The return of the request, or all that it could be. */
function matchesOf(order: CaseOrder, rma: Rma): CaseReturn[] {
	const match = matchOf(order, rma);
	return match.kind === 'found' ? [match.return] : match.kind === 'unclear' ? match.candidates : [];
}

function matchOf(order: CaseOrder, rma: Rma): ReturnMatch<CaseReturn & { lines: NonNullable<CaseReturn['lines']> }> {
	return matchReturn({ returns: order.returns.map((entry) => ({ ...entry, lines: entry.lines ?? [] })), ledger: { ledger: order.ledger }, lines: [], refunds: [] }, rma, null);
}

function strangeUnits({ unread }: Case, order: CaseOrder, { rma, about }: RequestFacts): Sighting[] {
	const { lines } = order;
	if (lines === null || unread.some(({ what }) => what === 'orderDetails') || isEnded(rma)) return [];
	const isStrange = ({ lineItemId, sku }: RmaUnit) => {
		const line = lines.find((candidate) => (lineItemId === null ? candidate.sku === sku : candidate.id === lineItemId));
		return line === undefined || (sku !== null && line.sku !== null && sku !== line.sku);
	};
	const strange = rma.units.filter(isStrange);
	if (strange.length === 0) return [];
	return [about('skuMismatch', rma.createdAt, `RMA${rma.id} holds ${[...new Set(strange.map(({ sku, title }) => sku ?? title))].join(', ')}, which ${order.name} does not have so.`, strange.map(({ id }) => id))];
}

const IN_WORK = ['Pending', 'Approved', 'Received', 'Validated'];

function conflicts(order: CaseOrder, { rma, row, settings: { days }, now, about }: RequestFacts): Sighting[] {
	const match = matchOf(order, rma);
	const since = latestKnown(rma, row);
	const isStale = isOlder(since, days.statusConflict, now);
	if (match.kind === 'unclear') return [];
	if (match.kind === 'none') {
		const ended = order.returns.find(({ name, status }) => rma.shopifyReturnName !== null && sameReturnName(name, rma.shopifyReturnName) && (status === 'CANCELED' || status === 'DECLINED'));
		if (ended !== undefined) return IN_WORK.includes(rma.status) && isStale ? [about('endedInShopifyOpenInReturnGo', since, `RMA${rma.id} is ${rma.status}, and Shopify’s return ${ended.name} is ${ended.status}.`)] : [];
		if (order.refunds.length > 0 || order.returns.length > 0) return [];
		if (rma.status === 'Approved' && isStale) return [about('approvalMissingInShopify', since, `RMA${rma.id} is approved, and ${order.name} has no return.`)];
		return isArrived(rma) && isOlder(receivedAt(rma, row), days.statusConflict, now) ? [about('receivedNotInShopify', receivedAt(rma, row), `RMA${rma.id} is ${rma.status}, and ${order.name} has no return.`)] : [];
	}
	const { return: found } = match;
	const isOpen = found.status === 'OPEN' || found.status === 'REQUESTED';
	const both = `RMA${rma.id} is ${rma.status}, and Shopify’s return ${found.name} is ${found.status}.`;
	if (rma.status === 'Done' && isOpen && isStale) return [about('doneInReturnGoOpenInShopify', since, both)];
	if (isEnded(rma) && isOpen && isStale) return [about('endedInReturnGoOpenInShopify', since, both)];
	if (IN_WORK.includes(rma.status) && found.status === 'CLOSED' && isOlder(laterOf(found.closedAt, since), days.statusConflict, now)) return [about('closedInShopifyOpenInReturnGo', found.closedAt, both)];
	if (isArrived(rma) && isUntouched(order, found, rma) && isOlder(receivedAt(rma, row), days.receivedNotInShopify, now)) return [about('receivedNotInShopify', receivedAt(rma, row), `RMA${rma.id} is ${rma.status}, and nothing was done with Shopify’s return ${found.name} (${found.status}).`)];
	return [];
}

/** Received, and not yet inspected: after the inspection, stock and money are what is waited for. */
function isArrived({ status, units }: Rma): boolean {
	return status === 'Received' && units.length > 0 && units.every(({ validation }) => validation.validatedAt === null);
}

function isUntouched(order: CaseOrder, found: CaseReturn, rma: Rma): boolean {
	if (found.lines === null || found.dispositions === null) return false;
	const isPaid = order.refunds.some(({ returnId }) => returnId === found.id) || order.ledger.entries.some(({ rmaId }) => rmaId === rma.id) || rma.transactions.some(({ status }) => status !== 'Failed');
	return !isPaid && found.dispositions.length === 0 && found.lines.every(({ processedQuantity }) => processedQuantity === 0);
}

function parcels({ rma, row, settings: { days, deliveredAt }, now, about }: RequestFacts): Sighting[] {
	if (rma.status !== 'Approved') return [];
	const inbound = rma.shipments.filter(({ isOutbound, status }) => !isOutbound && status !== 'Canceled');
	const delivered = deliveredAt[rma.id] ?? rma.milestones?.deliveredAt ?? null;
	const waiting = inbound.filter(({ status }) => status !== 'Received' && status !== 'Validated');
	if (waiting.length > 0 && delivered !== null) return isOlder(delivered, days.deliveredNotReceived, now) ? [about('deliveredNotReceived', delivered, `The carrier delivered the parcel of RMA${rma.id}${numberOf(waiting)}, and ReturnGO does not show it as received.`)] : [];
	const shipped = waiting.filter(({ status }) => status === 'Shipped');
	const shippedAt = rma.milestones?.shippedAt ?? latestKnown(rma, row);
	if (shipped.length > 0) return isOlder(shippedAt, days.inTransit, now) ? [about('inTransitTooLong', shippedAt, `The parcel of RMA${rma.id}${numberOf(shipped)} is on its way.`)] : [];
	const approvedAt = row.approvedAt ?? rma.milestones?.approvedAt ?? rma.createdAt;
	// No parcel is expected for a return method without one.
	const isExpected = waiting.length > 0 && waiting.every(({ trackingNumber }) => trackingNumber === null);
	return isExpected && isOlder(approvedAt, days.approvedWithoutTracking, now) ? [about('approvedWithoutTracking', approvedAt, `RMA${rma.id} is approved, and no parcel or tracking number is known.`)] : [];
}

function numberOf(shipments: readonly RmaShipment[]): string {
	const numbers = shipments.flatMap(({ trackingNumber }) => trackingNumber ?? []);
	return numbers.length === 0 ? '' : ` (${numbers.join(', ')})`;
}

function exchanges({ rma, row, settings: { days }, now, about }: RequestFacts): Sighting[] {
	const drafts = rma.exchangeOrders.filter(({ type, orderId }) => type === 'Exchange' && orderId === null);
	const isDue = ['Received', 'Validated', 'Done'].includes(rma.status);
	const at = receivedAt(rma, row);
	return drafts.length > 0 && isDue && isOlder(at, days.exchangeNotReleased, now) ? [about('exchangeNotReleased', at, `RMA${rma.id} is ${rma.status}, and its exchange ${drafts.flatMap(({ orderName }) => orderName ?? []).join(', ')} is a draft.`)] : [];
}

function receivedAt(rma: Rma, row: CaseRma): string | null {
	return rma.milestones?.receivedAt ?? latestKnown(rma, row);
}

/** The last thing that ReturnGO shows of the request: whatever it is about, it was not later. */
function latestKnown({ lastActivityAt, createdAt }: Rma, { approvedAt }: CaseRma): string | null {
	return lastActivityAt ?? approvedAt ?? createdAt;
}

function laterOf(left: string | null, right: string | null): string | null {
	if (left === null || right === null) return left ?? right;
	return Date.parse(left) > Date.parse(right) ? left : right;
}
