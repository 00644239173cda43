/**
 * The operations manual of one client, or of the templates as they are shipped: who executes what, what starts what, what to look at every day and
 * every week, and who owns which exception (N19). It says what the workflows' settings say, nothing else.
 */
import type { INode } from 'n8n-workflow';
import { EXCEPTIONS, type ExceptionOwner } from '../../returns/exceptions';
import type { WorkflowFile } from '../host/rest';
import type { Contacts } from './client';
import type { OwnNodes } from './nodeTypes';
import { settingsIn } from './stamping';
import { STICKY_NOTE } from './template';
import { startOf } from './starts';
import { CHECKS } from './checks';

export interface ManualOf {
	/** Null for the templates as they are shipped. */
	client: { name: string; store: string; contacts: Contacts; errorWorkflow: string | null } | null;
	workflows: readonly WorkflowFile[];
	/** What stands under the title. */
	about: string;
}

type Action = 'Refund' | 'Store credit or gift card' | 'Restock';

/** Which parameter of an operation says who executes it, and for what. */
const EXECUTED: ReadonlyArray<{ action: Action; parameter: string; operations: readonly string[] }> = [
	{ action: 'Refund', parameter: 'refundOwner', operations: ['refund.post', 'return.process'] },
	{ action: 'Store credit or gift card', parameter: 'refundOwner', operations: ['storeCredit.refund', 'storeCredit.creditAccount', 'storeCredit.createGiftCard'] },
	{ action: 'Restock', parameter: 'restockOwner', operations: ['restock.execute', 'return.process'] },
];

const OWNER_WORDS: Record<string, string> = { thisWorkflow: 'this workflow', returnGo: 'ReturnGO, by its own rules', person: 'a person' };

const TEAMS: ReadonlyArray<readonly [Exclude<ExceptionOwner, 'nobody'>, string]> = [
	['customerService', 'Customer service'],
	['warehouse', 'Warehouse'],
	['finance', 'Finance'],
	['integration', 'Integration'],
];

/** The manual as Markdown. */
export function operationsManual({ client, workflows, about }: ManualOf, own: OwnNodes): string {
	const sorted = [...workflows].sort((a, b) => (a.name < b.name ? -1 : 1));
	return [
		`# Operations manual${client === null ? '' : `: ${client.name}`}`,
		'',
		about,
		...(client === null ? [] : ['', `Store: ${client.store}. Runs that do not end well are reported by: ${client.errorWorkflow ?? 'no workflow yet; choose one in each workflow’s settings'}.`]),
		...whoExecutesWhat(sorted),
		...whatStartsWhat(sorted, own),
		...whatToLookAt(sorted),
		...whoOwnsWhat(client?.contacts ?? {}),
		...settingsOfAll(sorted),
		'',
	].join('\n');
}

function whoExecutesWhat(workflows: readonly WorkflowFile[]): string[] {
	const rows = EXECUTED.map(({ action, parameter, operations }) => {
		const said = workflows.flatMap((workflow) => {
			const owners = workflow.nodes.filter(({ parameters }) => operations.includes(`${String(parameters.resource)}.${String(parameters.operation)}`)).map((node) => valueOf(workflow, node.parameters[parameter]));
			return [...new Set(owners)].map((owner) => ({ workflow: workflow.name, owner }));
		});
		const owners = new Set(said.map(({ owner }) => owner));
		const remark = said.length === 0 ? 'No workflow here does it: decide between ReturnGO and a person.' : owners.size > 1 ? '**The workflows disagree. Let one party execute it.**' : '';
		return `| ${action} | ${said.map(({ workflow, owner }) => `${cell(workflow)}: ${OWNER_WORDS[owner] ?? `\`${owner}\``}`).join('<br>')} | ${remark} |`;
	});
	return [
		'',
		'## Who executes what',
		'',
		'Whatever stands here, a workflow looks for evidence of the others before it writes, and nothing is executed twice.',
		'',
		'| action | executed by | |',
		'|---|---|---|',
		...rows,
		'| Exchange | ReturnGO: its rule or a person releases the exchange order | |',
		'| Return request | ReturnGO | Shopify’s return is made by ReturnGO on approval and reused |',
	];
}

