/** Store Credit → Deactivate Gift Card: makes a card unusable for ever, by default only one of which nothing is spent. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { compare, parseMoney } from '../../../returns/money';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { DeactivateGiftCardDocument } from '../api/generated';
import { refusalInWords } from '../api/refusal';
import { dryRunOption, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
import { giftCardLocator, laneOfLocator, readGiftCardId } from '../locators';
import { passOn, routeWrite, type WriteResult } from '../outcome';
import { readGiftCard, type GiftCard } from './giftCard';

export const description: INodeProperties[] = [
	giftCardLocator,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			dryRunOption,
			{ displayName: 'Only If Unused', name: 'onlyIfUnused', type: 'boolean', default: true, description: 'Whether a card of which something is spent is left for a person. What is left on a deactivated card is lost, and it cannot be activated again.' },
		],
	},
];

interface DeactivationResult extends WriteResult {
	readonly giftCard: GiftCard | null;
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'giftCard');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const id = readGiftCardId(this, itemIndex);
	const { onlyIfUnused = true } = this.getNodeParameter('options', itemIndex, {}) as { onlyIfUnused?: unknown };
	return routeWrite(await deactivate(client, id, onlyIfUnused !== false, isDryRun(this, itemIndex)), itemIndex);
}

async function deactivate(client: ShopifyClient, id: string, onlyIfUnused: boolean, stopsBeforeWriting: boolean): Promise<DeactivationResult> {
	const before = await readGiftCard(client, id);
	if (before === null) return { outcome: 'blocked', reasons: [reason('giftCardNotFound', `The store has no gift card ${id}.`)], giftCard: null };
	if (!before.isEnabled) return { outcome: 'alreadyDone', reasons: [reason('giftCardInactive', `The gift card that ends in ${before.lastCharacters} is deactivated.`)], giftCard: before };
	if (onlyIfUnused && isUsed(before)) return { outcome: 'blocked', reasons: [reason('giftCardUsed', `The gift card that ends in ${before.lastCharacters} was made with ${before.initialValue} and has ${before.balance} ${before.currency} left.`)], giftCard: before };
	if (stopsBeforeWriting) return { ...rehearsal(`deactivate the gift card that ends in ${before.lastCharacters}`, { giftCardId: id }), giftCard: before };
	const refusal = await send(client, id);
	const after = refusal === null || refusal.code === 'answerUnknown' ? await readBack(client, before, refusal) : before;
	if (!after.isEnabled) return { outcome: 'done', reasons: [], giftCard: after };
	if (refusal?.code === 'answerUnknown') return { outcome: 'waiting', reasons: [refusal], giftCard: after, retryAt: new Date(Date.now() + 60_000).toISOString() };
	return { outcome: 'blocked', reasons: [refusal ?? reason('refusedByShopify', 'Shopify accepted the request, and the gift card is still active.')], giftCard: after };
}

function isUsed({ balance, initialValue, currency }: GiftCard): boolean {
	return compare(parseMoney(balance, currency), parseMoney(initialValue, currency)) < 0;
}

/** Answers why it was not done; null when Shopify says that it was. */
async function send(client: ShopifyClient, id: string): Promise<Reason | null> {
	try {
		const { giftCardDeactivate } = await client.request(DeactivateGiftCardDocument, { id }, 'idempotent');
		const refusals = giftCardDeactivate?.userErrors ?? [];
		return refusals.length === 0 ? null : reason('refusedByShopify', `Shopify does not deactivate the gift card: ${refusalInWords(client, refusals)}`);
	} catch (failure) {
		if (failure instanceof ShopifyRequestError && failure.kind === 'ambiguous') return reason('answerUnknown', 'Shopify did not confirm that the gift card is deactivated.');
		return passOn(failure);
	}
}

async function readBack(client: ShopifyClient, before: GiftCard, refusal: Reason | null): Promise<GiftCard> {
	try {
		return (await readGiftCard(client, before.id)) ?? before;
	} catch (failure) {
		return refusal !== null && failure instanceof ShopifyRequestError ? before : passOn(failure);
	}
}
