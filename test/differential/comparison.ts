/**
 * One random order, refunded piece by piece: what our arithmetic says of each step, what the simulated shop suggests for it, and what its books show
 * once the money has moved. The two sides share no code; here is the only place where their figures meet.
 */
import { claimUnits } from '../../nodes/ShopifyReturns/settlement/claims';
import { processReturn, refundOrder } from '../../nodes/ShopifyReturns/settlement/acts';
import { withCharges } from '../../nodes/ShopifyReturns/settlement/charges';
import { readSnapshot } from '../../nodes/ShopifyReturns/settlement/snapshot';
import { zero, type MoneyPair } from '../../returns/money';
import type { OrderRefund, OrderReturn, OrderSnapshot } from '../../returns/order';
import { allocateToTenders, ceilingBreaches, compareWithSuggested, legsFromSuggested, RefundRefused, refundValue, type RefundOptions, type RefundValue, type ShippingChoice } from '../../returns/refund';
import { extrasOf, valueOf, type RefundAct, type SettlementPlan } from '../../returns/settlement';
import { partsOf } from '../../returns/unshown';
import { checkoutOf, decimal, dice, editOf, shuffled, type OrderFacts } from './orderFacts';
import type { PlacedOrder, StoreClient } from './storeClient';

/** Where the two sides part. Amounts are minor units. */
export interface Disagreement {
	about: 'refusal' | 'outcome' | 'amount' | 'tenders' | 'booked lines' | 'booked money' | 'sum of all steps' | 'more than was captured';
	step: number;
	ours: unknown;
	theirs: unknown;
}

/** What a run has met, so that a test can insist on variety. */
export interface Coverage {
	orders: number;
	refunds: number;
	seen: Map<string, number>;
	/** Refunds that stopped at a difference which nothing that is published settles. */
	unsettled: number;
}

export interface Compared {
	disagreement: Disagreement | null;
}

/** Pieces that come back together, by one way. */
interface Step {
	returnIndex: number | null;
	/** Pieces that were never shipped, and are cancelled. */
	cancels: boolean;
	/** Pieces per order line (index), and per return line where there is a return. */
	pieces: Array<{ line: number; returnLine: number | null; quantity: number }>;
}

interface Unit {
	line: number;
	returnIndex: number | null;
	returnLine: number | null;
	isShipped: boolean;
}

interface PlannedReturn {
	lines: Array<{ fulfillmentLineItemId: string; quantity: number; fee: number | null }>;
	shippingFee: number | null;
	/** Variant of an exchange item in the same return. */
	exchange?: string;
}

const RETURN_CREATE = `mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { return { id returnLineItems(first: 50) { nodes { id } } } userErrors { message } } }`;

/** @param isStrict whether the rounding of what is left of a line that lost pieces has to be the same, too; DIFFERENTIAL_LOST_PIECES=exact asks it of every order */
export async function compareOrder(client: StoreClient, facts: OrderFacts, coverage: Coverage, isStrict = process.env.DIFFERENTIAL_LOST_PIECES === 'exact'): Promise<Disagreement | null> {
	const placed = await place(client, facts);
	const roll = dice(facts.seed);
	const { units, returns } = whatComesBack(placed, facts, roll);
	const created = [];
	for (const planned of returns) created.push(await createReturn(client, placed.id, planned, facts.currencies[0]));
	const steps = cutIntoSteps(units, returns.length, facts, roll);
	const locationId = await client.location();
	const lineItemIds = placed.lines.map((line) => line.id);
	coverage.orders += 1;
	note(coverage, facts, steps);

	let skipped = false;
	const booked: OrderRefund[] = [];
	for (const [index, step] of steps.entries()) {
		const plain = await readSnapshot(client, placed.id, lineItemIds);
		const order = plain === null || facts.charges === null ? plain : await withCharges(client, plain);
		// Nobody else is at this order, so two readings that do not fit are a mistake of one side.
		if (plain !== null && order === null) return { about: 'refusal', step: index, ours: 'two readings of one moment', theirs: 'refunds that differ between them' };
		if (order === null || order.incomplete.length > 0) throw new Error(`The order cannot be read: ${order?.incomplete.join() ?? 'none'}`);
		const outcome = await compareStep(client, { facts, order, placed, step, index, returnIds: created, coverage, locationId, isStrict });
		if ('about' in outcome) return outcome;
		if (outcome.refund === null) skipped = true;
		else booked.push(outcome.refund);
	}
	const back = steps.flatMap(({ pieces }) => pieces).reduce((pieces, { quantity }) => pieces + quantity, 0);
	const complete = !skipped && back === placed.lines.reduce((pieces, line) => pieces + line.left.quantity, 0);
	if (complete) count(coverage, 'every piece came back');
	return complete ? sumOfAllSteps(placed, booked, steps.length) : null;
}

