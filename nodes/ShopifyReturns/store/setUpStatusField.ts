/** Store → Set Up Status Field: defines and pins the order field in which returns show, so that everybody sees it on the order's page. Once per store. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { reason } from '../../../returns/exceptions';
import { STATUS_FIELD } from '../../../returns/statusField';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { CreateStatusFieldDocument, StatusFieldDefinitionDocument, type StatusFieldPartsFragment } from '../api/generated';
import { refusalInWords } from '../api/refusal';
import { dryRunOptions, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
import { passOn, routeWrite, type WriteResult } from '../outcome';

export const description: INodeProperties[] = [
	{
		displayName: 'Without it, states are written all the same and show on the order’s page among the fields without a definition. Needs to run once per store.',
		name: 'statusFieldNotice',
		type: 'notice',
		default: '',
	},
	dryRunOptions,
];

interface FieldResult extends WriteResult {
	readonly field: { id: string; name: string; type: string; isPinned: boolean } | null;
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

/** The field belongs to the store: two items never define it side by side. */
export function laneOf(this: IExecuteFunctions): string | null {
	return 'statusField';
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	return routeWrite(await setUp(client, isDryRun(this, itemIndex)), itemIndex);
}

async function setUp(client: ShopifyClient, stopsBeforeWriting: boolean): Promise<FieldResult> {
	const present = await read(client);
	if (present !== null) return judge(present);
	const { namespace, key, type, name, description: text } = STATUS_FIELD;
	const definition = { ownerType: 'ORDER' as const, namespace, key, type, name, description: text, pin: true };
	if (stopsBeforeWriting) return { ...rehearsal(`define the field "${name}" of orders`, definition), field: null };
	try {
		const { metafieldDefinitionCreate } = await client.request(CreateStatusFieldDocument, { definition }, 'once');
		const refusals = metafieldDefinitionCreate?.userErrors ?? [];
		const created = metafieldDefinitionCreate?.createdDefinition;
		if (created) return { outcome: 'done', reasons: [], field: shown(created) };
		if (refusals.some(({ code }) => code === 'TAKEN')) return await afterwards(client, 'alreadyDone');
		return { outcome: 'blocked', reasons: [reason('refusedByShopify', `Shopify does not define the field: ${refusalInWords(client, refusals)}`)], field: null };
	} catch (failure) {
		if (!(failure instanceof ShopifyRequestError) || failure.kind !== 'ambiguous') return passOn(failure);
		return await afterwards(client, 'done');
	}
}

/** What the store shows after an answer that was lost, or that said somebody was faster. */
async function afterwards(client: ShopifyClient, whenThere: 'done' | 'alreadyDone'): Promise<FieldResult> {
	const found = await read(client).catch((failure: unknown) => (failure instanceof ShopifyRequestError ? null : passOn(failure)));
	if (found === null) return { outcome: 'waiting', reasons: [reason('answerUnknown', 'Shopify did not confirm the field.')], field: null, retryAt: new Date(Date.now() + 60_000).toISOString() };
	const judged = judge(found);
	return judged.outcome === 'alreadyDone' && whenThere === 'done' ? { ...judged, outcome: 'done', reasons: [] } : judged;
}

function judge(found: StatusFieldPartsFragment): FieldResult {
	const field = shown(found);
	if (field.type === STATUS_FIELD.type) return { outcome: 'alreadyDone', reasons: [reason('statusFieldDefined', `The field "${field.name}" is defined.`)], field };
	return { outcome: 'blocked', reasons: [reason('statusFieldTaken', `The field ${STATUS_FIELD.namespace}.${STATUS_FIELD.key} of orders is defined as ${field.type}, and states are written as ${STATUS_FIELD.type}.`)], field };
}

async function read(client: ShopifyClient): Promise<StatusFieldPartsFragment | null> {
	const { namespace, key } = STATUS_FIELD;
	const { metafieldDefinitions } = await client.request(StatusFieldDefinitionDocument, { namespace, key }, 'read');
	return metafieldDefinitions.nodes[0] ?? null;
}

function shown({ id, name, pinnedPosition, type }: StatusFieldPartsFragment): NonNullable<FieldResult['field']> {
	return { id, name, type: type.name, isPinned: typeof pinnedPosition === 'number' };
}
