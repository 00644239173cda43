/** What starts a workflow, in words for people. */
import type { INode } from 'n8n-workflow';

/** Null for a node that starts nothing. */
export function startOf({ type, parameters }: INode): string | null {
	switch (type.split('.').pop()) {
		case 'returnGoTrigger':
			return `ReturnGO tells: ${listed(parameters.events)}`;
		case 'returnGoPollingTrigger':
			return `looking at ReturnGO regularly: ${listed(parameters.events)}`;
		case 'shopifyReturnsTrigger':
			return `Shopify tells: ${listed(parameters.topics)}`;
		case 'scheduleTrigger':
			return schedule(parameters.rule);
		case 'webhook':
			return `a call of the webhook “${String(parameters.path)}”`;
		case 'formTrigger':
			return `a person, by the form “${String(parameters.formTitle)}”`;
		case 'executeWorkflowTrigger':
			return 'another workflow';
		case 'errorTrigger':
			return 'a run of another workflow that did not end well';
		case 'manualTrigger':
			return 'a person, in the editor';
		default:
			return null;
	}
}

function listed(names: unknown): string {
	return (Array.isArray(names) ? names : []).map((name) => String(name).toLowerCase().replace(/_/g, ' ').replace(/\brma\b/g, 'RMA')).join(', ');
}

/** The parts of n8n's schedule rule that the templates use; anything else is the schedule that the node shows. */
function schedule(rule: unknown): string {
	const intervals = (rule as { interval?: Array<Record<string, unknown>> } | undefined)?.interval ?? [];
	return `a schedule: ${intervals.map(interval).join(' and ') || 'see the node'}`;
}

function interval(given: Record<string, unknown>): string {
	const field = String(given.field ?? 'days');
	if (field === 'cronExpression') return `cron \`${String(given.expression)}\``;
	const every = Number(given[`${field}Interval`] ?? 1);
	const at = given.triggerAtHour === undefined ? '' : ` at ${String(given.triggerAtHour).padStart(2, '0')}:${String(given.triggerAtMinute ?? 0).padStart(2, '0')}`;
	return `every ${every === 1 ? field.replace(/s$/, '') : `${every} ${field}`}${at}`;
}
