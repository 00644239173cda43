/**
 * What n8n's template library, and a consultant who imports a template, look for: notes, names, places, settings, nobody's data, and a guard before
 * everything that changes something.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { OwnNodes } from './nodeTypes';
import { allTargetsOf, notes, SETTINGS_NODE, targetsOf, TEMPLATES_FOLDER, workingNodes, type Template } from './template';

const FEWEST_NODES = 4;
const MOST_NODES = 21;
const OVERVIEW_WORDS = { fewest: 100, most: 300 };
const NOTE_WORDS = 50;
/** A node is 96 points wide and high, with its name below. */
const NODE_SIZE = 96;
const ROOM = { x: 160, y: 140 };
const DECISIONS = ['n8n-nodes-base.if', 'n8n-nodes-base.switch', 'n8n-nodes-base.filter'];
const GENERIC_NAME = /^(IF|If|Switch|Set|Edit Fields|HTTP Request|Wait|No Operation|No Operation, do nothing|Filter|Merge|Code|Split Out|Stop and Error|Schedule Trigger|Webhook|Execute Workflow|ReturnGO|ReturnGO Trigger|Shopify Returns|Shopify Returns Trigger)\d*$/;
const SOMEBODYS_DATA: ReadonlyArray<readonly [RegExp, string]> = [
	[/gid:\/\/shopify\/\w+\/\d/, 'an id of a shop'],
	[/[\w-]+\.myshopify\.com/, 'the address of a shop'],
	[/[\w.]@[\w-]+\.\w/, 'an e-mail address'],
	[/shp(at|ss|ca|pa)_|hooks\.slack\.com\/services\/\w|xox[bp]-/, 'a secret'],
];

export const RULES: ReadonlyArray<(template: Template, own: OwnNodes) => string[]> = [
	describesItself,
	canBeTakenIn,
	laysItsNodesOut,
	carriesNobodysData,
	beginsWithSettings,
	isInTheGuide,
	connectsWhatItHas,
	handlesWhatAWriteAnswers,
	decidesBeforeItWrites,
	goesOnWithUnknownSettings,
];

/** One sentence per breach of a rule. */
export function breaches(template: Template, own: OwnNodes): string[] {
	return RULES.flatMap((rule) => rule(template, own));
}

