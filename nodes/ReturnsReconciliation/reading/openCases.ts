/** Reads the cases of all requests that are not finished, in detail, whenever they last changed; the oldest first. */
import type { Case, CaseRma } from '../../../returns/case';
import { bareName } from '../../../returns/caseJoin';
import type { Services } from '../operation';
import { readCasesOf, type CaseProgress } from './cases';
import { readAll, rmaPages } from './returnGoLists';

/** Orders that one call asks for: they have to fit into an address. */
const ORDERS_AT_ONCE = 100;

/**
 * One call for every 500 open requests, one for every 100 orders, and one for each request of these orders.
 * @throws ReturnGoFailure, ShopifyRequestError
 */
export async function* readOpenCases(services: Services, callLimit: number, progress: CaseProgress): AsyncGenerator<Case> {
	const limited = services.returnGo.limitedTo(callLimit);
	const open = await readAll(rmaPages(limited, { status: 'Pending,Approved,Received,Validated' }));
	if (open === null) {
		progress.areListsCut = true;
		return;
	}
	progress.rmas += open.length;
	const groups = groupsOf(open);
	const names = [...groups.keys()].filter((name) => name !== '');
	for (let start = 0; start < names.length; start += ORDERS_AT_ONCE) {
		const asked = names.slice(start, start + ORDERS_AT_ONCE);
		const rows = await readAll(rmaPages(limited, { order_name: asked.map((name) => groups.get(name)?.[0]?.orderName ?? name).join(',') }));
		if (rows === null) {
			progress.areListsCut = true;
			return;
		}
		// What a finished request of the same order has been paid for is not missing here.
		for (const row of rows) addTo(groups, row);
		const wanted = asked.map((name) => (groups.get(name) ?? []).map(({ id }) => id));
		yield* readCasesOf({ ...services, returnGo: limited }, wanted, limited.callsLeft, progress);
	}
	const withoutOrder = (groups.get('') ?? []).map(({ id }) => [id]);
	yield* readCasesOf({ ...services, returnGo: limited }, withoutOrder, limited.callsLeft, progress);
}

function groupsOf(rows: readonly CaseRma[]): Map<string, CaseRma[]> {
	const groups = new Map<string, CaseRma[]>();
	for (const row of rows) groups.set(bareName(row.orderName), []);
	for (const row of rows) addTo(groups, row);
	return groups;
}

function addTo(groups: Map<string, CaseRma[]>, row: CaseRma): void {
	const group = groups.get(bareName(row.orderName));
	if (group !== undefined && !group.some(({ id }) => id === row.id)) group.push(row);
}
