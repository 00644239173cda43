/** Store credit and gift cards: what is read before one is issued, and issuing it. Neither has a key at Shopify, so both can be read back. */
import { giftCardCode } from '../../../returns/keys';
import { isCreditOutsideOrder, isMoneyAction, type Payout } from '../../../returns/ledger';
import { formatMoney, parseMoney, type Money } from '../../../returns/money';
import type { CustomerCredit, OrderSnapshot } from '../../../returns/order';
import type { SettlementSettings } from '../../../returns/settings';
import type { RefundAct } from '../../../returns/settlement';
import type { ShopifyClient } from '../api/client';
import { CreateGiftCardDocument, CreditAccountDocument, CreditAccountsDocument, CreditGiftCardsDocument, CreditOwnerDocument, SendGiftCardToCustomerDocument, SendGiftCardToRecipientDocument, type SettlementGiftCardFragment } from '../api/generated';
import { answerOf, noteOf, refusal, type ActAnswer } from './acts';

/** What the consultant decides about a credit besides its value. */
export interface CreditChoices {
	/** When the credit ends: a time for store credit, a day for gift cards; null: never. */
	expiresAt: string | null;
	/** Whether Shopify tells whoever the credit is for: a gift card's recipient where there is one, else the customer. */
	notifyCustomer: boolean;
	/** What the codes of gift cards are derived from; never written anywhere. */
	codeSecret: string;
	/** Whether the code is part of the output. */
	showsCode: boolean;
	recipient: { id: string; preferredName: string | null; message: string | null } | null;
}

/** Versions of the Admin API before this one make gift cards in the shop's own currency only. */
const GIFT_CARDS_IN_ANY_CURRENCY_SINCE = '2026-07';

export function makesGiftCardsInAnyCurrency(apiVersion: string): boolean {
	return apiVersion === 'unstable' || apiVersion >= GIFT_CARDS_IN_ANY_CURRENCY_SINCE;
}

/**
 * The snapshot with what the customer has been credited, where the asked action or an open claim on the order needs it: one request for each
 * kind of credit.
 * @throws ShopifyRequestError
 */
export async function withCredit(client: ShopifyClient, order: OrderSnapshot, settings: SettlementSettings | null): Promise<OrderSnapshot> {
	const open = order.ledger.ledger.entries.filter((entry) => isCreditOutsideOrder(entry) && entry.state === 'claimed');
	const asked: Payout[] = settings?.actions.some(isMoneyAction) === true ? [settings.payout] : [];
	const kinds = new Set([...asked, ...open.flatMap((entry) => entry.payout ?? [])]);
	let seen = order;
	if (kinds.has('storeCredit')) seen = { ...seen, credit: { ...creditOf(seen), ...(await readOwner(client, order)) } };
	if (kinds.has('account')) seen = await withAccounts(client, seen);
	if (kinds.has('giftCard')) {
		const claim = open.find((entry) => entry.payout === 'giftCard');
		seen = { ...seen, credit: { ...creditOf(seen), ...(await readGiftCards(client, order, claim?.credit?.customerId ?? null)) } };
	}
	return seen;
}

function creditOf(order: OrderSnapshot): CustomerCredit {
	return order.credit ?? { customerId: null, isStoreCreditEnabled: null, accountCredits: [], giftCards: [] };
}

async function readOwner(client: ShopifyClient, order: OrderSnapshot): Promise<Pick<CustomerCredit, 'customerId' | 'isStoreCreditEnabled'>> {
	const answer = await client.request(CreditOwnerDocument, { orderId: order.id }, 'read');
	return { customerId: answer.order?.customer?.id ?? null, isStoreCreditEnabled: answer.storeCreditConfiguration.storeCreditEnabled };
}

async function withAccounts(client: ShopifyClient, order: OrderSnapshot): Promise<OrderSnapshot> {
	const answer = await client.request(CreditAccountsDocument, { orderId: order.id }, 'read');
	const customer = answer.order?.customer;
	const accounts = customer?.storeCreditAccounts;
	const account = accounts?.nodes.find((candidate) => candidate.balance.currencyCode === order.presentmentCurrency);
	const credits = (account?.transactions.nodes ?? []).flatMap((entry) => ('id' in entry ? [toCredit(entry)] : []));
	const hasOlderCredits = (account?.transactions.nodes.length ?? 0) >= MOVEMENTS_PER_PAGE;
	const isIncomplete = account === undefined && accounts?.pageInfo.hasNextPage === true;
	return {
		...order,
		incomplete: isIncomplete ? [...order.incomplete, 'store credit accounts of its customer'] : order.incomplete,
		credit: { ...creditOf(order), customerId: customer?.id ?? null, isStoreCreditEnabled: answer.storeCreditConfiguration.storeCreditEnabled, accountCredits: credits, hasOlderCredits },
	};
}

/** As the document asks for them. */
const MOVEMENTS_PER_PAGE = 20;

interface WireCredit {
	id: string;
	event: string;
	createdAt: string;
	expiresAt?: string | null;
	amount: { amount: string; currencyCode: string };
}

