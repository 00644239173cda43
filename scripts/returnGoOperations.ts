/** The part of docs/operations.md about ReturnGO: what each operation and trigger of the package calls there, from the lists that a test holds against real runs. */
import type { INodeTypeDescription } from 'n8n-workflow';
import { OPERATION_CALLS, TRIGGER_CALLS, type EndpointCall } from '../nodes/ReturnGo/api/access';
import { RESOURCES } from '../nodes/ReturnGo/registry';
import { RETURNGO_CALLS } from '../nodes/ReturnsReconciliation/returnGoAccess';
import { ownNodes } from './templates/nodeTypes';

/** Lines of Markdown. */
export async function returnGoSections(): Promise<string[]> {
	const { types } = await ownNodes();
	const node = (name: string) => {
		const found = types.find((type) => type.name.endsWith(`.${name}`));
		if (found === undefined) throw new Error(`The package has no node ${name}`);
		return found;
	};
	const returnGo = node('returnGo');
	const reconciliation = node('returnsReconciliation');
	return [
		'## The ReturnGO node',
		'',
		'What each operation calls at ReturnGO for one item. ReturnGO allows 2,000 calls a day unless agreed otherwise; a call that is turned away or, where it only reads, not answered is repeated, and each repetition counts. With *Dry Run* the calls that change something are left out.',
		'',
		'| operation | | as a tool | calls |',
		'|---|---|---|---|',
		...Object.entries(OPERATION_CALLS).map(([key, calls]) => {
			const [resource = '', operation = ''] = key.split('.');
			const isWrite = RESOURCES[resource]?.operations[operation]?.isWrite === true;
			return `| ${nameOf(returnGo, resource, operation)} | ${isWrite ? 'writes' : 'reads'} | ${toolOf(returnGo, isWrite)} | ${listed(calls)} |`;
		}),
		'',
		'## The ReturnGO triggers',
		'',
		'They change nothing but their own webhooks, and no trigger is a tool.',
		'',
		'| trigger | calls |',
		'|---|---|',
		...Object.entries(TRIGGER_CALLS).map(([name, calls]) => `| ${node(name).displayName} | ${listed(calls)} |`),
		'',
		'## The Returns Reconciliation node at ReturnGO',
		'',
		'It only reads, within the *ReturnGO Call Limit* where an operation has one.',
		'',
		'| operation | | as a tool | calls |',
		'|---|---|---|---|',
		...Object.entries(RETURNGO_CALLS).map(([key, calls]) => {
			const [resource = '', operation = ''] = key.split('.');
			return `| ${nameOf(reconciliation, resource, operation)} | reads | ${toolOf(reconciliation, false)} | ${listed(calls) || '–'} |`;
		}),
	];
}

function listed(calls: readonly EndpointCall[]): string {
	return calls.map(({ endpoint, times }) => `\`${endpoint}\`: ${times}`).join('<br>');
}

function toolOf({ usableAsTool }: INodeTypeDescription, isWrite: boolean): string {
	if (!usableAsTool) return 'no';
	return isWrite ? 'with *Allow as Tool*' : 'yes';
}

/** As the editor shows it. */
function nameOf({ properties }: INodeTypeDescription, resource: string, operation: string): string {
	const chosen = (parameter: string, value: string) => {
		const property = properties.find(({ name, displayOptions }) => name === parameter && (parameter === 'resource' || displayOptions?.show?.resource?.includes(resource) === true));
		const option = property?.options?.find((candidate) => 'value' in candidate && candidate.value === value);
		if (option === undefined) throw new Error(`The editor has no ${parameter} ${value}`);
		return option.name;
	};
	return `${chosen('resource', resource)} → ${chosen('operation', operation)}`;
}