interface StepRequest {
	facts: OrderFacts;
	order: OrderSnapshot;
	placed: PlacedOrder;
	step: Step;
	index: number;
	returnIds: Array<{ id: string; lineIds: string[] }>;
	coverage: Coverage;
	/** Where cancelled pieces become available again. */
	locationId: string;
	isStrict: boolean;
}

async function compareStep(client: StoreClient, request: StepRequest): Promise<Disagreement | { refund: OrderRefund | null }> {
	const { facts, order, index, coverage } = request;
	const act = actOf(request);
	const part = (about: Disagreement['about'], ours: unknown, theirs: unknown): Disagreement => ({ about, step: index, ours, theirs });
	if ('refused' in act) return part('refusal', act.refused, 'a refund of these units');
	const { value } = act;
	const claimed = await claimUnits(client, order, planOf(order, act), []);
	if (claimed.kind !== 'won' || claimed.claim.suggested === null) throw new Error(`The claim came to nothing: ${JSON.stringify(claimed)}`);
	const { suggested } = claimed.claim;

	// Fees above the value: we say that the customer owes, Shopify suggests nothing at all. Either way no money moves.
	if (value.outcome === 'CUSTOMER_OWES') {
		count(coverage, 'fees above the value');
		return suggested.kind === 'none' || suggested.amount.minor === 0 ? { refund: null } : part('outcome', [value.outcome, value.owed.presentment.minor], [suggested.kind, suggested.amount.minor]);
	}
	const comparison = compareWithSuggested(value, suggested);
	const captured = order.netPayment.presentment.minor;
	const unsettled = unsettledRounding(request);
	if (value.total.presentment.minor > captured) {
		// Nearly everything was paid: a minor unit of rounding decides whether we ask for more than came in.
		if (!comparison.equal && suggested.amount.minor <= captured && value.total.presentment.minor - suggested.amount.minor <= unsettled.amount) {
			coverage.unsettled += 1;
			return { refund: null };
		}
		// An order that was not paid in full: neither side gives what never came in, and both say so.
		const says = { ceilings: ceilingBreaches(order, value, {}).map(({ ceiling }) => ceiling), tenders: refusalOf(() => allocateToTenders(value.total.presentment, legsFromSuggested(suggested, order), facts.policy)), differs: !comparison.equal };
		const wanted = { ceilings: ['refundableMoney'], tenders: 'aboveTenders', differs: true };
		if (JSON.stringify(says) !== JSON.stringify(wanted) || suggested.amount.minor > captured) return part('more than was captured', says, [suggested.amount.minor, captured]);
		count(coverage, 'more than was captured');
		return { refund: null };
	}
	if (!comparison.equal) {
		const { ours, theirs, reason } = comparison;
		// The settlement stops here, with both figures; so does this step.
		if ((reason === 'amount' || reason === 'outcome') && Math.abs(ours.amount.minor - theirs.amount.minor) <= unsettled.amount) {
			coverage.unsettled += 1;
			return { refund: null };
		}
		return part(reason === 'outcome' ? 'outcome' : reason === 'tenders' ? 'tenders' : 'amount', [ours.outcome, ours.amount.minor, figures(value)], [theirs.outcome, theirs.amount.minor]);
	}
	if (value.outcome === 'EVEN') {
		count(coverage, 'worth nothing');
		return { refund: null };
	}

	const legs = legsFromSuggested(suggested, order);
	// What each payment can still take back: ours from the transactions, theirs from the suggestion.
	const ceilings = suggested.legs.map((leg) => [legs.find((candidate) => candidate.parentId === leg.parentId)?.maximum.minor, leg.maximum?.minor]);
	if (ceilings.some(([ours, theirs]) => ours !== theirs) || legs.length !== suggested.legs.length) return part('tenders', legs.map((leg) => [leg.parentId, leg.maximum.minor]), suggested.legs.map((leg) => [leg.parentId, leg.maximum?.minor]));
	const breaches = ceilingBreaches(order, value, { legs });
	if (breaches.length > 0) return part('tenders', breaches, 'within the payments');
	const tenders = allocateToTenders(value.total.presentment, legs, facts.policy);
	if (tenders.length > 1) count(coverage, 'several tenders in one refund');

	const payment = { amount: value.total.presentment, tenders };
	const options = { rmaId: '1', notifyCustomer: false, creditExpiresAt: null };
	const answer = act.route === 'returnProcess' ? await processReturn(client, act, payment, null, options) : await refundOrder(client, order, act, payment, options);
	if (answer.kind !== 'accepted') return part('booked money', tenders, answer);
	const booked = answer.state.refunds ?? [];
	const refund = booked.find((candidate) => !order.refunds.some((known) => known.id === candidate.id));
	if (refund === undefined) return part('booked money', 'one refund more', booked.map(({ id }) => id));
	coverage.refunds += 1;
	for (const [what, amount] of Object.entries({ 'shipping paid back': value.shipping, 'duties paid back': value.duties, 'a tip paid back': value.tip })) if (amount.presentment.minor > 0) count(coverage, what);
	if (act.cancellations !== undefined) count(coverage, 'pieces cancelled');
	const goods = { ...refund, lines: refund.lines.filter(({ lineItemId }) => lineItemId !== order.tip?.lineItemId) };
	return compareBooks(value, goods, tenders, part, unsettled) ?? { refund: goods };
}

