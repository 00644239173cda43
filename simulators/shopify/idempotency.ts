/** `@idempotent`: required where Shopify requires it, replayed within a day, refused where it does not belong. */

import { GraphQLError, Kind, print, visit, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import type { Context } from './context';
import type { ShopStore } from './store';

/** Mutations whose description documents the directive; required since 2026-04. */
export const IDEMPOTENT_MUTATIONS: ReadonlySet<string> = new Set([
	'refundCreate',
	'inventoryAdjustQuantities',
	'inventorySetQuantities',
	'inventoryMoveQuantities',
	'inventorySetOnHandQuantities',
	'inventorySetScheduledChanges',
	'inventoryActivate',
	'inventoryShipmentAddItems',
	'inventoryShipmentCreate',
	'inventoryShipmentCreateInTransit',
	'inventoryShipmentReceive',
	'inventoryTransferCreate',
	'inventoryTransferCreateAsReadyToShip',
	'inventoryTransferDuplicate',
	'inventoryTransferSetItems',
	'locationActivate',
	'locationDeactivate',
]);

const RETENTION_MS = 24 * 60 * 60 * 1_000;

const TEXTS = {
	IDEMPOTENCY_CONCURRENT_REQUEST: 'This request is currently in progress, please try again.',
	IDEMPOTENCY_KEY_PARAMETER_MISMATCH: 'The same idempotency key cannot be used with different operation parameters.',
	IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED: 'A previous request with this idempotency key failed. Retry with a new idempotency key.',
} as const;

interface Attempt {
	key: string;
	appId: number;
	fingerprint: string;
	mutation: string;
	at: number;
	status: 'underWay' | 'done' | 'failed';
	/** Refers to live records, so that a replay shows today's state. */
	payload: unknown;
}

export class IdempotencyRecords {
	private readonly attempts = new Map<string, Attempt>();

	constructor(private readonly store: ShopStore) {}

	/** Runs a mutation once per key. Without a key where one is needed, or with one where none belongs, it is not run at all. */
	async run(context: Context, info: GraphQLResolveInfo, work: () => unknown): Promise<unknown> {
		const mutation = info.fieldName;
		const key = keyOf(info);
		if (!IDEMPOTENT_MUTATIONS.has(mutation)) {
			if (key !== undefined) throw badRequest(`The @idempotent directive is not supported on the ${mutation} mutation.`);
			await this.latency();
			return work();
		}
		if (key === undefined) throw badRequest('The @idempotent directive is required for this mutation but was not provided.');
		if (key.trim() === '') throw badRequest('The @idempotent directive key must not be blank.');
		const id = `${context.app.id}:${key}`;
		const fingerprint = fingerprintOf(info, context.rawVariables);
		const earlier = this.current(id);
		if (earlier) {
			if (earlier.fingerprint !== fingerprint) return refusal('IDEMPOTENCY_KEY_PARAMETER_MISMATCH');
			if (earlier.status === 'underWay') return refusal('IDEMPOTENCY_CONCURRENT_REQUEST');
			if (earlier.status === 'failed') return refusal('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED');
			return earlier.payload;
		}
		const attempt: Attempt = { key, appId: context.app.id, fingerprint, mutation, at: this.store.clock.now().getTime(), status: 'underWay', payload: undefined };
		this.attempts.set(id, attempt);
		try {
			await this.latency();
			attempt.payload = work();
		} catch (error) {
			// An error of the request itself (a wrong id, a missing scope) means that nothing was begun.
			this.attempts.delete(id);
			throw error;
		}
		attempt.status = hasUserErrors(attempt.payload) ? 'failed' : 'done';
		if (attempt.status === 'failed' && this.store.settings.idempotencyAfterUserErrors === 'forget') this.attempts.delete(id);
		return attempt.payload;
	}

	list(): Array<Pick<Attempt, 'key' | 'appId' | 'mutation' | 'status'> & { at: string }> {
		return [...this.attempts.values()].map(({ key, appId, mutation, status, at }) => ({ key, appId, mutation, status, at: new Date(at).toISOString() }));
	}

	/** Puts a known key into another state; for tests of callers. */
	setStatus(appId: number, key: string, status: Attempt['status']): boolean {
		const attempt = this.attempts.get(`${appId}:${key}`);
		if (attempt) attempt.status = status;
		return attempt !== undefined;
	}

	reset(): void {
		this.attempts.clear();
	}

	private current(id: string): Attempt | undefined {
		const attempt = this.attempts.get(id);
		if (attempt && this.store.clock.now().getTime() - attempt.at >= RETENTION_MS) {
			this.attempts.delete(id);
			return undefined;
		}
		return attempt;
	}

	private async latency(): Promise<void> {
		const ms = this.store.settings.mutationLatencyMs;
		if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
	}
}

function hasUserErrors(payload: unknown): boolean {
	const errors = (payload as { userErrors?: unknown } | null)?.userErrors;
	return Array.isArray(errors) && errors.length > 0;
}

function refusal(code: keyof typeof TEXTS): { userErrors: Array<{ field: null; message: string; code: string }> } {
	return { userErrors: [{ field: null, message: TEXTS[code], code }] };
}

function badRequest(message: string): GraphQLError {
	return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

function keyOf(info: GraphQLResolveInfo): string | undefined {
	const argument = info.fieldNodes[0]?.directives?.find(({ name }) => name.value === 'idempotent')?.arguments?.find(({ name }) => name.value === 'key');
	if (!argument) return undefined;
	if (argument.value.kind === Kind.STRING) return argument.value.value;
	if (argument.value.kind !== Kind.VARIABLE) return undefined;
	const value = info.variableValues[argument.value.name.value];
	return typeof value === 'string' ? value : '';
}

/** The mutation, its arguments as written, and the variables they use as sent: the order of fields counts. */
function fingerprintOf(info: GraphQLResolveInfo, raw: Readonly<Record<string, unknown>>): string {
	const node: FieldNode | undefined = info.fieldNodes[0];
	const names: string[] = [];
	for (const argument of node?.arguments ?? []) visit(argument, { Variable: ({ name }) => void names.push(name.value) });
	return JSON.stringify([info.fieldName, (node?.arguments ?? []).map((argument) => print(argument)), names.map((name) => [name, raw[name]])]);
}
