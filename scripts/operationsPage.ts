/**
 * Writes what each operation of the Shopify Returns and Returns Reconciliation nodes needs: the scopes and cost of every document (nodes/ShopifyReturns/api/documentAccess.ts, from
 * the real Admin schema) and docs/operations.md. With --check it only says whether both are what the code says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../nodes/ShopifyReturns/api/scopes';
import { scopeOfTopic, TOPICS } from '../nodes/ShopifyReturns/trigger/topics';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { Call } from '../nodes/ShopifyReturns/access';
import { RESOURCES } from '../nodes/ShopifyReturns/registry';
import { scopesOf } from './documentAccess';
import { returnGoSections } from './returnGoOperations';
import { estimateCost } from './documentCost';
import { sentDocuments } from './sentDocuments';
import { loadAdminSchema } from './shopify-schema';
import { ownNodes } from './templates/nodeTypes';

const PROJECT = path.join(__dirname, '..');
const DATA = path.join(PROJECT, 'nodes', 'ShopifyReturns', 'api', 'documentAccess.ts');
const PAGE = path.join(PROJECT, 'docs', 'operations.md');
const VERSION = '2026-10';

interface DocumentAccess {
	scopes: readonly string[];
	cost: number;
}

async function documentAccess(): Promise<Record<string, DocumentAccess>> {
	const admin = await loadAdminSchema(VERSION);
	const known = [...NEEDED_SCOPES, ...OPTIONAL_SCOPES].map(({ handle }) => handle);
	const entries = sentDocuments().map((document) => [document.name, { scopes: scopesOf(admin, document, known), cost: estimateCost(admin.schema, document) }] as const);
	return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}

function dataFile(access: Record<string, DocumentAccess>): string {
	const rows = Object.entries(access).map(([name, { scopes, cost }]) => `\t${name}: { scopes: [${scopes.map((scope) => `'${scope}'`).join(', ')}], cost: ${cost} },`);
	return [
		'/**',
		` * Access scopes and cost of every GraphQL document, from the Admin schema ${VERSION}: written by scripts/operationsPage.ts, not by hand.`,
		' * The cost is what Shopify reserves before it answers, in points.',
		' */',
		'export const DOCUMENT_ACCESS: Readonly<Record<string, { readonly scopes: readonly string[]; readonly cost: number }>> = {',
		...rows,
		'};',
		'',
	].join('\n');
}

/** A part of the page. A node that gets one of its own adds it to the list in `page`. */
type Section = (access: Record<string, DocumentAccess>) => Promise<string[]>;

/** Each section is read after the data file is written, so that both are of one making. */
async function page(access: Record<string, DocumentAccess>): Promise<string> {
	const sections: Section[] = [shopifyReturnsSection, reconciliationSection, returnGoSections, eventsSection, otherCallsSection];
	const written: string[] = [];
	for (const section of sections) written.push(...(await section(access)), '');
	return ['# Operations of the nodes', '', ...written].join('\n');
}

async function shopifyReturnsSection(access: Record<string, DocumentAccess>): Promise<string[]> {
	const { OPERATION_ACCESS, OPERATION_CALLS } = await import('../nodes/ShopifyReturns/access');
	const node = await nodeNamed('shopifyReturns');
	const operations = OPERATION_ACCESS.map(({ resource, operation, scopes, optionalScopes }) => {
		const calls = OPERATION_CALLS[`${resource}.${operation}`] ?? [];
		const isWrite = RESOURCES[resource]?.operations[operation]?.isWrite === true;
		const needed = [...scopes.map(code), ...optionalScopes.map((scope) => `${code(scope)} (in some cases)`)].join(', ');
		return `| ${nameOf(node, resource, operation)} | ${isWrite ? 'writes' : 'reads'} | ${needed || '–'} | ${listed(calls, access)} |`;
	});
	return [
		`What each operation sends to Shopify for one item, and which access scopes that needs. A number in brackets is what Shopify reserves for one call, in points (Admin API ${VERSION}); most of it is given back. This page is written by \`npm run docs\` from the code.`,
		'',
		'*Store → Check Access* compares the same scopes with those that the store granted. It is complete where nothing is missing for any operation, option or event; what every store needs is listed by itself (`missingNeeded`).',
		'',
		'A `write_` scope lets read as well. Orders older than 60 days also need `read_all_orders`.',
		'',
		'| operation | | scopes | calls |',
		'|---|---|---|---|',
		...operations,
	];
}