function refusalOf(work: () => unknown): string {
	try {
		work();
		return 'none';
	} catch (error) {
		if (error instanceof RefundRefused) return error.code;
		throw error;
	}
}

/** The refund's own lines and transactions, in both currencies. */
function compareBooks(value: RefundValue, refund: OrderRefund, tenders: ReadonlyArray<{ parentId: string; amount: { minor: number } }>, part: (about: Disagreement['about'], ours: unknown, theirs: unknown) => Disagreement, unsettled: Unsettled): Disagreement | null {
	const ours = byLine(value.lines);
	const theirs = byLine(refund.lines);
	if (!sameBooks(ours, theirs, unsettled)) return part('booked lines', ours, theirs);
	const sent = tenders.map(({ parentId, amount }) => [parentId, amount.minor]).sort();
	const moved = refund.transactions.filter(({ status }) => status === 'SUCCESS').map(({ parentId, amount }) => [parentId, amount.presentment.minor]).sort();
	if (JSON.stringify(sent) !== JSON.stringify(moved) || refund.total.presentment.minor !== value.total.presentment.minor) return part('booked money', [value.total.presentment.minor, sent], [refund.total.presentment.minor, moved]);
	return null;
}

/** What may differ because nobody outside Shopify can know it. */
interface Unsettled {
	/** Minor units of the whole step. */
	amount: number;
	/** Minor units of each figure of a line, by line. */
	lines: ReadonlyMap<string, number>;
}

/**
 * How Shopify rounds the value of units of a line that lost pieces to an edit is not published: the pieces that are left can be split anew, or go on in
 * the steps of the whole line. Both sum up to the same; on the way they are a minor unit apart, for the price, each tax and a fee. Nothing else may be.
 */
