/** The shipped templates keep every rule of the checker, and the checker finds each kind of breach. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import { installedNodeTypes, ownNodes, type OwnNodes } from '../../scripts/templates/nodeTypes';
import { unknownParameters } from '../../scripts/templates/parameters';
import { breaches } from '../../scripts/templates/rules';
import { readTemplates, toTemplate, type Template } from '../../scripts/templates/template';

const templates = readTemplates();
const isOurs = (type: string) => !type.startsWith('n8n-nodes-base.');
let own: OwnNodes;
beforeAll(async () => {
	own = await ownNodes();
});

it('there are templates to look at', () => {
	expect(templates.length).toBeGreaterThanOrEqual(2);
});

it.each(templates.map((template) => [template.file, template] as const))('%s keeps the rules, and asks our nodes only for what they have', (_file, template) => {
	expect([...breaches(template, own), ...unknownParameters(template, own.types, isOurs)]).toEqual([]);
});

const REFUND = templates.find(({ file }) => file === 'post-the-refund-after-inspection') as Template;

interface Draft {
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string; type: string; index: number }>> }>;
	pinData: Record<string, unknown>;
	settings: Record<string, unknown>;
	meta: Record<string, unknown>;
}

/** The refund template with one thing changed for the worse. */
function spoilt(change: (draft: Draft, node: (name: string) => INode) => void, guide = `## Post the refund after inspection\n${REFUND.guide ?? ''}`): Template {
	const draft = JSON.parse(REFUND.text) as Draft;
	change(draft, (name) => {
		const found = draft.nodes.find((candidate) => candidate.name === name);
		if (found === undefined) throw new Error(`The template has no node ${name}.`);
		return found;
	});
	return toTemplate(REFUND.file, JSON.stringify(draft), guide);
}

const options = (node: INode) => node.parameters.options as Record<string, unknown>;

