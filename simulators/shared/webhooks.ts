/** Sends webhooks to loopback addresses, in order per receiver, with planned misbehaviour and a record of every attempt. */

import type { Clock } from './clock';
import { HttpError, isLoopback } from './http';
import { Input } from './input';

export interface WebhookDelivery {
	/** Stable over all attempts and copies of the delivery. */
	id: string;
	topic: string;
	url: string;
	headers: Readonly<Record<string, string>>;
	/** The exact bytes to send. */
	body: string;
}

export interface WebhookAttempt extends WebhookDelivery {
	seq: number;
	/** 1 for the first try, more for the service's own retries. */
	attempt: number;
	/** 1 for the delivery itself, more for planned duplicates. */
	copy: number;
	at: string;
	/** null while under way, or when there was no answer. */
	status: number | null;
	outcome: 'delivered' | 'refused' | 'noAnswer' | 'dropped' | 'held' | 'delayed' | 'underWay';
	detail: string;
}

export interface WebhookFault {
	/** Only deliveries of this topic. */
	topic?: string;
	/** How many deliveries it hits; -1 for every one. */
	times: number;
	/** Never send it. */
	drop?: boolean;
	/** Send it this many times in all. */
	duplicate?: number;
	/** Send the copies at the same time instead of one after the other. */
	concurrent?: boolean;
	/** Send it this much later, on the simulator's clock. */
	delayMs?: number;
	/** Hold this many deliveries and send them in reverse order. */
	reorder?: number;
}

export interface WebhookOptions {
	clock: Clock;
	/** Waits before the 2nd, 3rd … attempt, on the simulator's clock; none by default: one attempt only. */
	retryDelaysMs?: readonly number[];
	/** How long the receiver may take to answer. */
	timeoutMs?: number;
	/** Called when the last attempt went unanswered or was refused. */
	onExhausted?: (delivery: WebhookDelivery) => void;
}

const KEPT = 5_000;

export class WebhookDeliverer {
	private attempts: WebhookAttempt[] = [];

	private seq = 0;

	private faults: Array<WebhookFault & { applied: number }> = [];

	private held: { deliveries: WebhookDelivery[]; wanted: number } | undefined;

	private readonly queues = new Map<string, Promise<void>>();

	private readonly underWay = new Set<Promise<void>>();

	private closed = false;

	/** Counts resets: what was planned before one is not sent after it. */
	private era = 0;

	constructor(private readonly options: WebhookOptions) {}

	/** Takes the delivery over and returns at once. */
	enqueue(delivery: WebhookDelivery): void {
		if (this.closed) return;
		if (this.held) {
			this.hold(delivery);
			return;
		}
		const fault = this.faultFor(delivery);
		if (fault?.drop) {
			this.note(delivery, 1, 1, 'dropped', 'dropped as planned');
			return;
		}
		if (fault?.reorder !== undefined && fault.reorder > 1) {
			this.held = { deliveries: [], wanted: fault.reorder };
			this.hold(delivery);
			return;
		}
		const copies = Math.max(1, fault?.duplicate ?? 1);
		const { era } = this;
		const send = () => {
			if (era === this.era && !this.closed) this.sendCopies(delivery, copies, fault?.concurrent ?? false);
		};
		if (fault?.delayMs) {
			this.note(delivery, 1, 1, 'delayed', `delayed by ${fault.delayMs} ms as planned`);
			this.options.clock.schedule(new Date(this.options.clock.now().getTime() + fault.delayMs), `webhook ${delivery.topic} to ${delivery.url}`, send);
			return;
		}
		send();
	}

	/** Sends what a reorder fault is still holding back. */
	flush(): void {
		const held = this.held;
		this.held = undefined;
		for (const delivery of (held?.deliveries ?? []).reverse()) this.sendCopies(delivery, 1, false);
	}

	/** Resolves when nothing is being sent any more (held, delayed and retried deliveries do not count). */
	async idle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	addFault(description: unknown): WebhookFault[] {
		const parsed = (Array.isArray(description) ? description : [description]).map(parseFault);
		this.faults.push(...parsed.map((fault) => ({ ...fault, applied: 0 })));
		return parsed;
	}

	listFaults(): Array<WebhookFault & { applied: number }> {
		return this.faults.map((fault) => ({ ...fault }));
	}

	clearFaults(): void {
		this.faults = [];
		this.flush();
	}

