/**
 * Puts a polling trigger through its life. What n8n does around a poll is done here and no more: static data is kept in memory from poll to poll and
 * stored when the workflow is published and whenever a poll starts an execution, so that a crash goes back to what was stored last.
 */
import './environment';
import { PollContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { prepareNode, type NodeSetup, type PreparedNode } from './workflow';

export interface TestPoller {
	/** What n8n would find in its database after a crash. */
	readonly stored: IDataObject;
	/** One poll: its items, or none when it would start no execution. */
	poll(): Promise<INodeExecutionData[]>;
	/** Publishing the workflow, or starting n8n: one poll, after which static data is stored. */
	activate(): Promise<INodeExecutionData[]>;
	/** A poll in the editor. */
	test(): Promise<INodeExecutionData[]>;
	/** n8n dies and starts again: with what was stored, and with other parameters or credentials if given. Does not poll. */
	restart(changes?: Partial<NodeSetup>): void;
	/** What the poll returned never became an execution: n8n died before it stored anything. */
	loseNext(): void;
}

export function startPolling(setup: NodeSetup): TestPoller {
	let current = setup;
	let stored: IDataObject = structuredClone(setup.staticData ?? {});
	let prepared: PreparedNode = prepareNode({ mode: 'trigger', ...current, staticData: structuredClone(stored) });
	let isLost = false;
	const restart = (changes: Partial<NodeSetup> = {}) => {
		current = { ...current, ...changes };
		prepared = prepareNode({ mode: 'trigger', ...current, staticData: structuredClone(stored) });
	};
	const store = () => {
		stored = JSON.parse(JSON.stringify(prepared.workflow.staticData)) as IDataObject;
	};
	const run = async (mode: 'trigger' | 'manual'): Promise<INodeExecutionData[] | null> => {
		const { nodeType, workflow, node, additionalData } = prepared;
		if (nodeType.poll === undefined) throw new Error('The node does not poll');
		const outputs = await nodeType.poll.call(new PollContext(workflow, node, additionalData, mode, mode === 'manual' ? 'manual' : 'activate'));
		return outputs === null ? null : outputs.flat();
	};
	return {
		get stored() {
			return stored;
		},
		poll: async () => {
			const items = await run('trigger');
			if (isLost) {
				isLost = false;
				restart();
				return [];
			}
			if (items !== null) store();
			return items ?? [];
		},
		activate: async () => {
			const items = await run('trigger');
			store();
			return items ?? [];
		},
		test: async () => (await run('manual')) ?? [],
		restart,
		loseNext: () => {
			isLost = true;
		},
	};
}
