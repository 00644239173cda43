/** What every node and every operation has to have in the editor, looked at in all of them: n8n's rules and our own. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { dryRunOption } from '../../nodes/dryRun';
import { ReturnGo } from '../../nodes/ReturnGo/ReturnGo.node';
import { ReturnGoPollingTrigger } from '../../nodes/ReturnGo/ReturnGoPollingTrigger.node';
import { ReturnGoTrigger } from '../../nodes/ReturnGo/ReturnGoTrigger.node';
import { RESOURCES as RETURNGO } from '../../nodes/ReturnGo/registry';
import { ReturnsReconciliation } from '../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { RESOURCES as RECONCILIATION } from '../../nodes/ReturnsReconciliation/registry';
import { ShopifyReturns } from '../../nodes/ShopifyReturns/ShopifyReturns.node';
import { ShopifyReturnsTrigger } from '../../nodes/ShopifyReturns/ShopifyReturnsTrigger.node';
import { RESOURCES as SHOPIFY } from '../../nodes/ShopifyReturns/registry';

const PROJECT = path.join(__dirname, '../..');
const NODES: Array<{ file: string; node: INodeType; resources: Readonly<Record<string, { operations: Readonly<Record<string, object>> }>> | null }> = [
	{ file: 'ReturnGo/ReturnGo', node: new ReturnGo(), resources: RETURNGO },
	{ file: 'ReturnGo/ReturnGoPollingTrigger', node: new ReturnGoPollingTrigger(), resources: null },
	{ file: 'ReturnGo/ReturnGoTrigger', node: new ReturnGoTrigger(), resources: null },
	{ file: 'ReturnsReconciliation/ReturnsReconciliation', node: new ReturnsReconciliation(), resources: RECONCILIATION },
	{ file: 'ShopifyReturns/ShopifyReturns', node: new ShopifyReturns(), resources: SHOPIFY },
	{ file: 'ShopifyReturns/ShopifyReturnsTrigger', node: new ShopifyReturnsTrigger(), resources: null },
];

it('looks at every node of the package', () => {
	expect(NODES.map(({ file }) => `nodes/${file}.node.ts`).sort()).toEqual(globSync('nodes/*/*.node.ts', { cwd: PROJECT }).sort());
});