describe('the checker', () => {
	it.each<[string, RegExp, (draft: Draft, node: (name: string) => INode) => void]>([
		['an overview that is gone', /0 overview notes/, (draft) => { draft.nodes = draft.nodes.filter(({ name }) => name !== 'Overview'); }],
		['an overview that says nothing about the set-up', /How it works/, (_draft, node) => { node('Overview').parameters.content = 'word '.repeat(150); }],
		['a section note that is an essay', /50 words or more/, (_draft, node) => { node('Section: settle').parameters.content = 'word '.repeat(60); }],
		['a name that says nothing', /does not say/, (draft, node) => { node('Wait for the parcel').name = 'No Operation'; draft.connections['Has the parcel arrived?'] = { main: [[{ node: 'Restock in the same step?', type: 'main', index: 0 }], [{ node: 'No Operation', type: 'main', index: 0 }]] }; }],
		['two nodes of one name', /two nodes are called/, (_draft, node) => { node('Wait for the parcel').name = 'Another resolution'; }],
		['nodes on top of each other', /overlap/, (_draft, node) => { node('Read the RMA').position = [470, 270]; }],
		['a node outside all sections', /lies in no section/, (_draft, node) => { node('Read the RMA').position = [460, 4000]; }],
		['the id of a credential', /id of a credential/, (_draft, node) => { node('Post the refund').credentials = { shopifyReturnsApi: { id: '7', name: 'Mine' } }; }],
		['a webhook id', /webhook id/, (_draft, node) => { node('When a return changes in ReturnGO').webhookId = 'b7c1'; }],
		['pinned data', /pinned data/, (draft) => { draft.pinData = { Settings: [{}] }; }],
		['somebody’s error workflow', /error workflow/, (draft) => { draft.settings.errorWorkflow = '12'; }],
		['the id of an n8n', /id of an n8n/, (draft) => { draft.meta.instanceId = 'abc'; }],
		['a shop’s address', /address of a shop/, (_draft, node) => { options(node('Post the refund')).maximumAmount = 'acme.myshopify.com'; }],
		['a setting that nothing reads', /nothing reads the setting unused/, (_draft, node) => { (node('Settings').parameters.assignments as { assignments: object[] }).assignments.push({ id: 'x', name: 'unused', value: '', type: 'string' }); }],
		['a setting that nobody explains', /guide does not explain the setting unused/, (_draft, node) => { (node('Settings').parameters.assignments as { assignments: object[] }).assignments.push({ id: 'x', name: 'unused', value: '', type: 'string' }); }],
		['a trigger that passes Settings by', /does not lead to Settings/, (draft) => { draft.connections['When a return changes in ReturnGO'] = { main: [[{ node: 'Was the RMA read?', type: 'main', index: 0 }]] }; }],
		['a connection to nowhere', /leads to “Nowhere”/, (draft) => { draft.connections['Done just now?'] = { main: [[{ node: 'Nowhere', type: 'main', index: 0 }]] }; }],
		['a node that nothing leads to', /nothing leads to “Tell ReturnGO”/, (draft) => { draft.connections['Done just now?'] = { main: [[]] }; }],
		['an expression about a node that is not there', /asks “Gone”/, (_draft, node) => { options(node('Post the refund')).maximumAmount = "={{ $('Gone').first().json.amount }}"; }],
		['a settlement whose exceptions nobody looks at', /nobody looks/, (draft) => { draft.connections['Post the refund'] = { main: [[{ node: 'Done just now?', type: 'main', index: 0 }]] }; }],
		['a settlement whose results nobody looks at', /on Settled/, (draft) => { draft.connections['Post the refund']?.main.splice(0, 1, []); }],
		['a settlement that stops the workflow', /does not put out on Needs Attention/, (_draft, node) => { delete node('Post the refund').onError; }],
		['a write-back whose refusal is swallowed', /as if nothing had happened/, (_draft, node) => { node('Tell ReturnGO').onError = 'continueRegularOutput'; }],
		['a write that no decision leads to', /without a decision/, (draft) => { draft.connections.Settings?.main[0]?.push({ node: 'Tell ReturnGO', type: 'main', index: 0 }); }],
		['a parameter that does not exist', /there is no parameter options\.everything/, (_draft, node) => { options(node('Post the refund')).everything = true; }],
		['a parameter of another operation', /locationId is not there/, (_draft, node) => { node('Post the refund').parameters.locationId = { __rl: true, mode: 'id', value: '1' }; }],
		['a choice that does not exist', /inspectionSource has no choice guessing/, (_draft, node) => { node('Post the refund').parameters.inspectionSource = 'guessing'; }],
		['a mode that does not exist', /has no mode name/, (_draft, node) => { node('Refund and restock').parameters.locationId = { __rl: true, mode: 'name', value: 'x' }; }],
		['a version that does not exist', /has no version 9/, (_draft, node) => { node('Post the refund').typeVersion = 9; }],
		['a node type that does not exist', /no node type n8n-nodes-returngo-shopify\.shopifyRefunds/, (_draft, node) => { node('Post the refund').type = 'n8n-nodes-returngo-shopify.shopifyRefunds'; }],
	])('finds %s', (_what, expected, change) => {
		const template = spoilt(change);
		expect([...breaches(template, own), ...unknownParameters(template, own.types, isOurs)].join('\n')).toMatch(expected);
	});

	describe('a switch that asks the settings', () => {
		const CREDIT = templates.find(({ file }) => file === 'issue-store-credit') as Template;
		const spoiltCredit = (change: (draft: Draft, form: INode) => void): string => {
			const draft = JSON.parse(CREDIT.text) as Draft;
			change(draft, draft.nodes.find(({ name }) => name === 'Credit in which form?') as INode);
			return breaches(toTemplate(CREDIT.file, JSON.stringify(draft), `## Issue store credit\n${CREDIT.guide ?? ''}`), own).join('\n');
		};
		const FOUND = /“Credit in which form\?” asks the settings, and leads nowhere when none of its rules fits/;

		it('finds one without a way for what none of its rules fits', () => {
			expect(spoiltCredit((_draft, form) => { form.parameters.options = {}; })).toMatch(FOUND);
		});

		it('finds one whose way leads nowhere', () => {
			expect(spoiltCredit((draft) => { draft.connections['Credit in which form?']?.main.splice(3, 1); })).toMatch(FOUND);
		});

		it('takes one that goes on by one of its rules', () => {
			expect(spoiltCredit((_draft, form) => { form.parameters.options = { fallbackOutput: 0 }; })).not.toMatch(FOUND);
		});
	});

	it('finds a template that the guide does not know', () => {
		expect(breaches(spoilt(() => undefined, '# Templates'), own)).toContain('the guide has no part “## Post the refund after inspection”');
	});

	it('finds a template that the guide does not show', () => {
		const guide = `## Post the refund after inspection\n${(REFUND.guide ?? '').replace(/!\[.*/g, '')}`;
		expect(breaches(spoilt(() => undefined, guide), own)).toContain('the guide does not show docs/images/post-the-refund-after-inspection.png');
	});

	it('finds a picture in the guide that is not there', () => {
		const guide = `## Post the refund after inspection\n![In the editor](../docs/images/nowhere.png)\n${REFUND.guide ?? ''}`;
		expect(breaches(spoilt(() => undefined, guide), own)).toContain('the guide shows docs/images/nowhere.png, which is not there');
	});

	it('looks at the nodes of n8n as at ours, inside lists and groups too', () => {
		const directory = mkdtempSync(path.join(os.tmpdir(), 'node-types-'));
		const types = path.join(directory, 'node_modules', 'n8n-nodes-base', 'dist', 'types');
		mkdirSync(types, { recursive: true });
		const group = { name: 'values', displayName: 'Values', values: [{ displayName: 'Kind', name: 'kind', type: 'options', default: 'a', options: [{ name: 'A', value: 'a' }] }] };
		writeFileSync(path.join(types, 'nodes.json'), JSON.stringify([{ name: 'noOp', version: [1, 2], properties: [{ displayName: 'Rules', name: 'rules', type: 'fixedCollection', default: {}, options: [group] }] }]));
		const template = spoilt((_draft, node) => {
			node('Wait for the parcel').parameters = { rules: { values: [{ kind: 'a' }, { kind: 'b' }, { other: 1 }], more: [] } };
		});
		const found = unknownParameters(template, installedNodeTypes(directory), (type) => type === 'n8n-nodes-base.noOp');
		rmSync(directory, { recursive: true });
		expect(found).toEqual(['“Wait for the parcel”: rules.values.kind has no choice b', '“Wait for the parcel”: there is no parameter rules.values.other', '“Wait for the parcel”: there is no group rules.more']);
	});
});
