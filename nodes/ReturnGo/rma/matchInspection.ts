/** RMA: Match Inspection. One call to ReturnGO; says of each counted piece which unit it is, or why nobody can tell (N13). */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import type { Rma } from '../../../returns/rma';
import { InvalidRma, parseWarehouseCounts } from '../../../returns/rmaSchema';
import { matchWarehouseCounts, type WarehouseCount } from '../../../returns/warehouse';
import type { ReturnGoClient } from '../api/client';
import { ReturnGoFailure } from '../api/failure';
import { shownRma } from '../api/shown';
import type { Execute } from '../operation';
import { readJson, readRmaId, readText, rmaField, shownFor } from '../operation';

export const description: INodeProperties[] = shownFor('rma', 'matchInspection', [
	rmaField,
	{
		displayName: 'Counts',
		name: 'counts',
		type: 'json',
		required: true,
		default: '={{ $json.counts }}',
		description: 'A list with sku and the pieces found so far as sellable, damaged and missing, optionally reason and locationId. Figures are totals: a second message repeats what the first one said.',
	},
	{
		displayName: 'Expected Order ID',
		name: 'expectedOrderId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 450789469',
		description: 'The Shopify order that the warehouse names, if it is to be compared with the RMA’s',
	},
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaId = readRmaId(context, itemIndex);
	const counts = readCounts(context, itemIndex);
	const expectedOrder = readText(context, itemIndex, 'expectedOrderId');
	const rma = await readRma(client, rmaId);
	if (rma === null) return attention({ rmaId, orderName: null }, [reason('rmaNotFound', `ReturnGO has no RMA${rmaId}.`)]);
	const names = { rmaId: rma.id, orderName: rma.order.name };
	if (expectedOrder !== null && numberOf(expectedOrder) !== numberOf(rma.order.id ?? '')) {
		return attention(names, [reason('orderMismatch', `The warehouse names the order ${expectedOrder}, and RMA${rma.id} is for ${rma.order.id ?? 'no order'}.`)]);
	}
	const { inspections, reasons } = matchWarehouseCounts(rma, counts);
	if (reasons.length > 0) return attention(names, reasons);
	return [[{ json: { ...names, orderId: rma.order.id, inspections, rma: shownRma(rma) } as unknown as IDataObject }], []];
};

function attention(names: { rmaId: string; orderName: string | null }, reasons: Reason[]) {
	return [[], [{ json: { outcome: 'blocked', reasons, ...names } as unknown as IDataObject }]];
}

/** Null when ReturnGO does not know it. */
async function readRma(client: ReturnGoClient, rmaId: string): Promise<Rma | null> {
	const isUnknown = (failure: unknown) => failure instanceof ReturnGoFailure && failure.kind === 'notFound';
	const answer = await client.getRma(rmaId).catch(async (failure: unknown) => (isUnknown(failure) ? null : await Promise.reject(failure)));
	return answer?.rma ?? null;
}

function readCounts(context: IExecuteFunctions, itemIndex: number): WarehouseCount[] {
	try {
		return parseWarehouseCounts(readJson(context, itemIndex, 'counts', '[]'));
	} catch (failure) {
		const places = failure instanceof InvalidRma ? failure.message : String(failure);
		throw new NodeOperationError(context.getNode(), 'The counts cannot be read', { itemIndex, description: `Enter a list such as [{ "sku": "SHIRT-M", "sellable": 1, "damaged": 0 }]. ${places}` });
	}
}

/** An order may be named by its number or its GID. */
function numberOf(id: string): string {
	return id.split('/').pop() ?? '';
}
