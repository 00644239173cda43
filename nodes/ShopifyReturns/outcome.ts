/** How the result of an operation, or its failing, becomes items on the node's outputs. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError, type INode, type NodeApiError } from 'n8n-workflow';
import { reason, type ExceptionCode, type Outcome, type Reason } from '../../returns/exceptions';
import { ShopifyRequestError, toNodeApiError, type ShopifyFailureKind } from './api/client';

/** What every write answers, next to the facts of its own. */
export interface WriteResult {
	readonly outcome: Outcome;
	readonly reasons: readonly Reason[];
}

/** Puts a write's result on *Settled* when nothing is left to do, on *Needs Attention* otherwise. */
export function routeWrite(result: WriteResult & object, itemIndex: number): INodeExecutionData[][] {
	const item: INodeExecutionData = { json: { ...result } as unknown as IDataObject, pairedItem: { item: itemIndex } };
	return isSettled(result.outcome) ? [[item], []] : [[], [item]];
}

export function isSettled(outcome: Outcome): boolean {
	return outcome === 'done' || outcome === 'alreadyDone';
}

/** Items of a read. */
export function routeRead(results: readonly object[], itemIndex: number): INodeExecutionData[][] {
	return [results.map((result) => ({ json: { ...result } as IDataObject, pairedItem: { item: itemIndex } }))];
}

/** A read cannot go on; the code is kept for whoever continues on fail. */
export function refuse(node: INode, code: ExceptionCode, message: string, itemIndex: number): NodeOperationError {
	const { title, nextStep } = reason(code, message);
	const refusal = new NodeOperationError(node, message || title, { description: nextStep, itemIndex });
	refusal.context.code = code;
	return refusal;
}

/** What was thrown, in n8n's own form. */
export function toNodeError(failure: unknown, node: INode, itemIndex: number): NodeOperationError | NodeApiError {
	if (failure instanceof NodeOperationError) {
		failure.context.itemIndex ??= itemIndex;
		return failure;
	}
	return toNodeApiError(failure, node, itemIndex);
}

/**
 * The item that stands for a failed one when the workflow goes on; on *Needs Attention* for writes. n8n reduces an item that carries its
 * error object to one sentence, so the object is only added where n8n needs it to find its own *Error* output.
 */
export function routeFailure(failure: unknown, node: INode, itemIndex: number, isWrite: boolean): INodeExecutionData[][] {
	const error = toNodeError(failure, node, itemIndex);
	const code = codeOf(failure);
	const pairedItem = { item: itemIndex };
	if (!isWrite) {
		const json = { error: error.message, description: error.description ?? '', code };
		return [[node.onError === 'continueErrorOutput' ? { json, error, pairedItem } : { json, pairedItem }]];
	}
	const wait = REPEAT_AFTER_MS[code];
	const result: WriteResult & { retryAt: string | null } = {
		outcome: wait === undefined ? 'blocked' : 'waiting',
		reasons: [reason(code, sentenceOf(error))],
		retryAt: wait === undefined ? null : new Date(Date.now() + wait).toISOString(),
	};
	return [[], [{ json: { ...result, error: error.message } as unknown as IDataObject, pairedItem }]];
}

/** What the next run may find in order. Where an answer was lost, a claim may stand on the order, so the next run comes after its usual lease. */
const REPEAT_AFTER_MS: Partial<Record<ExceptionCode, number>> = { serviceUnavailable: 60_000, answerUnknown: 180_000 };

/** Leaves a failure to the router, which turns it into n8n's form with the item it belongs to. */
export function passOn(failure: unknown): never {
	throw failure;
}

/** The catalogue's code for what was thrown. */
export function codeOf(failure: unknown): ExceptionCode {
	if (failure instanceof ShopifyRequestError) return CODE_OF_KIND[failure.kind];
	if (failure instanceof NodeOperationError) return (failure.context.code as ExceptionCode | undefined) ?? 'invalidInput';
	return 'serviceUnavailable';
}

const CODE_OF_KIND: Record<ShopifyFailureKind, ExceptionCode> = {
	notSent: 'serviceUnavailable',
	throttled: 'serviceUnavailable',
	unavailable: 'serviceUnavailable',
	unauthorised: 'signInRefused',
	accessDenied: 'accessDenied',
	notFound: 'refusedByShopify',
	invalid: 'refusedByShopify',
	ambiguous: 'answerUnknown',
};

function sentenceOf(error: NodeOperationError | NodeApiError): string {
	return error.description ? `${error.message}. ${error.description}` : error.message;
}
