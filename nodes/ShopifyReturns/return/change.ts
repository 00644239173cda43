/** One step in the life of a return: looked at first, sent once, and believed only when the return itself shows it. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { reason, type ExceptionCode, type Reason } from '../../../returns/exceptions';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import type { ReturnDetail } from '../api/mapping';
import { readReturn } from '../api/reads';
import { refusalInWords, type UserError } from '../api/refusal';
import { rehearsal, type Rehearsal } from '../../dryRun';
import { nameOfChoice, readReturnChoice, resolveReturnId } from '../locators';
import { passOn, type WriteResult } from '../outcome';

const RETRY_AFTER_MS = 60_000;

export interface Change {
	/** As in "Shopify does not close the return". */
	readonly verb: string;
	/** Whether the return is as wanted already, or cannot become so; null when the change may be sent. */
	judge(current: ReturnDetail): Verdict | null | Promise<Verdict | null>;
	/** Whether to stop before the change is sent. */
	readonly isDryRun: boolean;
	/** Sends the change, once, and answers Shopify's refusals. */
	send(current: ReturnDetail): Promise<readonly UserError[]>;
}

export interface Verdict {
	readonly outcome: 'alreadyDone' | 'blocked';
	readonly reason: Reason;
}

export interface ChangeResult extends WriteResult {
	readonly return: ReturnDetail | null;
	/** When to look again, if nobody can tell yet. */
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

/**
 * Changes the return that the item's parameter names.
 * @throws ShopifyRequestError, NodeOperationError
 */
export async function changeReturn(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, change: Change): Promise<ChangeResult> {
	const choice = readReturnChoice(context, itemIndex);
	const id = await resolveReturnId(context, itemIndex, client, choice);
	const before = id === null ? null : await readReturn(client, id);
	if (before === null) return { outcome: 'blocked', reasons: [reason('returnNotFound', `The store has no return ${nameOfChoice(choice)}.`)], return: null };
	const verdict = await change.judge(before);
	if (verdict !== null) return { outcome: verdict.outcome, reasons: [verdict.reason], return: before };
	if (change.isDryRun) return { ...rehearsal(`${change.verb} the return ${before.name}`, { verb: change.verb, returnId: before.id }), return: before };
	const refusal = await send(client, change, before);
	const after = await readBack(client, before, refusal);
	if ((await change.judge(after))?.outcome === 'alreadyDone') return { outcome: 'done', reasons: [], return: after };
	if (refusal === null) return { outcome: 'blocked', reasons: [reason('refusedByShopify', `Shopify accepted the request, and the return ${after.name} is still ${after.status}.`)], return: after };
	if (refusal.code !== 'answerUnknown') return { outcome: 'blocked', reasons: [refusal], return: after };
	return { outcome: 'waiting', reasons: [refusal], return: after, retryAt: new Date(Date.now() + RETRY_AFTER_MS).toISOString() };
}

export function alreadyDone(code: ExceptionCode, message: string): Verdict {
	return { outcome: 'alreadyDone', reason: reason(code, message) };
}

export function impossible(code: ExceptionCode, message: string): Verdict {
	return { outcome: 'blocked', reason: reason(code, message) };
}

/** Answers why it was not done; null when Shopify says that it was. */
async function send(client: ShopifyClient, { verb, send: sendOnce }: Change, before: ReturnDetail): Promise<Reason | null> {
	try {
		const refusals = await sendOnce(before);
		return refusals.length === 0 ? null : reason('refusedByShopify', `Shopify does not ${verb} the return ${before.name}: ${refusalInWords(client, refusals)}`);
	} catch (failure) {
		if (failure instanceof ShopifyRequestError && failure.kind === 'ambiguous') return reason('answerUnknown', `Shopify did not confirm its answer to the request to ${verb} the return ${before.name}.`);
		return passOn(failure);
	}
}

/** What the return looks like now; as before when Shopify cannot be asked after an unclear answer. */
async function readBack(client: ShopifyClient, before: ReturnDetail, refusal: Reason | null): Promise<ReturnDetail> {
	try {
		return (await readReturn(client, before.id)) ?? before;
	} catch (failure) {
		return refusal !== null && failure instanceof ShopifyRequestError ? before : passOn(failure);
	}
}