function unsettledRounding({ facts, placed, step, isStrict }: StepRequest): Unsettled {
	if (isStrict) return { amount: 0, lines: new Map() };
	const touched = placed.lines.flatMap(({ id, removed }, index) => (removed > 0 && step.pieces.some(({ line }) => line === index) ? [{ id, taxes: (facts.lines[index] ?? facts.edit?.added)?.rates.length ?? 0 }] : []));
	const fees = step.pieces.filter(({ line, returnLine }) => returnLine !== null && (placed.lines[line]?.removed ?? 0) > 0).length;
	return { amount: touched.reduce((sum, { taxes }) => sum + 1 + taxes, fees), lines: new Map(touched.map(({ id, taxes }) => [id, Math.max(1, taxes)])) };
}

function sameBooks(ours: ReadonlyArray<[string, number[]]>, theirs: ReadonlyArray<[string, number[]]>, { lines }: Unsettled): boolean {
	if (ours.length !== theirs.length) return false;
	return ours.every(([id, [pieces, ...figures]], index) => {
		const [otherId, [otherPieces, ...otherFigures]] = theirs[index] ?? ['', []];
		return id === otherId && pieces === otherPieces && figures.every((figure, at) => Math.abs(figure - (otherFigures[at] ?? NaN)) <= (lines.get(id) ?? 0));
	});
}

interface BookedLine {
	lineItemId: string;
	quantity: number;
	subtotal: MoneyPair;
	tax: MoneyPair;
}

/** A line may be booked in several parts; what counts is what they come to. */
function byLine(lines: readonly BookedLine[]): Array<[string, number[]]> {
	const sums = new Map<string, number[]>();
	for (const { lineItemId, quantity, subtotal, tax } of lines) {
		const figure = [quantity, subtotal.presentment.minor, subtotal.shop.minor, tax.presentment.minor, tax.shop.minor];
		sums.set(lineItemId, (sums.get(lineItemId) ?? [0, 0, 0, 0, 0]).map((known, index) => known + (figure[index] ?? 0)));
	}
	return [...sums].sort();
}

/** When every piece has come back, every line has been paid back exactly, in both currencies, whatever the steps were. */
function sumOfAllSteps(placed: PlacedOrder, booked: readonly OrderRefund[], step: number): Disagreement | null {
	const whole = placed.lines
		.filter(({ left }) => left.quantity > 0)
		.map(({ id, left: { quantity, subtotal, tax } }): [string, number[]] => [id, [quantity, subtotal.presentmentMinor, subtotal.shopMinor, tax.presentmentMinor, tax.shopMinor]])
		.sort();
	const paid = byLine(booked.flatMap((refund) => refund.lines));
	return JSON.stringify(paid) === JSON.stringify(whole) ? null : { about: 'sum of all steps', step, ours: paid, theirs: whole };
}

function actOf({ facts, order, placed, step, index, returnIds, locationId }: StepRequest): RefundAct | { refused: unknown } {
	const own = step.returnIndex === null ? undefined : returnIds[step.returnIndex];
	const shopifyReturn: OrderReturn | null = order.returns.find((candidate) => candidate.id === own?.id) ?? null;
	const idOf = (line: number): string => placed.lines[line]?.id ?? '';
	const quantities = new Map<string, number>();
	for (const { line, quantity } of step.pieces) quantities.set(idOf(line), (quantities.get(idOf(line)) ?? 0) + quantity);
	const asked = [...quantities].map(([lineItemId, quantity]) => ({ lineItemId, quantity }));
	const returnLines = step.pieces.flatMap(({ line, returnLine, quantity }) => (returnLine === null ? [] : [{ id: own?.lineIds[returnLine] ?? '', lineItemId: idOf(line), quantity }]));
	const additions = additionsOf(facts, order);
	const soldCards = asked.some(({ lineItemId }) => placed.lines.some((line) => line.isGiftCard && line.id === lineItemId));
	if (soldCards) {
		const unasked = refusalOf(() => refundValue(order, asked, additions));
		if (unasked !== 'giftCardLine') return { refused: ['a sold gift card is paid back although nobody asked for it', unasked] };
	}
	const restockType = step.cancels ? ('CANCEL' as const) : ('NO_RESTOCK' as const);
	const value = step.cancels || soldCards ? refundValue(order, asked.map((piece) => ({ ...piece, restockType })), { ...additions, giftCardLines: soldCards ? 'allow' : 'refuse' }) : valueOf(order, shopifyReturn, { quantities: asked, returnLines }, [], additions);
	if ('code' in value) return { refused: [value.code, value.message] };
	const way = own === undefined ? { route: 'refundCreate' as const, returnId: null, returnLines: [] } : { route: 'returnProcess' as const, returnId: own.id, returnLines };
	const extras = extrasOf(order, value, { refundDuties: facts.charges?.back.duties ?? 'none' });
	const cancelled = step.cancels ? { cancellations: asked.map((piece) => ({ ...piece, locationId })) } : {};
	const plain = { action: 'refund' as const, payout: 'tenders' as const, extras, exchangeLines: [], ...cancelled };
	return { ...plain, key: `differential ${order.id} ${index} ${facts.seed}`, unitIds: [], quantities: asked, ...way, value, shopifyValue: value, unshown: zero(order.presentmentCurrency), parts: partsOf(value, null) };
}

