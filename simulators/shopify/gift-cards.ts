/** Gift cards: made with a code of the caller's choosing or a drawn one, credited, debited, deactivated, sent. */

import { idOf } from './gid';
import { parseAmount } from './money';
import type { GiftCard } from './model';
import type { MoneyInput } from './refunds';
import { mustHave, type ShopStore } from './store';
import { refuse } from './user-errors';

export interface GiftCardCreateInput {
	code?: string | null;
	customerId?: string | null;
	expiresOn?: string | null;
	initialAmount?: MoneyInput | null;
	initialValue?: string | number | null;
	note?: string | null;
	recipientAttributes?: RecipientInput | null;
	templateSuffix?: string | null;
}

export interface RecipientInput {
	id: string;
	message?: string | null;
	preferredName?: string | null;
	sendNotificationAt?: string | null;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LARGEST_VALUE_MAJOR = 2_000;

export function createGiftCard(store: ShopStore, input: GiftCardCreateInput): GiftCard {
	const currency = input.initialAmount?.currencyCode ?? store.settings.currency;
	const value = input.initialAmount ? input.initialAmount.amount : input.initialValue;
	if (value === undefined || value === null) refuse(['input', 'initialAmount'], "Initial amount can't be blank", 'MISSING_ARGUMENT');
	if (input.initialAmount && input.initialValue !== undefined && input.initialValue !== null) refuse(['input', 'initialAmount'], 'Initial amount and initial value cannot both be given', 'INVALID');
	const amount = parseAmount(String(value), currency);
	if (amount === undefined) return refuse(['input', 'initialAmount'], 'Initial amount is invalid', 'INVALID');
	if (amount <= 0) refuse(['input', 'initialAmount'], 'Initial value must be greater than 0', 'GREATER_THAN');
	if (amount > (parseAmount(String(LARGEST_VALUE_MAJOR), currency) ?? amount)) refuse(['input', 'initialAmount'], "The gift card's value exceeds the allowed limits.", 'GIFT_CARD_LIMIT_EXCEEDED');
	const code = input.code ? chosenCode(store, input.code) : drawnCode(store);
	const customerId = input.customerId ? customerIdOf(store, input.customerId, ['input', 'customerId'], 'CUSTOMER_NOT_FOUND') : null;
	const recipient = input.recipientAttributes ? recipientOf(store, input.recipientAttributes, ['input', 'recipientAttributes']) : null;
	const card: GiftCard = {
		__typename: 'GiftCard',
		id: store.id('GiftCard'),
		code,
		currency,
		initialValue: amount,
		balance: amount,
		customerId,
		recipient,
		note: input.note ?? null,
		expiresOn: input.expiresOn ?? null,
		templateSuffix: input.templateSuffix ?? null,
		deactivatedAt: null,
		orderId: null,
		notifications: [],
		transactions: [],
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.giftCards.set(card.id, card);
	return card;
}

/** Codes do not care for case; two cards never share one, not even when the first was deactivated. */
function chosenCode(store: ShopStore, text: string): string {
	const code = text.toLowerCase();
	if (code.length < 8) refuse(['input', 'code'], 'Code is too short (minimum is 8 characters)', 'TOO_SHORT');
	if (code.length > 20) refuse(['input', 'code'], 'Code is too long (maximum is 20 characters)', 'TOO_LONG');
	if (!/^[a-z0-9]+$/.test(code)) refuse(['input', 'code'], 'Code can only contain letters(a-z) and numbers(0-9)', 'INVALID');
	if ([...store.giftCards.values()].some((card) => card.code === code)) refuse(['input', 'code'], 'Code has already been taken', null);
	return code;
}

function drawnCode(store: ShopStore): string {
	return Array.from({ length: 16 }, () => store.random.pick([...LETTERS])).join('');
}

function customerIdOf(store: ShopStore, id: string, at: readonly string[], code: string): number {
	const customer = store.customers.get(idOf(id, 'Customer'));
	return customer?.id ?? refuse(at, code === 'RECIPIENT_NOT_FOUND' ? 'The recipient could not be found.' : 'The customer could not be found.', code);
}

function recipientOf(store: ShopStore, input: RecipientInput, at: readonly string[]): NonNullable<GiftCard['recipient']> {
	return {
		customerId: customerIdOf(store, input.id, [...at, 'id'], 'RECIPIENT_NOT_FOUND'),
		message: input.message ?? null,
		preferredName: input.preferredName ?? null,
		sendNotificationAt: input.sendNotificationAt ?? null,
	};
}

export function giftCardById(store: ShopStore, id: string): GiftCard {
	return store.giftCards.get(idOf(id, 'GiftCard')) ?? refuse(['id'], 'The gift card could not be found.', 'GIFT_CARD_NOT_FOUND');
}

/** Changes what is named; a deactivated card keeps its history but can be changed in nothing that spends. */
export function updateGiftCard(store: ShopStore, id: string, input: Pick<GiftCardCreateInput, 'customerId' | 'expiresOn' | 'note' | 'recipientAttributes' | 'templateSuffix'>): GiftCard {
	const card = giftCardById(store, id);
	if (input.customerId) {
		const customerId = customerIdOf(store, input.customerId, ['input', 'customerId'], 'CUSTOMER_NOT_FOUND');
		if (card.customerId !== null && card.customerId !== customerId) refuse(['input', 'customerId'], 'Customer is already assigned to this gift card');
		card.customerId = customerId;
	}
	if (input.recipientAttributes) card.recipient = recipientOf(store, input.recipientAttributes, ['input', 'recipientAttributes']);
	if (input.expiresOn !== undefined) card.expiresOn = input.expiresOn;
	if (input.note !== undefined) card.note = input.note;
	if (input.templateSuffix !== undefined) card.templateSuffix = input.templateSuffix;
	card.updatedAt = store.now();
	return card;
}

export function deactivateGiftCard(store: ShopStore, id: string): GiftCard {
	const card = giftCardById(store, id);
	card.deactivatedAt ??= store.now();
	card.updatedAt = store.now();
	return card;
}

type Entry = GiftCard['transactions'][number];

/** Adds to or takes from a balance. */
export function moveBalance(store: ShopStore, id: string, direction: 'credit' | 'debit', input: { amount: MoneyInput; note?: string | null; processedAt?: string | null }): Entry {
	const field = direction === 'credit' ? ['creditInput', 'creditAmount'] : ['debitInput', 'debitAmount'];
	const card = giftCardById(store, id);
	if (card.deactivatedAt !== null) refuse(['id'], 'The gift card is deactivated.', 'INVALID');
	if (card.expiresOn !== null && card.expiresOn < store.now().slice(0, 10)) refuse(['id'], 'The gift card has expired.', 'INVALID');
	if (input.amount.currencyCode !== card.currency) refuse([...field, 'currencyCode'], 'The currency provided does not match the currency of the gift card.', 'MISMATCHING_CURRENCY');
	const amount = parseAmount(String(input.amount.amount), card.currency);
	if (amount === undefined) return refuse([...field, 'amount'], 'The amount is invalid.', 'INVALID');
	if (amount <= 0) refuse([...field, 'amount'], 'A positive amount must be used.', 'NEGATIVE_OR_ZERO_AMOUNT');
	if (direction === 'debit' && amount > card.balance) refuse([...field, 'amount'], 'The gift card does not have sufficient funds to satisfy the request.', 'INSUFFICIENT_FUNDS');
	card.balance += direction === 'credit' ? amount : -amount;
	card.updatedAt = store.now();
	const entry: Entry = {
		__typename: direction === 'credit' ? 'GiftCardCreditTransaction' : 'GiftCardDebitTransaction',
		id: store.id('GiftCardTransaction'),
		giftCardId: card.id,
		amount: direction === 'credit' ? amount : -amount,
		note: input.note ?? null,
		processedAt: input.processedAt ?? store.now(),
	};
	card.transactions.push(entry);
	return entry;
}

/** The shop writes to whoever holds the card; the simulator notes it. */
export function notify(store: ShopStore, id: string, whom: 'customer' | 'recipient'): GiftCard {
	const card = giftCardById(store, id);
	if (card.deactivatedAt !== null) refuse(['id'], 'The gift card is deactivated.', 'INVALID');
	const customerId = whom === 'customer' ? card.customerId : (card.recipient?.customerId ?? null);
	if (customerId === null) return refuse(['id'], whom === 'customer' ? 'The customer could not be found.' : 'The recipient could not be found.', whom === 'customer' ? 'CUSTOMER_NOT_FOUND' : 'RECIPIENT_NOT_FOUND');
	card.notifications.push(`${store.now()} ${whom} ${mustHave(store.customers, customerId, 'customer').email ?? ''}`);
	return card;
}