function describesItself(template: Template): string[] {
	const findings: string[] = [];
	const overviews = notes(template).filter((note) => note.parameters.color === undefined);
	const sections = notes(template).filter((note) => note.parameters.color !== undefined);
	if (overviews.length !== 1) findings.push(`has ${overviews.length} overview notes (notes without a colour) instead of one`);
	for (const { parameters } of overviews) {
		const text = String(parameters.content);
		if (!/### How it works[\s\S]*### Setup/.test(text)) findings.push('the overview has no parts “How it works” and “Setup”');
		const count = wordsIn(text);
		if (count < OVERVIEW_WORDS.fewest || count > OVERVIEW_WORDS.most) findings.push(`the overview has ${count} words; ${OVERVIEW_WORDS.fewest} to ${OVERVIEW_WORDS.most} are good`);
		if (!/error workflow/i.test(text)) findings.push('the overview does not say that an error workflow has to be chosen');
	}
	if (sections.length === 0) findings.push('has no note for a section');
	for (const { name, parameters } of sections) if (wordsIn(parameters.content) >= NOTE_WORDS) findings.push(`the note “${name}” has ${NOTE_WORDS} words or more`);
	return findings;
}

function canBeTakenIn(template: Template): string[] {
	const names = template.workflow.nodes.map((node) => node.name);
	const working = workingNodes(template);
	return [
		...(working.length < FEWEST_NODES || working.length > MOST_NODES ? [`has ${working.length} nodes; ${FEWEST_NODES} to ${MOST_NODES} can be taken in`] : []),
		...working.filter(({ name }) => GENERIC_NAME.test(name)).map(({ name }) => `the name “${name}” does not say what the node does`),
		...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two nodes are called “${name}”`),
	];
}

function laysItsNodesOut(template: Template): string[] {
	const findings: string[] = [];
	const working = workingNodes(template);
	for (const [index, left] of working.entries()) {
		for (const right of working.slice(index + 1)) {
			if (Math.abs(left.position[0] - right.position[0]) < ROOM.x && Math.abs(left.position[1] - right.position[1]) < ROOM.y) findings.push(`“${left.name}” and “${right.name}” overlap`);
		}
	}
	const [sections, overviews] = [notes(template).filter((note) => note.parameters.color !== undefined), notes(template).filter((note) => note.parameters.color === undefined)];
	for (const node of working) {
		const box = boxOf(node);
		if (!sections.some((section) => contains(boxOf(section), box))) findings.push(`“${node.name}” lies in no section`);
		if (overviews.some((overview) => meet(boxOf(overview), box))) findings.push(`“${node.name}” lies on the overview`);
	}
	const all = [...sections, ...overviews];
	for (const [index, left] of all.entries()) {
		for (const right of all.slice(index + 1)) if (meet(boxOf(left), boxOf(right))) findings.push(`the notes “${left.name}” and “${right.name}” overlap`);
	}
	return findings;
}

function carriesNobodysData({ workflow, text }: Template): string[] {
	const { pinData, settings, meta } = workflow;
	return [
		...workflow.nodes.flatMap((node) => [
			...Object.values(node.credentials ?? {}).filter(({ id }) => id !== '').map(() => `“${node.name}” carries the id of a credential`),
			...(node.webhookId === undefined ? [] : [`“${node.name}” carries a webhook id`]),
		]),
		...(Object.keys(pinData ?? {}).length > 0 ? ['carries pinned data'] : []),
		...(settings?.errorWorkflow === undefined ? [] : ['names somebody’s error workflow']),
		...(meta?.instanceId === undefined ? [] : ['carries the id of an n8n']),
		...SOMEBODYS_DATA.filter(([pattern]) => pattern.test(text)).map(([, what]) => `carries ${what}`),
	];
}

function beginsWithSettings(template: Template): string[] {
	const triggers = startsOf(template);
	const names = settingsOf(template);
	return [
		...(triggers.length === 0 ? ['has no trigger'] : []),
		...triggers.filter(({ name }) => targetsOf(template, name, 0).join() !== SETTINGS_NODE).map(({ name }) => `“${name}” does not lead to Settings`),
		...(names.length === 0 ? ['has no settings'] : []),
		...names.filter((name) => !template.text.includes(`.json.${name}`)).map((name) => `nothing reads the setting ${name}`),
	];
}

function isInTheGuide(template: Template): string[] {
	const { guide, workflow } = template;
	if (guide === null) return [`the guide has no part “## ${workflow.name}”`];
	const pictures = [...guide.matchAll(/\]\(\.\.\/(docs\/images\/[^)]+)\)/g)].map((match) => match[1] ?? '');
	return [
		...settingsOf(template).filter((name) => !guide.includes(`\`${name}\``)).map((name) => `the guide does not explain the setting ${name}`),
		...(pictures.includes(`docs/images/${template.file}.png`) ? [] : [`the guide does not show docs/images/${template.file}.png`]),
		...pictures.filter((picture) => !existsSync(path.join(TEMPLATES_FOLDER, '..', picture))).map((picture) => `the guide shows ${picture}, which is not there`),
	];
}

function connectsWhatItHas(template: Template): string[] {
	const names = new Set(workingNodes(template).map(({ name }) => name));
	const reached = reachedFrom(template, startsOf(template), () => false);
	const mentioned = [...template.text.matchAll(/\$\('((?:[^'\\]|\\.)+)'\)/g)].map((match) => match[1] ?? '');
	return [
		...Object.keys(template.workflow.connections).filter((name) => !names.has(name)).map((name) => `connects “${name}”, which it does not have`),
		...[...names].flatMap((name) => allTargetsOf(template, name).filter((target) => !names.has(target))).map((name) => `leads to “${name}”, which it does not have`),
		...[...names].filter((name) => !reached.has(name)).map((name) => `nothing leads to “${name}”`),
		...[...new Set(mentioned)].filter((name) => !names.has(name)).map((name) => `an expression asks “${name}”, which it does not have`),
	];
}