function additionsOf({ charges }: OrderFacts, order: OrderSnapshot): Pick<RefundOptions, 'shipping' | 'duties' | 'tip'> {
	if (charges === null) return {};
	return { shipping: shippingOf(charges, order), duties: charges.back.duties, tip: order.tip === undefined ? 'none' : charges.back.tip };
}

/** A fixed amount goes with the first payment only, as in a settlement. */
function shippingOf({ back, shipping, fixed = 0 }: NonNullable<OrderFacts['charges']>, order: OrderSnapshot): ShippingChoice {
	if (back.shipping !== 'capped' && back.shipping !== 'exact') return { mode: back.shipping };
	if (order.refunds.length > 0) return { mode: 'none' };
	const part = Math.floor((shipping.price * fixed) / 10_000);
	return { mode: back.shipping, amount: { minor: back.shipping === 'capped' ? part * 2 : part, currency: order.presentmentCurrency } };
}

function planOf(order: OrderSnapshot, refund: RefundAct): SettlementPlan {
	return { rmaId: '1', orderId: order.id, shopifyReturn: null, refund, cancellation: null, restock: null, stock: [], notes: [], adopted: [], alreadyDone: [], waiting: [], blocked: [], retryAt: null, planHash: '' };
}

/** The order as a person left it, before anything comes back. */
async function place(client: StoreClient, facts: OrderFacts): Promise<PlacedOrder> {
	const placed = await checkOut(client, facts);
	const lineItemIds = placed.lines.filter(({ isTip }) => !isTip).map(({ id }) => id);
	const edit = editOf(facts, lineItemIds);
	if (edit === null) return goods(placed);
	// A line that is worth nothing cannot get cheaper; the rest of the edit stands.
	if (!(await client.change('edit-order', { orderId: placed.id, ...edit }))) await client.change('edit-order', { orderId: placed.id, ...edit, remove: [], discount: [] });
	if (facts.paid === null || facts.paid === undefined) await client.change('pay', { orderId: placed.id, gateway: 'paypal_later' });
	return goods(await client.readOrder(placed.id));
}

/** The tip is a line of its own; it is no piece that could come back. */
function goods(order: PlacedOrder): PlacedOrder {
	return { ...order, lines: order.lines.filter(({ isTip }) => !isTip) };
}