describe.each(NODES)('$file', ({ file, node, resources }) => {
	const { description, methods } = node;
	const all = allProperties(description.properties);

	it('has icons for light and dark, a subtitle, and a codex with categories and links', () => {
		const icon = description.icon as { light: string; dark: string };
		for (const shade of [icon.light, icon.dark]) expect(existsSync(path.join(PROJECT, 'nodes', path.dirname(file), shade.replace('file:', '')))).toBe(true);
		expect(typeof description.subtitle === 'string' && description.subtitle !== '').toBe(true);
		const codex = JSON.parse(readFileSync(path.join(PROJECT, `nodes/${file}.node.json`), 'utf8')) as { categories: string[]; resources: Record<string, Array<{ url: string }>> };
		expect(codex.categories.length).toBeGreaterThan(0);
		expect(Object.values(codex.resources).flat().every(({ url }) => URL.canParse(url))).toBe(true);
	});

	it('is a tool only where it is no trigger', () => {
		expect(description.usableAsTool === true).toBe(!description.group.includes('trigger'));
	});

	it('has no word in its texts that n8n’s rules keep out', () => {
		const texts = all.flatMap((property) => textsOf(property));
		expect(texts.length).toBeGreaterThan(0);
		expect([description.displayName, description.description, ...texts].filter((text) => /\b(errors?|problems?|failures?|mistakes?)\b/i.test(text))).toEqual([]);
	});

	it('begins every yes or no with "Whether"', () => {
		expect(all.filter(({ type, description: text }) => type === 'boolean' && text?.startsWith('Whether') !== true).map(({ name }) => name)).toEqual([]);
	});

	it('offers a list first wherever something is chosen, and has the search behind it', () => {
		for (const { name, modes = [] } of all.filter(({ type }) => type === 'resourceLocator')) {
			const [firstMode] = modes;
			expect([name, firstMode?.type]).toEqual([name, 'list']);
			const search = firstMode?.typeOptions?.searchListMethod ?? '';
			expect([name, typeof methods?.listSearch?.[search]]).toEqual([name, 'function']);
		}
	});

	it('has a Limit beside every Return All', () => {
		const shownFor = ({ displayOptions }: INodeProperties) => JSON.stringify([displayOptions?.show?.resource, displayOptions?.show?.operation]);
		const limits = description.properties.filter(({ name }) => name === 'limit' || name === 'maximumCalls').map(shownFor);
		for (const property of description.properties.filter(({ name }) => name === 'returnAll')) expect(limits).toContain(shownFor(property));
	});

	it('reads parameters item by item', () => {
		if (resources === null) return;
		const folder = path.dirname(file);
		const sources = globSync(`nodes/${folder}/**/*.ts`, { cwd: PROJECT }).filter((source) => !/Trigger\.node|trigger\/|polling\//.test(source));
		const readsFirst = sources.filter((source) => /getNodeParameter\('\w+', 0[,)]/.test(readFileSync(path.join(PROJECT, source), 'utf8')));
		expect(readsFirst).toEqual([]);
	});

	if (resources === null) return;

	it('names every operation that there is, each with an action text and a description, in order', () => {
		const chosen = description.properties.filter(({ name }) => name === 'operation');
		const named = chosen.flatMap((property) => optionsOf(property).map(({ value }) => `${String(property.displayOptions?.show?.resource?.[0])}.${String(value)}`));
		const registered = Object.entries(resources).flatMap(([resource, { operations }]) => Object.keys(operations).map((operation) => `${resource}.${operation}`));
		expect(named.sort()).toEqual(registered.sort());
		for (const property of chosen) {
			const options = optionsOf(property);
			expect(options.map(({ name }) => name)).toEqual(options.map(({ name }) => name).sort());
			for (const { name, action = '', description: text = '' } of options) {
				expect([name, action !== '', text !== '', / (errors?|problems?) /i.test(action)]).toEqual([name, true, true, false]);
				expect(action.charAt(0)).toBe(action.charAt(0).toUpperCase());
				expect(name).toBe(titleCase(name));
			}
		}
	});

	it('shows no parameter for an operation that does not exist', () => {
		for (const { name, displayOptions } of description.properties) {
			const [resource] = (displayOptions?.show?.resource ?? []) as string[];
			for (const operation of (displayOptions?.show?.operation ?? []) as string[]) {
				if (resource !== undefined) expect([name, resource, operation, Object.hasOwn(resources[resource]?.operations ?? {}, operation)]).toEqual([name, resource, operation, true]);
			}
		}
	});

	it('lets an agent write only where somebody has allowed it', () => {
		const writes = Object.values(resources).flatMap(({ operations }) => Object.values(operations)).filter((operation) => 'isWrite' in operation && operation.isWrite === true);
		const allow = description.properties.find(({ name }) => name === 'allowAsTool');
		if (writes.length === 0) return;
		expect([allow?.type, allow?.default]).toEqual(['boolean', false]);
	});
});

const WRITING: Array<[string, INodeType, Readonly<Record<string, { operations: Readonly<Record<string, { isWrite: boolean }>> }>>]> = [
	['ReturnGO', new ReturnGo(), RETURNGO],
	['Shopify Returns', new ShopifyReturns(), SHOPIFY],
];

it.each(WRITING)('can rehearse every write of the %s node, and nothing that only reads', (_name, { description: { properties } }, resources) => {
	for (const [resource, { operations }] of Object.entries(resources)) {
		for (const [operation, { isWrite }] of Object.entries(operations)) {
			const options = properties.find(({ name, displayOptions }) => name === 'options' && displayOptions?.show?.resource?.[0] === resource && displayOptions.show.operation?.[0] === operation);
			const dryRun = (options?.options ?? []).filter((option) => option.name === 'dryRun');
			expect([resource, operation, dryRun]).toEqual([resource, operation, isWrite ? [dryRunOption] : []]);
		}
	}
});

function allProperties(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [property, ...nestedOf(property)]);
}

function nestedOf(property: INodeProperties): INodeProperties[] {
	if (property.type !== 'collection' && property.type !== 'fixedCollection') return [];
	return (property.options ?? []).flatMap((option) => ('values' in option ? allProperties((option as INodePropertyCollection).values) : allProperties([option as INodeProperties])));
}

function optionsOf(property: INodeProperties): INodePropertyOptions[] {
	return (property.options ?? []).filter((option): option is INodePropertyOptions => 'value' in option);
}

function textsOf(property: INodeProperties): string[] {
	const own = [property.displayName, property.description, property.placeholder, property.hint];
	const choices = property.type === 'options' || property.type === 'multiOptions' ? optionsOf(property).flatMap(({ name, action, description }) => [name, action, description]) : [];
	return [...own, ...choices].filter((text): text is string => typeof text === 'string');
}

/** Small words stay small inside a name. */
function titleCase(name: string): string {
	const small = ['a', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to'];
	return name
		.split(' ')
		.map((word, index) => (index > 0 && small.includes(word.toLowerCase()) ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
		.join(' ');
}
