/** Return → Close: says that nothing more is expected of a return. Closing a closed one changes nothing. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { CloseReturnDocument } from '../api/generated';
import { readReturn } from '../api/reads';
import type { ReturnDetail } from '../api/mapping';
import { readReturnId, returnLocator } from '../locators';
import { passOn, routeWrite, type WriteResult } from '../outcome';

export const description: INodeProperties[] = [returnLocator];

interface CloseResult extends WriteResult {
	readonly return: ReturnDetail | null;
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const id = readReturnId(this, itemIndex);
	return routeWrite(await close(client, id), itemIndex);
}

async function close(client: ShopifyClient, id: string): Promise<CloseResult> {
	const before = await readReturn(client, id);
	if (before === null) return { outcome: 'blocked', reasons: [reason('returnNotFound', `The store has no return ${id}.`)], return: null };
	if (before.status === 'CLOSED') return { outcome: 'alreadyDone', reasons: [reason('returnClosed', `The return ${before.name} is closed since ${before.closedAt ?? 'an unknown time'}.`)], return: before };
	if (before.status !== 'OPEN') return { outcome: 'blocked', reasons: [reason('returnNotOpen', `The return ${before.name} is ${before.status}; only an open return can be closed.`)], return: before };
	const refusal = await send(client, before);
	const after = await readBack(client, before, refusal);
	if (after.status === 'CLOSED') return { outcome: 'done', reasons: [], return: after };
	if (refusal !== null) return { outcome: refusal.code === 'answerUnknown' ? 'waiting' : 'blocked', reasons: [refusal], return: after };
	return { outcome: 'blocked', reasons: [reason('refusedByShopify', `Shopify accepted the request, and the return ${after.name} is still ${after.status}.`)], return: after };
}

/** Answers why it was not done; null when Shopify says that it was. */
async function send(client: ShopifyClient, { id, name }: ReturnDetail): Promise<Reason | null> {
	try {
		const { returnClose } = await client.request(CloseReturnDocument, { id }, 'once');
		const refusals = returnClose?.userErrors ?? [];
		return refusals.length === 0 ? null : reason('refusedByShopify', `Shopify does not close the return ${name}: ${refusals.map((refusal) => refusal.message).join(' ')}`);
	} catch (failure) {
		if (failure instanceof ShopifyRequestError && failure.kind === 'ambiguous') return reason('answerUnknown', `Shopify did not confirm closing the return ${name}.`);
		return passOn(failure);
	}
}

/** What the return looks like now; as before when Shopify cannot be asked after an unclear answer. */
async function readBack(client: ShopifyClient, before: ReturnDetail, refusal: Reason | null): Promise<ReturnDetail> {
	if (refusal !== null && refusal.code !== 'answerUnknown') return before;
	try {
		return (await readReturn(client, before.id)) ?? before;
	} catch (failure) {
		return refusal !== null && failure instanceof ShopifyRequestError ? before : passOn(failure);
	}
}
