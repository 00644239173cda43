/** What has to be shown of every operation: seven behaviours, and of each the way to bring it about, or the reason why it cannot be. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Keys, ServiceName, Services } from './services';

export const BEHAVIOURS = ['success', 'empty result', 'not found', 'refused by the service', 'throttled', 'unauthorised', 'one of two items fails'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** This operation cannot behave so. */
export interface Never {
	readonly never: string;
}
export const never = (why: string): Never => ({ never: why });
export const isNever = (cell: unknown): cell is Never => typeof cell === 'object' && cell !== null && 'never' in cell;

/** The json of the items that come out for one input item, by output. */
export type Shown = IDataObject[][];

/** An operation, ready to run on things that were made for it. */
export interface Prepared {
	/** Parameters of the node, without resource and operation. */
	parameters: INodeParameters;
	/** Throws unless this is the answer. */
	shows: (outputs: Shown) => void;
	/** Of a write: what the services themselves show, and what they show once it was done exactly once. */
	effect?: { read: () => Promise<unknown>; once: unknown };
	/** Secrets of this call, beside those of the credentials. */
	secrets?: readonly string[];
}

/** An input that leads to nothing good. */
export interface Failing {
	parameters: INodeParameters;
	/** Part of the code, message or description that people get. */
	says: RegExp;
	/** Number of the output it comes out of as an answer; without, it is a failure: it stops the node, or takes the failures' output. */
	answeredOn?: number;
}

/** How a service can be brought to say no to a request that would be fine otherwise. */
export interface Refusal {
	arrange: (services: Services) => Promise<Keys | void>;
	says: RegExp;
}

/** One request that an operation makes. */
export interface Asked {
	service: ServiceName;
	/** GraphQL root field, or route. */
	operation: string;
}

export interface Row {
	prepare: (services: Services) => Promise<Prepared>;
	/** The requests that its work is done by: each is throttled once, and each service refuses the credential once. */
	asks: Never | readonly Asked[];
	empty: Never | ((services: Services, prepared: Prepared) => Promise<Pick<Prepared, 'parameters' | 'shows'>>);
	notFound: Never | ((prepared: Prepared) => Failing);
	refused: Never | readonly Refusal[];
	/** The item that fails beside a good one, where something that does not exist would not. */
	failing?: (prepared: Prepared) => Failing;
}

/** Rows by `resource.operation`. */
export type Table = Readonly<Record<string, Row>>;

/** The cells of one row. */
export function cellsOf(row: Row): Record<Behaviour, Never | 'played'> {
	const stateOf = (cell: unknown): Never | 'played' => (isNever(cell) ? cell : 'played');
	return {
		success: 'played',
		'empty result': stateOf(row.empty),
		'not found': stateOf(row.notFound),
		'refused by the service': stateOf(row.refused),
		throttled: stateOf(row.asks),
		unauthorised: stateOf(row.asks),
		'one of two items fails': 'played',
	};
}

export function countCells(cells: ReadonlyArray<Readonly<Record<Behaviour, Never | 'played'>>>): { played: number; doNotApply: number } {
	const all = cells.flatMap((row) => BEHAVIOURS.map((behaviour) => row[behaviour]));
	const doNotApply = all.filter(isNever).length;
	return { played: all.length - doNotApply, doNotApply };
}

/* ---------- refusals ---------- */

const NO = 'Not today.';

/** Shopify answers the mutation with a userError, in its own words; people also get the id by which Shopify finds the request. */
export function userError(field: string, more: object = {}, code: string | null = 'INVALID'): Refusal {
	const body = { data: { [field]: { ...more, userErrors: [{ field: null, message: NO, code }] } } };
	return { arrange: async ({ shopify }) => await shopify.addFaults({ match: { operation: field }, action: { kind: 'status', status: 200, body } }), says: /Not today\..* Shopify's request id is [0-9a-f-]{36}\./ };
}

const READ_SCOPES = ['read_orders', 'read_returns', 'read_products', 'read_locations', 'read_inventory', 'read_customers', 'read_gift_cards', 'read_store_credit_accounts', 'read_store_credit_account_transactions', 'read_shopify_payments'];

/** The app lacks an access scope, and has all others that read: Shopify answers ACCESS_DENIED. */
export function withoutScope(missing: string): Refusal {
	return { arrange: async (services) => ({ accessToken: await services.tokenWith(READ_SCOPES.filter((scope) => scope !== missing)) }), says: new RegExp(missing) };
}

/** Shopify answers 402: the store is frozen. */
export function frozenStore(field: string): Refusal {
	return { arrange: async ({ shopify }) => await shopify.addFaults({ match: { operation: field }, action: { kind: 'status', status: 402 } }), says: /The store is frozen or locked/ };
}

/** ReturnGO answers 400, in its own words. */
export function badRequest(route: string): Refusal {
	return { arrange: async ({ returnGo }) => await returnGo.addFaults({ match: { operation: route }, action: { kind: 'status', status: 400, body: { message: NO } } }), says: /ReturnGO said: Not today\./ };
}

/* ---------- requests ---------- */

export const returnGo = (operation: string): Asked => ({ service: 'ReturnGO', operation });
export const shopify = (operation: string): Asked => ({ service: 'Shopify', operation });

/* ---------- parameters ---------- */

/** A resource locator that holds an ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** The parameters, some of them replaced. */
export const but = ({ parameters }: Prepared, changes: INodeParameters): INodeParameters => ({ ...parameters, ...changes });
