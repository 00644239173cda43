/** RMAs for *From List*: the newest ones, or those of an order, or the one that is named by its id. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createReturnGoClient, INTERACTIVE_PATIENCE } from '../api/client';
import type { RmaRow } from '../api/contract';
import { ReturnGoFailure, toNodeApiError } from '../api/failure';
import { orderNames } from '../filters';

const PAGE_SIZE = '50';

export async function searchRmas(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const client = await createReturnGoClient(this, INTERACTIVE_PATIENCE);
	try {
		const named = /^\s*RMA\s*(\d{1,18})\s*$/i.exec(filter ?? '')?.[1];
		if (named !== undefined) {
			const { rma } = await client.getRma(named);
			return { results: [toOption({ id: rma.id, status: rma.status, orderName: rma.order.name })] };
		}
		const page = await client.listRmas({ pagesize: PAGE_SIZE, sort_by: '-rma_created_at', ...orderFilter(filter) }, paginationToken ?? null);
		return { results: page.rows.map(({ row }) => toOption(row)), ...(page.nextCursor === null ? {} : { paginationToken: page.nextCursor }) };
	} catch (failure) {
		if (failure instanceof ReturnGoFailure && failure.kind === 'notFound') return { results: [] };
		throw toNodeApiError(this.getNode(), failure instanceof ReturnGoFailure ? failure : new ReturnGoFailure('unavailable', 'The list of RMAs could not be read', { subject: 'the list of RMAs' }));
	}
}

/** What is typed is one name, whatever is in it. */
function orderFilter(filter: string | undefined): Record<string, string> {
	const names = orderNames([filter ?? '']);
	return names === null ? {} : { order_name: names };
}

function toOption(row: Pick<RmaRow, 'id' | 'status' | 'orderName'>): INodeListSearchResult['results'][number] {
	const order = row.orderName === '' ? '' : ` · order ${row.orderName}`;
	return { name: `RMA${row.id}${order} · ${row.status}`, value: row.id };
}