	/** Oldest first. */
	list(): WebhookAttempt[] {
		return this.attempts.map((attempt) => ({ ...attempt }));
	}

	reset(): void {
		this.era += 1;
		this.held = undefined;
		this.faults = [];
		this.attempts = [];
	}

	close(): void {
		this.closed = true;
		this.held = undefined;
	}

	private hold(delivery: WebhookDelivery): void {
		if (!this.held) return;
		this.held.deliveries.push(delivery);
		this.note(delivery, 1, 1, 'held', 'held back to be reordered');
		if (this.held.deliveries.length >= this.held.wanted) this.flush();
	}

	private faultFor(delivery: WebhookDelivery): WebhookFault | undefined {
		const fault = this.faults.find(({ topic, times, applied }) => (topic === undefined || topic === delivery.topic) && (times < 0 || applied < times));
		if (fault) fault.applied += 1;
		return fault;
	}

	private sendCopies(delivery: WebhookDelivery, copies: number, concurrent: boolean): void {
		for (let copy = 1; copy <= copies; copy += 1) {
			if (concurrent) this.track(this.attempt(delivery, 1, copy));
			else this.queue(delivery, 1, copy);
		}
	}

	/** One after the other per receiver: a slow receiver delays its own deliveries only. */
	private queue(delivery: WebhookDelivery, attempt: number, copy: number): void {
		const after = this.queues.get(delivery.url) ?? Promise.resolve();
		const work = after.then(() => this.attempt(delivery, attempt, copy));
		this.queues.set(delivery.url, work);
		this.track(work);
	}

	private track(work: Promise<void>): void {
		const tracked = work.finally(() => this.underWay.delete(tracked));
		this.underWay.add(tracked);
	}

	private async attempt(delivery: WebhookDelivery, attempt: number, copy: number): Promise<void> {
		if (this.closed) return;
		const entry = this.note(delivery, attempt, copy, 'underWay', '');
		if (!isLoopback(delivery.url)) {
			entry.outcome = 'noAnswer';
			entry.detail = 'not sent: a simulator calls loopback addresses only';
		} else {
			try {
				const response = await fetch(delivery.url, {
					method: 'POST',
					headers: { 'content-type': 'application/json', ...delivery.headers },
					body: delivery.body,
					redirect: 'manual',
					signal: AbortSignal.timeout(this.options.timeoutMs ?? 5_000),
				});
				await response.arrayBuffer();
				entry.status = response.status;
				entry.outcome = response.ok ? 'delivered' : 'refused';
			} catch (error) {
				entry.outcome = 'noAnswer';
				entry.detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
			}
		}
		if (entry.outcome !== 'delivered') this.retryLater(delivery, attempt, copy);
	}

	private retryLater(delivery: WebhookDelivery, attempt: number, copy: number): void {
		const wait = this.options.retryDelaysMs?.[attempt - 1];
		if (wait === undefined) {
			this.options.onExhausted?.(delivery);
			return;
		}
		const { era } = this;
		this.options.clock.schedule(new Date(this.options.clock.now().getTime() + wait), `webhook ${delivery.topic} to ${delivery.url}, attempt ${attempt + 1}`, () => {
			if (era === this.era && !this.closed) this.queue(delivery, attempt + 1, copy);
		});
	}

	private note(delivery: WebhookDelivery, attempt: number, copy: number, outcome: WebhookAttempt['outcome'], detail: string): WebhookAttempt {
		const entry: WebhookAttempt = { ...delivery, seq: (this.seq += 1), attempt, copy, at: this.options.clock.now().toISOString(), status: null, outcome, detail };
		this.attempts.push(entry);
		if (this.attempts.length > KEPT) this.attempts.shift();
		return entry;
	}
}

function parseFault(description: unknown): WebhookFault {
	const input = new Input(description, 'webhook fault');
	const times = input.optionalNumber('times') ?? 1;
	if (!Number.isInteger(times) || times < -1) throw new HttpError(400, { message: 'times must be a whole number, or -1 for every delivery' });
	return {
		topic: input.optionalString('topic'),
		times,
		drop: input.optionalBoolean('drop'),
		duplicate: input.optionalCount('duplicate', 1),
		concurrent: input.optionalBoolean('concurrent'),
		delayMs: input.optionalCount('delayMs'),
		reorder: input.optionalCount('reorder', 2),
	};
}