async function checkOut(client: StoreClient, facts: OrderFacts): Promise<PlacedOrder> {
	const checkout = checkoutOf(facts);
	const [currency] = facts.currencies;
	const early = facts.payments.flatMap(({ gateway, part, isCaptured }, index) => {
		const amount = decimal(part, currency);
		const name = `${gateway}${gateway === 'gift_card' ? '' : `_${index}`}`;
		// Cash changes hands in steps of five; what is paid stays exact.
		if (gateway === 'cash') return [{ kind: 'SALE', gateway: name, amount, manual: true, roundTo: decimal(5, currency) }];
		return isCaptured ? [{ kind: 'AUTHORIZATION', gateway: name, amount }, { kind: 'CAPTURE', gateway: name, amount }] : [{ kind: 'SALE', gateway: name, amount }];
	});
	const rest = typeof facts.paid === 'number' ? [] : [{ gateway: 'shopify_payments' }];
	try {
		const placed = await client.placeOrder({ ...checkout, payments: [...early, ...rest] });
		const open = placed.total.presentmentMinor - facts.payments.reduce((sum, { part }) => sum + part, 0);
		const later = typeof facts.paid === 'number' ? Math.floor((Math.max(0, open) / 10_000) * facts.paid) : 0;
		if (later > 0) await client.change('pay', { orderId: placed.id, amount: decimal(later, currency) });
		return placed;
	} catch (error) {
		// The order is worth less than its first payments: one payment it is.
		if (early.length === 0 || !String(error).includes('payments come to more')) throw error;
		return await client.placeOrder(checkout);
	}
}

/** Every piece goes to a return, straight back, or (now and then) is kept. */
function whatComesBack(placed: PlacedOrder, facts: OrderFacts, roll: (sides: number) => number): { units: Unit[]; returns: PlannedReturn[] } {
	const returns: PlannedReturn[] = facts.returns.map(({ shippingFee }) => ({ lines: [], shippingFee }));
	const units: Unit[] = [];
	const keepsSome = roll(4) === 0;
	for (const [line, sold] of placed.lines.entries()) {
		let shipped = 0;
		for (const { id, quantity } of sold.fulfillmentLineItems) {
			shipped += quantity;
			const counts = returns.map(() => 0);
			for (let piece = 0; piece < quantity; piece += 1) {
				if (keepsSome && roll(3) === 0) continue;
				const target = roll(returns.length * 2 + 1);
				if (target < returns.length * 2) counts[target % returns.length] = (counts[target % returns.length] ?? 0) + 1;
				else units.push({ line, returnIndex: null, returnLine: null, isShipped: true });
			}
			for (const [returnIndex, count] of counts.entries()) {
				const planned = returns[returnIndex];
				if (count === 0 || planned === undefined) continue;
				const fees = facts.returns[returnIndex]?.fees ?? [];
				const returnLine = planned.lines.push({ fulfillmentLineItemId: id, quantity: count, fee: fees[planned.lines.length % Math.max(fees.length, 1)] ?? null }) - 1;
				for (let piece = 0; piece < count; piece += 1) units.push({ line, returnIndex, returnLine, isShipped: true });
			}
		}
		for (let piece = shipped; piece < sold.quantity - sold.removed; piece += 1) if (!keepsSome || roll(3) > 0) units.push({ line, returnIndex: null, returnLine: null, isShipped: false });
	}
	// A return without lines is none; the others keep their places.
	const kept = returns.flatMap((planned, index) => (planned.lines.length > 0 ? [index] : []));
	return {
		returns: kept.flatMap((index) => returns[index] ?? []),
		units: units.map((unit) => (unit.returnIndex === null ? unit : { ...unit, returnIndex: kept.indexOf(unit.returnIndex) })),
	};
}

async function createReturn(client: StoreClient, orderId: string, planned: PlannedReturn, currency: string): Promise<{ id: string; lineIds: string[] }> {
	const input = {
		orderId,
		returnLineItems: planned.lines.map(({ fulfillmentLineItemId, quantity, fee }) => ({ fulfillmentLineItemId, quantity, returnReason: 'UNWANTED', ...(fee === null ? {} : { restockingFee: { percentage: fee } }) })),
		...(planned.exchange === undefined ? {} : { exchangeLineItems: [{ variantId: planned.exchange, quantity: 1 }] }),
		...(planned.shippingFee === null ? {} : { returnShippingFee: { amount: { amount: decimal(planned.shippingFee, currency), currencyCode: currency } } }),
	};
	interface Answer {
		returnCreate: { return: { id: string; returnLineItems: { nodes: Array<{ id: string }> } } | null; userErrors: Array<{ message: string }> };
	}
	const { returnCreate } = await client.request<Answer, object>(RETURN_CREATE as never, { input }, 'once');
	if (returnCreate.return === null) throw new Error(JSON.stringify(returnCreate.userErrors));
	return { id: returnCreate.return.id, lineIds: returnCreate.return.returnLineItems.nodes.map(({ id }) => id) };
}