function handlesWhatAWriteAnswers(template: Template, own: OwnNodes): string[] {
	return workingNodes(template)
		.filter(own.isWrite)
		.flatMap((node) => {
			if (hasNeedsAttention(node)) {
				const findings = node.onError === 'continueRegularOutput' ? [] : [`“${node.name}” does not put out on Needs Attention what a service refuses`];
				if (targetsOf(template, node.name, 1).length === 0) findings.push(`nobody looks at what comes out of “${node.name}” on Needs Attention`);
				if (isSettlement(node) && targetsOf(template, node.name, 0).length === 0) findings.push(`nobody looks at what comes out of “${node.name}” on Settled`);
				return findings;
			}
			if (node.onError === 'continueRegularOutput') return [`“${node.name}” goes on as if nothing had happened when the service refuses`];
			return node.onError === 'continueErrorOutput' && targetsOf(template, node.name, 1).length === 0 ? [`nobody hears when a service refuses “${node.name}”`] : [];
		});
}

/** Settlements look at inspection, evidence and record themselves; everything else needs a decision on each way that leads to it. */
function decidesBeforeItWrites(template: Template, own: OwnNodes): string[] {
	const undecided = reachedFrom(template, startsOf(template), (node) => DECISIONS.includes(node.type) || isSettlement(node));
	return workingNodes(template)
		.filter((node) => own.isWrite(node) && !isSettlement(node) && undecided.has(node.name))
		.map(({ name }) => `“${name}” can be reached without a decision`);
}

/** A word that nobody foresaw would end in such a node, and nobody would hear of it. Settings that are numbers or switches take no other values. */
function goesOnWithUnknownSettings(template: Template): string[] {
	const words = fieldsOfSettings(template).filter(({ type }) => type === 'string');
	const asksForWords = ({ parameters }: INode) => words.some(({ name }) => new RegExp(`\\$\\('${SETTINGS_NODE}'\\)[^$]*?\\.json\\.${name}\\b`).test(JSON.stringify(parameters.rules ?? {})));
	return workingNodes(template)
		.filter((node) => node.type === 'n8n-nodes-base.switch' && asksForWords(node))
		.filter((node) => !hasConnectedFallback(template, node))
		.map(({ name }) => `“${name}” asks the settings, and leads nowhere when none of its rules fits`);
}

function hasConnectedFallback(template: Template, { name, parameters }: INode): boolean {
	const rules = (parameters.rules as { values?: unknown[] } | undefined)?.values ?? [];
	const { fallbackOutput } = (parameters.options ?? {}) as { fallbackOutput?: unknown };
	const output = fallbackOutput === 'extra' ? rules.length : Number(fallbackOutput ?? NaN);
	return Number.isInteger(output) && targetsOf(template, name, output).length > 0;
}

function isSettlement({ type, parameters }: INode): boolean {
	return type.endsWith('.shopifyReturns') && parameters.inspectionSource !== undefined;
}

function hasNeedsAttention({ type }: INode): boolean {
	return type.endsWith('.shopifyReturns');
}

/** Names of all nodes that can be reached, without going on behind those where the way ends. */
function reachedFrom(template: Template, starts: readonly INode[], isEnd: (node: INode) => boolean): Set<string> {
	const nodes = new Map(template.workflow.nodes.map((node) => [node.name, node]));
	const reached = new Set<string>();
	const waiting = starts.map(({ name }) => name);
	for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
		const node = nodes.get(name);
		if (node === undefined || reached.has(name)) continue;
		reached.add(name);
		if (!isEnd(node)) waiting.push(...allTargetsOf(template, name));
	}
	return reached;
}

/** Nodes that a run begins with. */
function startsOf(template: Template): INode[] {
	return workingNodes(template).filter(({ type }) => /Trigger$/.test(type) || type === 'n8n-nodes-base.webhook');
}

/** Names of the fields of the node Settings. */
export function settingsOf(template: Template): string[] {
	return fieldsOfSettings(template).map(({ name }) => name);
}

function fieldsOfSettings(template: Template): Array<{ name: string; type: string }> {
	const settings = workingNodes(template).find(({ name }) => name === SETTINGS_NODE)?.parameters.assignments as { assignments?: Array<{ name: string; type: string }> } | undefined;
	return settings?.assignments ?? [];
}

function wordsIn(text: unknown): number {
	return String(text).split(/\s+/).filter((word) => /\w/.test(word)).length;
}

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boxOf({ position: [left, top], parameters }: INode): Box {
	return { left, top, right: left + Number(parameters.width ?? NODE_SIZE), bottom: top + Number(parameters.height ?? NODE_SIZE) };
}

function contains(outer: Box, inner: Box): boolean {
	return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;
}

function meet(one: Box, other: Box): boolean {
	return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
