/** How the failing of an operation becomes an n8n error, or an item when the workflow goes on. */
import type { INode, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { reason, type ExceptionCode } from '../../returns/exceptions';
import { CODE_OF_KIND, ReturnGoFailure, toNodeApiError as fromReturnGo } from '../ReturnGo/api/failure';
import { BulkFailure } from '../ShopifyReturns/api/bulk';
import { codeOf as codeOfShopify, refuse, toNodeError as fromShopify } from '../ShopifyReturns/outcome';

/** An operation cannot go on; the code is kept for whoever continues on fail. */
export { refuse };

/** What was thrown, in n8n's own form. */
export function toNodeError(failure: unknown, node: INode, itemIndex: number): NodeOperationError | NodeApiError {
	if (failure instanceof BulkFailure) return refuse(node, codeOf(failure), failure.message, itemIndex);
	return failure instanceof ReturnGoFailure ? fromReturnGo(node, failure, itemIndex) : fromShopify(failure, node, itemIndex);
}

/** The item that stands for a failed one when the workflow goes on, on the operation's first output. */
export function failedItem(failure: unknown, node: INode, itemIndex: number): INodeExecutionData {
	const error = toNodeError(failure, node, itemIndex);
	const code = codeOf(failure);
	const json = { error: error.message, description: error.description ?? '', code, nextStep: reason(code, '').nextStep };
	const pairedItem = { item: itemIndex };
	return node.onError === 'continueErrorOutput' ? { json, error, pairedItem } : { json, pairedItem };
}

function codeOf(failure: unknown): ExceptionCode {
	if (failure instanceof BulkFailure) return failure.kind === 'accessDenied' ? 'accessDenied' : 'bulkReadFailed';
	return failure instanceof ReturnGoFailure ? CODE_OF_KIND[failure.kind] : codeOfShopify(failure);
}