function toCredit({ id, event, createdAt, expiresAt, amount }: WireCredit): CustomerCredit['accountCredits'][number] {
	return { id, amount: parseMoney(amount.amount, amount.currencyCode), isAdjustment: event === 'ADJUSTMENT', createdAt, expiresAt: expiresAt ?? null };
}

async function readGiftCards(client: ShopifyClient, order: OrderSnapshot, claimedFor: string | null): Promise<Pick<CustomerCredit, 'customerId' | 'giftCards'>> {
	const ofCustomer = `customer_id:${claimedFor?.split('/').pop() ?? ''}`;
	const answer = await client.request(CreditGiftCardsDocument, { orderId: order.id, ofCustomer, hasClaim: claimedFor !== null }, 'read');
	const cards = new Map([...answer.newest.nodes, ...(answer.claimed?.nodes ?? [])].map((card) => [card.id, toGiftCard(card)]));
	return { customerId: answer.order?.customer?.id ?? null, giftCards: [...cards.values()] };
}

function toGiftCard(card: SettlementGiftCardFragment): CustomerCredit['giftCards'][number] {
	const { id, note, lastCharacters, createdAt, initialValue, customer } = card;
	return { id, note: note ?? null, lastCharacters, createdAt, initialValue: parseMoney(initialValue.amount, initialValue.currencyCode), customerId: customer?.id ?? null };
}

/** Credits the customer's account directly. Sent once: Shopify has no key for it. */
export async function creditAccount(client: ShopifyClient, order: OrderSnapshot, amount: Money, choices: CreditChoices): Promise<ActAnswer> {
	const credit = creditOf(order);
	const variables = {
		customerId: credit.customerId ?? '',
		creditInput: { creditAmount: toInput(amount), notify: choices.notifyCustomer, ...(choices.expiresAt === null ? {} : { expiresAt: choices.expiresAt }) },
	};
	return await answerOf(async () => {
		const { storeCreditAccountCredit: answer } = await client.request(CreditAccountDocument, variables, 'once');
		const made = answer?.storeCreditAccountTransaction;
		if (!made || answer.userErrors.length > 0) return refusal(client, answer?.userErrors ?? []);
		return { kind: 'accepted', state: { credit: { ...credit, accountCredits: [toCredit(made), ...credit.accountCredits] } } };
	});
}

/** Shopify's words for a code that a gift card has already. */
const CODE_TAKEN = /code has already been taken/i;

/**
 * Makes a gift card whose code follows from the shop, the RMA and the units. It may be sent again: a second one is refused because of its code,
 * and that refusal means that the card is there.
 */
export async function createGiftCard(client: ShopifyClient, order: OrderSnapshot, act: RefundAct, amount: Money, rmaId: string, choices: CreditChoices): Promise<ActAnswer> {
	const credit = creditOf(order);
	const input = {
		code: giftCardCode(choices.codeSecret, client.shopDomain, rmaId, act.unitIds),
		customerId: credit.customerId,
		note: noteOf(rmaId, act.key),
		...(makesGiftCardsInAnyCurrency(client.apiVersion) ? { initialAmount: toInput(amount) } : { initialValue: formatMoney(amount) }),
		...(choices.expiresAt === null ? {} : { expiresOn: choices.expiresAt.slice(0, 10) }),
		...(choices.recipient === null ? {} : { recipientAttributes: withoutNulls(choices.recipient) }),
	};
	return await answerOf(async () => {
		const { giftCardCreate: answer } = await client.request(CreateGiftCardDocument, { input }, 'idempotent');
		const made = answer?.giftCard;
		if (made && answer.userErrors.length === 0) return { kind: 'accepted', state: { credit: { ...credit, giftCards: [toGiftCard(made), ...credit.giftCards] } } };
		const errors = answer?.userErrors ?? [];
		return errors.some((error) => CODE_TAKEN.test(error.message)) ? { kind: 'unknown', message: 'Shopify says that a gift card with this code exists.' } : refusal(client, errors);
	});
}

/**
 * Has Shopify mail the card: to the recipient where one was named, who else would never hear of it, or to the customer. Sent once, because whoever gets
 * it would get it twice.
 */
export async function sendGiftCard(client: ShopifyClient, id: string, { recipient }: CreditChoices): Promise<ActAnswer> {
	return await answerOf(async () => {
		const answer = recipient === null ? await sendToCustomer(client, id) : await sendToRecipient(client, id);
		return answer?.giftCard && answer.userErrors.length === 0 ? { kind: 'accepted', state: {} } : refusal(client, answer?.userErrors ?? []);
	});
}

async function sendToCustomer(client: ShopifyClient, id: string) {
	return (await client.request(SendGiftCardToCustomerDocument, { id }, 'once')).giftCardSendNotificationToCustomer;
}

async function sendToRecipient(client: ShopifyClient, id: string) {
	return (await client.request(SendGiftCardToRecipientDocument, { id }, 'once')).giftCardSendNotificationToRecipient;
}

function toInput(amount: Money): { amount: string; currencyCode: never } {
	return { amount: formatMoney(amount), currencyCode: amount.currency as never };
}

function withoutNulls({ id, preferredName, message }: NonNullable<CreditChoices['recipient']>): { id: string; preferredName?: string; message?: string } {
	return { id, ...(preferredName === null ? {} : { preferredName }), ...(message === null ? {} : { message }) };
}
