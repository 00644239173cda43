/** The search language of list queries: `key:value`, quotes, comparisons, `AND`, `OR`, `NOT`, and free words. */

import { GraphQLError } from 'graphql';
import type { BalanceTransaction, BulkOperation, Dispute, Order, Payout, Return, ShopEvent } from './model';
import { currentQuantity, linesOf } from './orders';
import { financialStatus } from './payments';
import { formatAmount } from './money';
import { orderReturnStatus } from './returns';
import { availableOn, payoutStatusOf } from './shopify-payments';
import { nameKey, type ShopStore } from './store';

type Test<T> = (record: T, value: string, operator: Operator) => boolean;
type Operator = ':' | ':<' | ':>' | ':<=' | ':>=';

interface Term {
	negated: boolean;
	key: string | null;
	operator: Operator;
	value: string;
}

const TOKEN = /\(|\)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s()"']+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')?/g;

/**
 * Filters records by a query.
 * @param keys what each key means; a key that is not here is an error, because a filter that is ignored answers too much
 * @throws GraphQLError for a key that is not modelled or a query that cannot be read
 */
export function search<T>(records: readonly T[], query: string | null | undefined, keys: Readonly<Record<string, Test<T>>>, freeText: Test<T>): T[] {
	if (!query || query.trim() === '') return [...records];
	const alternatives = parse(query);
	for (const term of alternatives.flat()) {
		if (term.key !== null && !keys[term.key]) throw new GraphQLError(`The simulator does not model the search key "${term.key}"`, { extensions: { code: 'NOT_SIMULATED' } });
	}
	const holds = (record: T, { key, value, operator, negated }: Term) => {
		const test = key === null ? freeText : keys[key];
		return (test?.(record, value, operator) ?? false) !== negated;
	};
	return records.filter((record) => alternatives.some((terms) => terms.every((term) => holds(record, term))));
}

/** A query as alternatives of conditions that all must hold. */
function parse(query: string): Term[][] {
	const tokens = query.match(TOKEN) ?? [];
	const alternatives: Term[][] = [[]];
	let negated = false;
	for (const token of tokens) {
		if (token === '(' || token === ')') {
			// Brackets around a whole query or around alternatives at the top level change nothing; anything deeper is refused.
			if (alternatives.length === 1 || token === ')') continue;
			throw new GraphQLError('The simulator does not model nested alternatives in a search query', { extensions: { code: 'NOT_SIMULATED' } });
		}
		if (token === 'AND') continue;
		if (token === 'OR') {
			alternatives.push([]);
			continue;
		}
		if (token === 'NOT') {
			negated = true;
			continue;
		}
		alternatives.at(-1)?.push(parseTerm(token, negated));
		negated = false;
	}
	return alternatives.filter((terms) => terms.length > 0);
}

function parseTerm(token: string, negatedBefore: boolean): Term {
	const negated = negatedBefore || token.startsWith('-');
	const body = token.startsWith('-') ? token.slice(1) : token;
	const match = /^([a-zA-Z_.]+):(<=|>=|<|>)?([\s\S]*)$/.exec(body);
	if (!match || body.startsWith('"') || body.startsWith("'")) return { negated, key: null, operator: ':', value: unquote(body) };
	return { negated, key: match[1] ?? null, operator: `:${match[2] ?? ''}` as Operator, value: unquote(match[3] ?? '') };
}