/**
 * One or two steps for each return, for the rest and for what is cancelled, in random order.
 * Pieces are cancelled first: a refund without restock takes those that were not shipped.
 */
function cutIntoSteps(units: readonly Unit[], returns: number, facts: OrderFacts, roll: (sides: number) => number): Step[] {
	const cancelled = facts.cancels ? units.filter(({ isShipped }) => !isShipped) : [];
	const others = units.filter((unit) => !cancelled.includes(unit));
	const steps: Step[] = [];
	const cut = (mine: Unit[], facts: Pick<Step, 'returnIndex' | 'cancels'>, twice: boolean) => {
		if (mine.length === 0) return;
		const at = twice && mine.length > 1 ? 1 + roll(mine.length) : mine.length;
		for (const together of [mine.slice(0, at), mine.slice(at)]) if (together.length > 0) steps.push({ ...facts, pieces: counted(together) });
	};
	for (const returnIndex of [...Array.from({ length: returns }, (_, index) => index), null]) {
		const mine = shuffled(others.filter((unit) => unit.returnIndex === returnIndex), roll);
		cut(mine, { returnIndex, cancels: false }, (returnIndex !== null && cancelled.length === 0) || returns < 2);
	}
	const mixed = shuffled(steps, roll);
	steps.length = 0;
	cut(shuffled(cancelled, roll), { returnIndex: null, cancels: true }, returns === 0);
	return [...steps, ...mixed];
}

function counted(units: readonly Unit[]): Step['pieces'] {
	const pieces: Step['pieces'] = [];
	for (const { line, returnLine } of units) {
		const same = pieces.find((known) => known.line === line && known.returnLine === returnLine);
		if (same) same.quantity += 1;
		else pieces.push({ line, returnLine, quantity: 1 });
	}
	return pieces;
}

function figures(value: RefundValue): Record<string, number> {
	return { subtotal: value.subtotal.presentment.minor, tax: value.tax.presentment.minor, fees: value.fees.presentment.minor };
}

export function newCoverage(): Coverage {
	return { orders: 0, refunds: 0, seen: new Map(), unsettled: 0 };
}

function count(coverage: Coverage, what: string): void {
	coverage.seen.set(what, (coverage.seen.get(what) ?? 0) + 1);
}

function note(coverage: Coverage, facts: OrderFacts, steps: readonly Step[]): void {
	const { discounts } = facts;
	const meets: Record<string, boolean> = {
		'a line and an order discount together': discounts.some(({ target }) => target === 'line') && discounts.some(({ target }) => target === 'order'),
		'several discounts': discounts.length > 1,
		'a code': discounts.some(({ type }) => type === 'code'),
		'an automatic discount': discounts.some(({ type }) => type === 'automatic'),
		'a percentage': discounts.some(({ kind }) => kind === 'percentage'),
		'a fixed discount': discounts.some(({ kind }) => kind === 'fixed'),
		'tax included': facts.taxesIncluded,
		'tax on top': !facts.taxesIncluded,
		'several taxes': facts.lines.some(({ rates }) => rates.length > 1),
		'no decimals': facts.currencies[0] === 'JPY',
		'three decimals': facts.currencies[0] === 'KWD',
		'two currencies': facts.currencies[0] !== facts.currencies[1],
		'several payments': facts.payments.length > 0,
		'a captured authorization': facts.payments.some(({ isCaptured }) => isCaptured),
		'more than three payments': facts.payments.length > 2,
		'cash that was rounded': facts.payments.some(({ gateway, part }) => gateway === 'cash' && part % 5 !== 0),
		'paid in part': typeof facts.paid === 'number',
		'pieces taken off': (facts.edit?.removed ?? []).some((pieces, index) => pieces > 0 && (facts.lines[index]?.unshipped ?? 0) > 0),
		'a line made cheaper': (facts.edit?.cheaper ?? null) !== null,
		'a line added': (facts.edit?.added ?? null) !== null,
		'a sold gift card': steps.some(({ pieces }) => pieces.some(({ line }) => facts.lines[line]?.isGiftCard === true)),
		'more than four lines': facts.lines.length > 4,
		'a fixed amount of shipping': facts.charges !== null && ['capped', 'exact'].includes(facts.charges.back.shipping),
		'a free line': facts.lines.some(({ price }) => price === 0),
		'a restocking fee': facts.returns.some(({ fees }) => fees.some((fee) => (fee ?? 0) > 0)),
		'a return shipping fee': facts.returns.some(({ shippingFee }) => (shippingFee ?? 0) > 0),
		'several steps': steps.length > 1,
		'both ways on one order': steps.some(({ returnIndex }) => returnIndex === null) && steps.some(({ returnIndex }) => returnIndex !== null),
		'two returns': facts.returns.length > 1,
		'one order line on several return lines': steps.some(({ pieces }) => pieces.some((piece, index) => pieces.some((other, at) => at > index && other.line === piece.line))),
	};
	for (const [what, is] of Object.entries(meets)) if (is) count(coverage, what);
}

