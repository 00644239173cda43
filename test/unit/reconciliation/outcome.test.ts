/** What stands for an item that failed: the catalogue's code for each way in which ReturnGO or a bulk read can fail, with its next step. */
import type { INode } from 'n8n-workflow';
import { ReturnGoFailure, type FailureKind } from '../../../nodes/ReturnGo/api/failure';
import { failedItem } from '../../../nodes/ReturnsReconciliation/outcome';
import { BulkFailure } from '../../../nodes/ShopifyReturns/api/bulk';
import { EXCEPTIONS, type ExceptionCode } from '../../../returns/exceptions';

const node: INode = { id: '1', name: 'Audit', type: 'n8n-nodes-returngo-shopify.returnsReconciliation', typeVersion: 1, position: [0, 0], parameters: {} };
const facts = { subject: 'the list of RMAs' };

it.each<[FailureKind, ExceptionCode]>([
	['callBudget', 'callBudgetLow'],
	['unauthorised', 'returnGoSignInRefused'],
	['notFound', 'rmaNotFound'],
	['refused', 'refusedByReturnGo'],
	['unreadable', 'refusedByReturnGo'],
	['throttled', 'serviceUnavailable'],
	['unavailable', 'serviceUnavailable'],
])('ReturnGO: %s becomes %s', (kind, code) => {
	expect(failedItem(new ReturnGoFailure(kind, 'What happened', facts), node, 3)).toMatchObject({ json: { code, nextStep: EXCEPTIONS[code].nextStep }, pairedItem: { item: 3 } });
});

it.each([
	['accessDenied', 'accessDenied'],
	['truncated', 'bulkReadFailed'],
] as const)('a bulk read: %s becomes %s', (kind, code) => {
	expect(failedItem(new BulkFailure(kind, 'What happened'), node, 0)).toMatchObject({ json: { error: 'What happened', code } });
});