function unquote(text: string): string {
	const quoted = /^"([\s\S]*)"$|^'([\s\S]*)'$/.exec(text);
	return quoted ? (quoted[1] ?? quoted[2] ?? '').replace(/\\(["'\\])/g, '$1') : text;
}

function sameText(have: string | null, wanted: string): boolean {
	if (have === null) return false;
	if (wanted === '*') return true;
	if (wanted.endsWith('*')) return have.toLowerCase().startsWith(wanted.slice(0, -1).toLowerCase());
	return have.toLowerCase() === wanted.toLowerCase();
}

function byId(id: number, value: string, operator: Operator): boolean {
	return compare(id, Number(/(\d+)$/.exec(value)?.[1] ?? Number.NaN), operator);
}

function byMoment(moment: string, value: string, operator: Operator): boolean {
	const wanted = Date.parse(value);
	if (Number.isNaN(wanted)) return false;
	if (operator === ':') return moment.startsWith(value.slice(0, 10));
	return compare(Date.parse(moment), wanted, operator);
}

function compare(have: number, wanted: number, operator: Operator): boolean {
	switch (operator) {
		case ':':
			return have === wanted;
		case ':<':
			return have < wanted;
		case ':>':
			return have > wanted;
		case ':<=':
			return have <= wanted;
		case ':>=':
			return have >= wanted;
	}
}

/** A comma-separated list means any of them. */
function anyOf(value: string): string[] {
	return value.split(',').map((part) => part.trim());
}

/** @param among the orders to look through; all of the shop's when left out */
export function searchOrders(store: ShopStore, query: string | null | undefined, among?: readonly Order[]): Order[] {
	return search<Order>(
		among ?? candidates(store, query),
		query,
		{
			id: (order, value, operator) => byId(order.id, value, operator),
			name: (order, value) => sameText(order.name, value) || sameText(order.name.replace(/^#/, ''), value),
			email: (order, value) => sameText(order.email, value),
			customer_id: (order, value) => order.customerId !== null && byId(order.customerId, value, ':'),
			tag: (order, value) => order.tags.some((tag) => sameText(tag, value)),
			tag_not: (order, value) => !order.tags.some((tag) => sameText(tag, value)),
			return_status: (order, value) => anyOf(value).some((one) => sameText(orderReturnStatus(store, order), one)),
			financial_status: (order, value) => anyOf(value).some((one) => sameText(financialStatus(store, order), one)),
			status: (order, value) => value === 'any' || (value === 'open' ? order.closedAt === null && order.cancelledAt === null : value === 'closed' ? order.closedAt !== null : value === 'cancelled' && order.cancelledAt !== null),
			created_at: (order, value, operator) => byMoment(order.createdAt, value, operator),
			processed_at: (order, value, operator) => byMoment(order.processedAt, value, operator),
			updated_at: (order, value, operator) => byMoment(order.updatedAt, value, operator),
			sku: (order, value) => linesOf(store, order).some((line) => sameText(line.sku, value)),
		},
		(order, value) => sameText(order.name, value) || sameText(order.name.replace(/^#/, ''), value) || sameText(order.email, value) || linesOf(store, order).some((line) => currentQuantity(line) > 0 && sameText(line.sku, value)),
	);
}

/** Only the named orders, where every alternative names one by id or by name; otherwise all. */
function candidates(store: ShopStore, query: string | null | undefined): Order[] {
	const named = new Set<number>();
	for (const terms of parse(query ?? '')) {
		const term = terms.find(({ key, operator, negated, value }) => (key === 'id' || key === 'name') && operator === ':' && !negated && !value.includes('*'));
		if (!term) return [...store.orders.values()];
		for (const id of term.key === 'id' ? [Number(/(\d+)$/.exec(term.value)?.[1])] : (store.ordersByName.get(nameKey(term.value)) ?? [])) named.add(id);
	}
	return named.size === 0 && parse(query ?? '').length === 0 ? [...store.orders.values()] : [...named].flatMap((id) => store.orders.get(id) ?? []);
}

export function searchReturns(returns: readonly Return[], query: string | null | undefined): Return[] {
	return search<Return>(
		returns,
		query,
		{ id: (one, value, operator) => byId(one.id, value, operator), status: (one, value) => anyOf(value).some((status) => sameText(one.status, status)), name: (one, value) => sameText(one.name, value) },
		(one, value) => sameText(one.name, value),
	);
}

export function matchesEvent(event: ShopEvent, query: string | null | undefined): boolean {
	return (
		search<ShopEvent>(
			[event],
			query,
			{
				id: (one, value, operator) => byId(one.id, value, operator),
				action: (one, value) => sameText(one.action, value),
				subject_type: (one, value) => sameText(one.subjectType, value),
				created_at: (one, value, operator) => byMoment(one.createdAt, value, operator),
			},
			() => false,
		).length > 0
	);
}

export function searchBulkOperations(operations: readonly BulkOperation[], query: string | null | undefined): BulkOperation[] {
	return search<BulkOperation>(
		operations,
		query,
		{
			id: (one, value, operator) => byId(one.id, value, operator),
			status: (one, value) => sameText(one.status, value),
			operation_type: (_one, value) => sameText('query', value),
			created_at: (one, value, operator) => byMoment(one.createdAt, value, operator),
		},
		() => false,
	);
}

export function searchBalance(store: ShopStore, transactions: readonly BalanceTransaction[], query: string | null | undefined): BalanceTransaction[] {
	const payoutOf = ({ payoutId }: BalanceTransaction) => (payoutId === null ? undefined : store.payouts.get(payoutId));
	return search<BalanceTransaction>(
		transactions,
		query,
		{
			id: (one, value, operator) => byId(one.id, value, operator),
			currency: (one, value) => sameText(one.currency, value),
			transaction_type: (one, value) => anyOf(value).some((type) => sameText(one.type, type)),
			processed_at: (one, value, operator) => byMoment(one.transactionDate, value, operator),
			available_on: (one, value, operator) => byMoment(availableOn(store, one), value, operator),
			payments_transfer_id: (one, value, operator) => one.payoutId !== null && byId(one.payoutId, value, operator),
			payout_status: (one, value) => anyOf(value).some((status) => sameText(payoutStatusOf(store, one), status)),
			payout_date: (one, value, operator) => {
				const payout = payoutOf(one);
				return payout !== undefined && byMoment(payout.issuedAt, value, operator);
			},
		},
		(one, value) => sameText(one.orderId === null ? null : (store.orders.get(one.orderId)?.name ?? null), value),
	);
}

export function searchPayouts(payouts: readonly Payout[], query: string | null | undefined): Payout[] {
	return search<Payout>(
		payouts,
		query,
		{
			id: (one, value, operator) => byId(one.id, value, operator),
			currency: (one, value) => sameText(one.currency, value),
			status: (one, value) => anyOf(value).some((status) => sameText(one.status, status)),
			issued_at: (one, value, operator) => byMoment(one.issuedAt, value, operator),
			amount: (one, value, operator) => compare(Number(formatAmount(one.net, one.currency)), Number(value), operator),
		},
		() => false,
	);
}

export function searchDisputes(disputes: readonly Dispute[], query: string | null | undefined): Dispute[] {
	return search<Dispute>(
		disputes,
		query,
		{
			id: (one, value, operator) => byId(one.id, value, operator),
			status: (one, value) => anyOf(value).some((status) => sameText(one.status, status)),
			initiated_at: (one, value, operator) => byMoment(one.initiatedAt, value, operator),
		},
		() => false,
	);
}

/** Keys that products' variants and stock items share. */
export function searchBySku<T extends { id: number }>(records: readonly T[], query: string | null | undefined, skuOf: (record: T) => string | null, extra: Readonly<Record<string, Test<T>>> = {}): T[] {
	return search<T>(
		records,
		query,
		// Unlike everything else, SKUs are compared case by case.
		{ id: (one, value, operator) => byId(one.id, value, operator), sku: (one, value) => (value.endsWith('*') ? (skuOf(one) ?? '').startsWith(value.slice(0, -1)) : skuOf(one) === value), ...extra },
		(one, value) => skuOf(one) === value,
	);
}

export { byId as matchesId, sameText };