/**
 * One return whose exchange items cost a given part of what its pieces are worth: what is left to be paid, by us (who are told the price here, as no
 * settlement is) and by the shop.
 * @param price of the exchange item, in minor units, for the worth of the pieces
 */
export async function compareExchange(client: StoreClient, facts: OrderFacts, price: (worth: number) => number): Promise<Disagreement | 'nothing came back' | null> {
	const placed = await place(client, facts);
	const [line] = placed.lines;
	const [shipped] = line?.fulfillmentLineItems ?? [];
	if (line === undefined || shipped === undefined) return 'nothing came back';
	const before = await readSnapshot(client, placed.id, [line.id]);
	if (before === null) throw new Error('The order cannot be read');
	const worth = refundValue(before, [{ lineItemId: line.id, quantity: shipped.quantity }]).total.presentment;
	const cost = { minor: price(worth.minor), currency: worth.currency };
	const { variantId } = await client.makeProduct(decimal(cost.minor, cost.currency));
	const created = await createReturn(client, placed.id, { lines: [{ fulfillmentLineItemId: shipped.id, quantity: shipped.quantity, fee: null }], shippingFee: null, exchange: variantId }, worth.currency);
	const order = await readSnapshot(client, placed.id, [line.id]);
	const own = order?.returns.find(({ id }) => id === created.id);
	if (order === null || own === undefined) throw new Error('The return cannot be read');
	const quantities = [{ lineItemId: line.id, quantity: shipped.quantity }];
	const returnLines = created.lineIds.map((id) => ({ id, lineItemId: line.id, quantity: shipped.quantity }));
	const value = refundValue(order, quantities, { exchange: { presentment: cost, shop: cost } });
	const act: RefundAct = { key: `exchange ${order.id}`, action: 'refund', payout: 'tenders', unitIds: [], quantities, route: 'returnProcess', returnId: own.id, returnLines, value, shopifyValue: value, unshown: zero(order.presentmentCurrency), parts: partsOf(value, null), extras: { shipping: null, duties: [], tipLineId: null }, exchangeLines: own.exchangeLines ?? [] };
	const claimed = await claimUnits(client, order, { ...planOf(order, act), shopifyReturn: own }, []);
	if (claimed.kind !== 'won' || claimed.claim.suggested === null) throw new Error(`The claim came to nothing: ${JSON.stringify(claimed)}`);
	const { suggested } = claimed.claim;
	const comparison = compareWithSuggested(value, suggested);
	if (!comparison.equal) return { about: comparison.reason === 'outcome' ? 'outcome' : 'amount', step: 0, ours: [comparison.ours.outcome, comparison.ours.amount.minor], theirs: [comparison.theirs.outcome, comparison.theirs.amount.minor] };
	return null;
}
