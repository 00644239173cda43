/**
 * Whether units of an order may come back (N7): the order and the lines are the right ones, the quantity is there, and the store's policy allows it.
 * Pure: everything that is judged comes in with the call. Times are ISO 8601 in UTC, quantities are pieces.
 */
import { reason, type Reason } from './exceptions';

export interface EligibilityOrder {
	id: string;
	name: string;
	cancelledAt: string | null;
	placedAt: string;
	tags: readonly string[];
	/** ISO code of the country that the order was shipped to; null when it is not known, or no rule asks for it. */
	country: string | null;
	lines: readonly EligibilityLine[];
	/** What a return may still hold, parcel by parcel. */
	returnable: readonly ReturnableUnits[];
}

export interface EligibilityLine {
	id: string;
	name: string;
	sku: string | null;
	quantity: number;
	unfulfilledQuantity: number;
	isGiftCard: boolean;
	productType: string | null;
	productTags: readonly string[];
}

export interface ReturnableUnits {
	lineItemId: string;
	quantity: number;
	shippedAt: string;
	/** Null when the carrier did not report it. */
	deliveredAt: string | null;
}

export interface RequestedItem {
	/** GID of the order line; null when the SKU names it. */
	lineItemId: string | null;
	/** Beside the line's id: what the line should have; spelling apart, and as far as the line has a SKU at all. */
	sku: string | null;
	quantity: number;
}

export type RuleKind = 'orderTag' | 'productTag' | 'productType' | 'country';

/** Another window than the usual one; the first rule that fits counts. */
export interface WindowRule {
	kind: RuleKind;
	value: string;
	/** 0: never. */
	windowDays: number;
}

export interface ReturnPolicy {
	/** Days, of 24 hours each, that the usual window is open; 0: nothing may come back. */
	windowDays: number;
	/** When the window opens. Delivery counts from the shipping where no delivery is known, `transitDays` later. */
	windowFrom: 'fulfillment' | 'delivery';
	transitDays: number;
	rules: readonly WindowRule[];
	/** Tags of a product or an order that mark it as sold for good. */
	finalSaleTags: readonly string[];
}

export interface ItemVerdict {
	lineItemId: string | null;
	sku: string | null;
	name: string | null;
	requestedQuantity: number;
	eligibleQuantity: number;
	isEligible: boolean;
	/** Length of the window that was applied; null when no line was found. */
	windowDays: number | null;
	/** The rule that set it, e.g. "productTag: sale"; null for the usual window. */
	appliedRule: string | null;
	/** When the window of the last returnable unit closes; null when there is none. */
	deadline: string | null;
	/** Why not all of them may come back; what speaks against the whole order is among them. */
	reasons: Reason[];
}

export interface EligibilityVerdict {
	/** Whether all requested pieces may come back. */
	isEligible: boolean;
	/** What speaks against the whole order. */
	reasons: Reason[];
	items: ItemVerdict[];
}

const DAY_MS = 86_400_000;

/**
 * @param expectedOrderId GID of the order that the request names; null when it names none
 * @param now UTC
 */
export function judgeEligibility(order: EligibilityOrder, requested: readonly RequestedItem[], policy: ReturnPolicy, now: Date, expectedOrderId: string | null = null): EligibilityVerdict {
	const reasons = ofOrder(order, expectedOrderId);
	// Several entries may ask for pieces of one line: each piece is given once.
	const question: Question = { order, policy, now, ofOrder: reasons, left: order.returnable.map((units) => ({ ...units })), asked: new Map() };
	const items = requested.map((item) => judgeItem(question, item));
	return { isEligible: reasons.length === 0 && items.length > 0 && items.every(({ isEligible }) => isEligible), reasons, items };
}

interface Question {
	order: EligibilityOrder;
	policy: ReturnPolicy;
	now: Date;
	/** What speaks against the whole order. */
	ofOrder: readonly Reason[];
	/** What earlier entries have left; changed by each entry. */
	left: ReturnableUnits[];
	/** Pieces that earlier entries asked for, by line; changed by each entry. */
	asked: Map<string, number>;
}

function ofOrder(order: EligibilityOrder, expectedOrderId: string | null): Reason[] {
	const reasons: Reason[] = [];
	if (expectedOrderId !== null && expectedOrderId !== order.id) reasons.push(reason('orderMismatch', `The request is for the order ${expectedOrderId}, and ${order.name} is ${order.id}.`));
	if (order.cancelledAt !== null) reasons.push(reason('orderCancelled', `The order ${order.name} was cancelled at ${order.cancelledAt}.`));
	return reasons;
}

function judgeItem(question: Question, item: RequestedItem): ItemVerdict {
	const { order, policy, now, left, asked } = question;
	const line = findLine(order, item);
	if ('code' in line) return { lineItemId: item.lineItemId, sku: item.sku, name: null, requestedQuantity: item.quantity, eligibleQuantity: 0, isEligible: false, windowDays: null, appliedRule: null, deadline: null, reasons: [...question.ofOrder, line] };
	const { windowDays, rule } = windowOf(order, line, policy);
	const wanted = (asked.get(line.id) ?? 0) + item.quantity;
	asked.set(line.id, wanted);
	const parcels = left.filter(({ lineItemId, quantity }) => lineItemId === line.id && quantity > 0);
	const dated = parcels.map((units) => ({ units, closes: closingOf(units, windowDays, policy) })).sort((a, b) => a.closes - b.closes);
	const open = dated.filter(({ closes }) => windowDays > 0 && closes >= now.getTime());
	const barring = [...question.ofOrder, ...absolute(order, line, policy)];
	const reasons = [...barring, ...missingPieces(order, line, wanted)];
	const last = dated.at(-1);
	const inTime = sum(open.map(({ units }) => units.quantity));
	if (inTime < Math.min(item.quantity, sum(parcels.map(({ quantity }) => quantity)))) reasons.push(windowOver(order, line, windowDays, rule, dated.filter((parcel) => !open.includes(parcel)).at(-1)?.closes));
	const eligibleQuantity = barring.length > 0 ? 0 : Math.min(item.quantity, inTime);
	take(open.map(({ units }) => units), eligibleQuantity);
	return {
		lineItemId: line.id,
		sku: line.sku,
		name: line.name,
		requestedQuantity: item.quantity,
		eligibleQuantity,
		isEligible: reasons.length === 0 && eligibleQuantity === item.quantity,
		windowDays,
		appliedRule: rule === null ? null : `${rule.kind}: ${rule.value}`,
		deadline: last === undefined || windowDays === 0 ? null : new Date(last.closes).toISOString(),
		reasons,
	};
}

