/** Templates that run on a schedule: imported as shipped, with the schedule shortened, and run in production as often as a scenario wants. */
import type { N8nHost, WorkflowFile } from '../../../scripts/host/n8n';
import type { E2e, Execution, StoredWorkflow, TemplateOptions } from '.';

const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
const EVERY_SECONDS = 10;
const STARTED_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 150_000;
const BETWEEN_LOOKS_MS = 200;

/** Imports the template with a schedule of a few seconds; it runs only while `runOnce` has it published. */
export async function importScheduled(e2e: E2e, name: string, options: TemplateOptions = {}): Promise<StoredWorkflow> {
	return await e2e.importDraft(name, { ...options, patch: everyFewSeconds });
}

/**
 * One run in production: n8n keeps what a workflow remembers only there, not when it is started in the editor. Resolves with the execution, whether it
 * succeeded or not.
 */
export async function runOnce({ n8n }: E2e, { id }: StoredWorkflow): Promise<Execution> {
	const before = new Set((await n8n.executions(id)).map((execution) => execution.id));
	await n8n.publish(id);
	const started = await firstOther(n8n, id, before);
	await n8n.unpublish(id);
	return await n8n.waitForExecution(id, (execution) => execution.id === started, ENDED_WITHIN_MS);
}

async function firstOther(n8n: N8nHost, workflowId: string, known: ReadonlySet<string>): Promise<string> {
	const deadline = Date.now() + STARTED_WITHIN_MS;
	for (;;) {
		const execution = (await n8n.executions(workflowId)).reverse().find(({ id }) => !known.has(id));
		if (execution !== undefined) return execution.id;
		if (Date.now() > deadline) throw new Error(`The schedule of workflow ${workflowId} started nothing within ${STARTED_WITHIN_MS / 1000} s.`);
		await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
	}
}

function everyFewSeconds(file: WorkflowFile): WorkflowFile {
	const rule = { interval: [{ field: 'seconds', secondsInterval: EVERY_SECONDS }] };
	const schedules = file.nodes.filter(({ type }) => type === SCHEDULE);
	if (schedules.length !== 1) throw new Error(`"${file.name}" has ${schedules.length} schedules instead of one.`);
	return { ...file, nodes: file.nodes.map((node) => (node.type === SCHEDULE ? { ...node, parameters: { rule } } : node)) };
}
