/** A gift card as the operations on it read and show it. Its code is not in it: Shopify tells that only when the card is made. */
import type { ShopifyClient } from '../api/client';
import { GiftCardByIdDocument, type GiftCardFieldsFragment } from '../api/generated';

export interface GiftCard {
	id: string;
	lastCharacters: string;
	note: string | null;
	isEnabled: boolean;
	balance: string;
	initialValue: string;
	currency: string;
	createdAt: string;
	deactivatedAt: string | null;
	/** The last day on which it can be spent; null: for ever. */
	expiresOn: string | null;
}

/** @returns null when the store has no such gift card @throws ShopifyRequestError */
export async function readGiftCard(client: ShopifyClient, id: string): Promise<GiftCard | null> {
	const { giftCard } = await client.request(GiftCardByIdDocument, { id }, 'read');
	return giftCard && toGiftCard(giftCard);
}

function toGiftCard({ id, lastCharacters, note, enabled, balance, initialValue, createdAt, deactivatedAt, expiresOn }: GiftCardFieldsFragment): GiftCard {
	return { id, lastCharacters, note, isEnabled: enabled, balance: balance.amount, initialValue: initialValue.amount, currency: balance.currencyCode, createdAt, deactivatedAt, expiresOn };
}