function findLine(order: EligibilityOrder, { lineItemId, sku }: RequestedItem): EligibilityLine | Reason {
	if (lineItemId !== null) {
		const line = order.lines.find(({ id }) => id === lineItemId);
		if (line === undefined) return reason('skuMismatch', `The order ${order.name} has no line ${lineItemId}.`);
		if (sku !== null && line.sku !== null && !isSame(sku, line.sku)) return reason('skuMismatch', `The line ${lineItemId} of ${order.name} has the SKU ${line.sku}, not ${sku}.`);
		return line;
	}
	const matching = order.lines.filter((line) => line.sku !== null && line.sku === sku);
	const [line] = matching;
	if (line === undefined) return reason('skuMismatch', `No line of the order ${order.name} has the SKU ${sku ?? '(none)'}.`);
	if (matching.length > 1) return reason('skuMismatch', `${matching.length} lines of the order ${order.name} have the SKU ${sku ?? ''}; name the line by its ID.`);
	return line;
}

/** What no window and no quantity can change. */
function absolute(order: EligibilityOrder, line: EligibilityLine, { finalSaleTags }: ReturnPolicy): Reason[] {
	const reasons: Reason[] = [];
	if (line.isGiftCard) reasons.push(reason('giftCardLine', `${line.name} is a gift card.`));
	const tag = finalSaleTags.find((candidate) => [...order.tags, ...line.productTags].some((present) => isSame(present, candidate)));
	if (tag !== undefined) reasons.push(reason('finalSale', `${line.name} carries the tag ${tag}.`));
	return reasons;
}

/**
 * Why there are fewer pieces than asked for: shipped they were not, or they are gone already.
 * @param wanted by all entries for the line so far
 */
function missingPieces({ name, returnable: parcels }: EligibilityOrder, line: EligibilityLine, wanted: number): Reason[] {
	const returnable = sum(parcels.filter(({ lineItemId }) => lineItemId === line.id).map(({ quantity }) => quantity));
	if (wanted <= returnable) return [];
	if (wanted > line.quantity) return [reason('nothingReturnable', `${wanted} pieces of ${line.name} are to come back, and ${name} has ${line.quantity} of them, ${returnable} still returnable.`)];
	const reasons: Reason[] = [];
	const gone = line.quantity - line.unfulfilledQuantity - returnable;
	if (line.unfulfilledQuantity > 0) reasons.push(reason('notShippedYet', `${line.unfulfilledQuantity} of ${line.quantity} pieces of ${line.name} are not shipped.`));
	if (gone > 0) reasons.push(reason('returnedAlready', `${gone} of ${line.quantity} pieces of ${line.name} are on a return, refunded or removed.`));
	return reasons.length > 0 ? reasons : [reason('nothingReturnable', `Shopify allows ${returnable} pieces of ${line.name} to come back, and ${wanted} are asked for.`)];
}

function windowOf(order: EligibilityOrder, line: EligibilityLine, { windowDays, rules }: ReturnPolicy): { windowDays: number; rule: WindowRule | null } {
	const rule = rules.find((candidate) => valuesOf(order, line, candidate.kind).some((value) => isSame(value, candidate.value))) ?? null;
	return { windowDays: rule?.windowDays ?? windowDays, rule };
}

function valuesOf(order: EligibilityOrder, line: EligibilityLine, kind: RuleKind): readonly string[] {
	switch (kind) {
		case 'orderTag':
			return order.tags;
		case 'productTag':
			return line.productTags;
		case 'productType':
			return line.productType === null ? [] : [line.productType];
		case 'country':
			return order.country === null ? [] : [order.country];
	}
}

function closingOf({ shippedAt, deliveredAt }: ReturnableUnits, windowDays: number, { windowFrom, transitDays }: ReturnPolicy): number {
	const shipped = Date.parse(shippedAt);
	const opens = windowFrom === 'fulfillment' ? shipped : deliveredAt === null ? shipped + transitDays * DAY_MS : Date.parse(deliveredAt);
	return opens + windowDays * DAY_MS;
}

function windowOver({ name }: EligibilityOrder, line: EligibilityLine, windowDays: number, rule: WindowRule | null, closed: number | undefined): Reason {
	const because = rule === null ? '' : ` (${rule.kind} ${rule.value})`;
	if (windowDays === 0) return reason('returnWindowOver', `${line.name} of ${name} may not come back${because}.`);
	return reason('returnWindowOver', `The window of ${windowDays} days${because} for ${line.name} of ${name} closed${closed === undefined ? '' : ` at ${new Date(closed).toISOString()}`}.`);
}

function take(parcels: ReturnableUnits[], quantity: number): void {
	let open = quantity;
	for (const units of parcels) {
		const taken = Math.min(open, units.quantity);
		units.quantity -= taken;
		open -= taken;
	}
}

function isSame(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
