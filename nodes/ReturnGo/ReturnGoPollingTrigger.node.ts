import type { IDataObject, INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { createReturnGoClient, CREDENTIAL_NAME, INTERACTIVE_PATIENCE, POLL_PATIENCE } from './api/client';
import { ReturnGoFailure, toNodeApiError } from './api/failure';
import { callsFor, LEAST_CALLS } from './polling/pace';
import { findNews, type Wishes } from './polling/poll';
import { copyState, startState } from './polling/state';
import { buildEvent, type EventType, type ReturnGoEvent } from './trigger/event';
import { rmaCreated, rmaStatusUpdated, shipmentCreated, shipmentStatusUpdated, transactionCreated } from './trigger/sharedEvents';

/** Polls that are running in this process: n8n may begin one before the last has ended, and both would tell the same. */
const running = new Set<string>();

/** Part of the time n8n gives a poll that may be over when a call begins. */
const TIME_SHARE = 0.7;
const USUAL_TIME_MS = 5 * 60 * 1000;

export class ReturnGoPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ReturnGO Polling Trigger',
		name: 'returnGoPollingTrigger',
		icon: { light: 'file:../../icons/returngo.svg', dark: 'file:../../icons/returngo.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when something has changed in ReturnGO, without webhooks: for an n8n that cannot be reached from the internet, or beside the ReturnGO Trigger',
		defaults: { name: 'ReturnGO Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'returnGoApi', required: true }],
		properties: [
			{
				displayName:
					'ReturnGO allows 2,000 calls a day unless agreed otherwise. A poll takes three calls, one more per 500 open RMAs, one per RMA with news, and about ten to find the RMA of a new transaction. Changes of status, refunds and payments show at the next poll; those of parcels and single inspections when the RMA is read, which goes round with the calls that are left.',
				name: 'callsNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: [
					{ name: 'Refund Created', value: 'REFUND_CREATED', description: 'A transaction that gives money or credit back was made' },
					rmaCreated,
					rmaStatusUpdated,
					{ name: 'RMA Updated', value: 'RMA_UPDATED', description: 'A unit was inspected, an exchange order was made, or a parcel was removed' },
					shipmentCreated,
					shipmentStatusUpdated,
					{ name: 'Shipment Updated', value: 'SHIPMENT_UPDATED', description: 'A parcel got another carrier or tracking number' },
					transactionCreated,
					{ name: 'Transaction Status Updated', value: 'TRANSACTION_STATUS_UPDATED', description: 'A transaction succeeded or failed; ReturnGO has no webhook for this' },
				],
				default: ['RMA_STATUS_UPDATED', 'TRANSACTION_CREATED', 'TRANSACTION_STATUS_UPDATED'],
				description: 'What to be told about. What carriers report shows in webhooks only.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Calls per Day',
						name: 'callsPerDay',
						type: 'number',
						typeOptions: { minValue: 100, maxValue: 20000 },
						default: 1000,
						description: 'How many of the day’s calls this trigger may use. They are spread over the day: polls that come too soon are left out.',
					},
					{
						displayName: 'Emit What Is There at First',
						name: 'emitExisting',
						type: 'boolean',
						default: false,
						description: 'Whether RMAs that are open when the workflow is first published start it too, as RMA Status Updated or, if that is not chosen, RMA Created. It takes one call for each.',
					},
					{
						displayName: 'Maximum Calls',
						name: 'maximumCalls',
						type: 'number',
						typeOptions: { minValue: 5, maxValue: 200 },
						default: 20,
						description: 'How many calls to ReturnGO one poll may make. What they do not suffice for is found by the next poll.',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const place = `${this.getWorkflow().id ?? ''}:${this.getNode().id}`;
		if (this.getMode() === 'manual') return toItems(await reported(this, async () => await takeSample(this)));
		if (running.has(place)) return null;
		running.add(place);
		try {
			return toItems(await reported(this, async () => await pollOnce(this)));
		} finally {
			running.delete(place);
		}
	}
}

async function pollOnce(context: IPollFunctions): Promise<ReturnGoEvent[]> {
	const begun = Date.now();
	const share = { perPoll: readNumber(context, 'maximumCalls', 'Maximum Calls', 20), perDay: readNumber(context, 'callsPerDay', 'Calls per Day', 1000) };
	const memory = context.getWorkflowStaticData('node');
	const calls = callsFor(memory.savings, share, begun);
	if (calls < LEAST_CALLS) return [];
	const client = (await createReturnGoClient(context, POLL_PATIENCE)).limitedTo(Math.floor(calls));
	const store = await storeOf(context);
	const now = new Date(begun);
	const stored = copyState(memory.state, store);
	const state = stored ?? startState(store, now);
	// Older n8n sets no time.
	const deadline = begun + (typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : USUAL_TIME_MS) * TIME_SHARE;
	try {
		const events = await findNews({ client, state, isFirst: stored === null, wishes: wishesOf(context), now, hasTime: () => Date.now() < deadline });
		// Only here: what is remembered and what is told belong together.
		memory.state = state as unknown as IDataObject;
		return events;
	} finally {
		memory.savings = { calls: calls - client.callsMade, at: begun };
	}
}

/** For the editor's test: the newest RMA as an event, without remembering anything. */
async function takeSample(context: IPollFunctions): Promise<ReturnGoEvent[]> {
	const client = await createReturnGoClient(context, INTERACTIVE_PATIENCE);
	const page = await client.listRmas({ pagesize: '1', sort_by: '-rma_created_at' }, null);
	const [newest] = page.rows;
	if (newest === undefined) return [];
	const { rma } = await client.getRma(newest.row.id);
	const [type = 'RMA_STATUS_UPDATED'] = wishesOf(context).events;
	const facts = { rmaId: rma.id, shipmentId: type.startsWith('SHIPMENT') ? (rma.shipments[0]?.id ?? null) : null, transactionId: type.startsWith('TRANSACTION') || type.startsWith('REFUND') ? (rma.transactions[0]?.id ?? null) : null, status: rma.status };
	return [buildEvent(type, facts, { rma, fetchError: null }, { eventName: type, ...facts, previousStatus: null, foundBy: 'test' }, new Date())];
}

function toItems(events: ReturnGoEvent[]): INodeExecutionData[][] | null {
	// A trigger has no input its items could be linked to.
	return events.length === 0 ? null : [events.map((event) => ({ json: event as unknown as IDataObject }))];
}

function wishesOf(context: IPollFunctions): Wishes {
	return { events: context.getNodeParameter('events') as EventType[], emitExisting: context.getNodeParameter('options.emitExisting', false) === true };
}

function readNumber(context: IPollFunctions, parameter: string, name: string, fallback: number): number {
	const value: unknown = context.getNodeParameter(`options.${parameter}`, fallback);
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= LEAST_CALLS) return value;
	throw new NodeOperationError(context.getNode(), `${name} is not a whole number of at least ${LEAST_CALLS}`, { description: 'A poll cannot do with fewer calls. Change it in the options of this node.' });
}

async function storeOf(context: IPollFunctions): Promise<string> {
	const { storeDomain } = await context.getCredentials<{ storeDomain?: unknown }>(CREDENTIAL_NAME);
	return String(storeDomain).trim().toLowerCase();
}

async function reported<Result>(context: IPollFunctions, run: () => Promise<Result>): Promise<Result> {
	return await run().catch((failure: unknown) => {
		throw failure instanceof ReturnGoFailure ? toNodeApiError(context.getNode(), failure) : failure;
	});
}