function whatStartsWhat(workflows: readonly WorkflowFile[], own: OwnNodes): string[] {
	return [
		'',
		'## What starts what',
		'',
		'| workflow | started by | changes |',
		'|---|---|---|',
		...workflows.map((workflow) => `| ${cell(workflow.name)} | ${workflow.nodes.flatMap((node) => startOf(node) ?? []).map(cell).join('<br>')} | ${changesOf(workflow, own).map(cell).join('<br>') || 'nothing'} |`),
	];
}

/** What a workflow changes: operations of this package's nodes by their names in the editor, and calls of other systems by the name of the node. */
function changesOf({ nodes }: WorkflowFile, own: OwnNodes): string[] {
	const changes = nodes.filter(({ type }) => type !== STICKY_NOTE).flatMap((node) => {
		if (own.isWrite(node)) return [operationName(node, own)];
		return /\.(httpRequest|emailSend|slack|gmail)$/.test(node.type) ? [`other systems: “${node.name}”`] : [];
	});
	return [...new Set(changes)].sort();
}

function operationName({ type, parameters }: INode, own: OwnNodes): string {
	const description = own.types.find(({ name }) => name === type);
	const named = (parameter: string, value: unknown) =>
		(description?.properties ?? [])
			.filter((property) => property.name === parameter && (parameter === 'resource' || (property.displayOptions?.show?.resource ?? []).includes(String(parameters.resource))))
			.flatMap(({ options }) => options ?? [])
			.find((option) => 'value' in option && option.value === value)?.name ?? String(value);
	return `${description?.displayName ?? type}: ${named('resource', parameters.resource)} → ${named('operation', parameters.operation)}`;
}

function whatToLookAt(workflows: readonly WorkflowFile[]): string[] {
	const isThere = (name: string) => workflows.some((workflow) => workflow.name === name || workflow.name.endsWith(`: ${name}`));
	return (['day', 'week', 'month'] as const).flatMap((every) => [
		'',
		`## Every ${every}`,
		'',
		'| who | what |',
		'|---|---|',
		...CHECKS.filter((check) => check.every === every && (check.workflow === undefined || isThere(check.workflow))).map(({ who, what }) => `| ${teamName(who)} | ${what} |`),
	]);
}

function whoOwnsWhat(contacts: Contacts): string[] {
	return [
		'',
		'## Who owns which exception',
		'',
		'A code in an alert, a report or a run that was handed over belongs to the team here. Codes without a team need nobody. Meanings: see the page of all exceptions.',
		...TEAMS.flatMap(([owner, team]) => [
			'',
			`### ${team}${contacts[owner] === undefined ? '' : `: ${contacts[owner]}`}`,
			'',
			'| code | what it is | severity | next step |',
			'|---|---|---|---|',
			...Object.entries(EXCEPTIONS).filter(([, entry]) => entry.owner === owner).map(([code, { title, severity, nextStep }]) => `| \`${code}\` | ${cell(title)} | ${severity} | ${cell(nextStep)} |`),
		]),
	];
}

function settingsOfAll(workflows: readonly WorkflowFile[]): string[] {
	return [
		'',
		'## Settings',
		...workflows.flatMap((workflow) => ['', `### ${workflow.name}`, '', '| setting | value |', '|---|---|', ...settingsIn(workflow).map(({ name, value }) => `| \`${name}\` | ${value === '' ? 'empty' : `\`${cell(String(value))}\``} |`)]),
	];
}

/** What a parameter comes to: its own value, or the value of the setting that its expression reads. */
function valueOf(workflow: WorkflowFile, parameter: unknown): string {
	const setting = /^=\{\{ \$\('Settings'\)\.first\(\)\.json\.(\w+) \}\}$/.exec(String(parameter))?.[1];
	if (setting === undefined) return String(parameter);
	return String(settingsIn(workflow).find(({ name }) => name === setting)?.value ?? '');
}

function teamName(who: Exclude<ExceptionOwner, 'nobody'>): string {
	return TEAMS.find(([owner]) => owner === who)?.[1] ?? who;
}

function cell(text: string): string {
	return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