async function reconciliationSection(access: Record<string, DocumentAccess>): Promise<string[]> {
	const { scopesOf: scopesOfCalls } = await import('../nodes/ShopifyReturns/access');
	const { OPERATION_CALLS } = await import('../nodes/ReturnsReconciliation/access');
	const node = await nodeNamed('returnsReconciliation');
	return [
		'## The Returns Reconciliation node',
		'',
		'It only reads, and needs the ReturnGO credential beside the Shopify one. Scopes and calls on Shopify’s side:',
		'',
		'| operation | scopes | calls |',
		'|---|---|---|',
		...Object.entries(OPERATION_CALLS).map(([key, calls]) => {
			const [resource = '', operation = ''] = key.split('.');
			return `| ${nameOf(node, resource, operation)} | ${scopesOfCalls(calls).map(code).join(', ') || '–'} | ${listed(calls, access) || '–'} |`;
		}),
	];
}

async function eventsSection(): Promise<string[]> {
	return ['## Events of the Shopify Returns Trigger', '', '| event | scope |', '|---|---|', ...TOPICS.map((topic) => `| \`${topic}\` | ${code(scopeOfTopic(topic))} |`)];
}

async function otherCallsSection(access: Record<string, DocumentAccess>): Promise<string[]> {
	const { OTHER_CALLS } = await import('../nodes/ShopifyReturns/access');
	return ['## Other calls', '', '| call | cost | sent by |', '|---|---|---|', ...Object.entries(OTHER_CALLS).map(([document, sender]) => `| ${document} | ${access[document]?.cost ?? '?'} | ${sender} |`)];
}

function listed(calls: readonly Call[], access: Record<string, DocumentAccess>): string {
	return calls.map(({ document, times }) => `${document} (${access[document]?.cost ?? '?'}): ${times}`).join('<br>');
}

async function nodeNamed(name: string): Promise<INodeTypeDescription> {
	const found = (await ownNodes()).types.find((type) => type.name.endsWith(`.${name}`));
	if (found === undefined) throw new Error(`The package has no node ${name}`);
	return found;
}

/** As the editor shows it, e.g. "Store Credit → Get Balance". */
function nameOf({ properties }: INodeTypeDescription, resource: string, operation: string): string {
	const chosen = (parameter: string, value: string, ofResource?: string) => {
		const property = properties.find(({ name, displayOptions }) => name === parameter && (ofResource === undefined || displayOptions?.show?.resource?.includes(ofResource) === true));
		const option = property?.options?.find((candidate) => 'value' in candidate && candidate.value === value);
		if (option === undefined) throw new Error(`The editor has no ${parameter} ${value}`);
		return option.name;
	};
	return `${chosen('resource', resource)} → ${chosen('operation', operation, resource)}`;
}

function code(text: string): string {
	return `\`${text}\``;
}

async function main(): Promise<void> {
	const access = await documentAccess();
	const isCheck = process.argv.includes('--check');
	for (const [file, content] of [
		[DATA, async () => dataFile(access)],
		[PAGE, async () => await page(access)],
	] as const) {
		const expected = await content();
		if (!isCheck) writeFileSync(file, expected);
		else if (readFileSync(file, 'utf8') !== expected) {
			console.error(`${path.relative(PROJECT, file)} is not what the code says: run \`npm run docs\`.`);
			process.exitCode = 1;
		}
	}
}

void main();
