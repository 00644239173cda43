/**
 * Keeps the requests of one store inside the budget that Shopify reports, also when many are under way at once: each request reserves what its
 * document cost the last time, and what was reserved too much comes back with its answer. So the budget is used up and nothing is refused for it.
 */
import { sleep } from 'n8n-workflow';
import type { QueryCost } from './exchange';

/** A request that may be sent now. */
export interface Admission {
	/** To be called once, with what Shopify said of the cost; null when the request was not sent or nobody knows what it cost. */
	end(cost: QueryCost | null): void;
}

export class Pace {
	/** Points left as far as known, reservations taken off. */
	private bucket: { maximum: number; available: number; restoreRate: number; readAt: number } | null = null;

	private readonly costs = new Map<string, number>();

	/** Documents whose first answer, and so whose cost, is being waited for. */
	private readonly learning = new Map<string, Signal>();

	private underWay = 0;

	private nextAnswer = new Signal();

	/** Requests are admitted in the order in which they came. */
	private line: Promise<unknown> = Promise.resolve();

	/** Resolves when the document can be afforded. */
	async admit(document: string): Promise<Admission> {
		const turn = this.line.then(async () => await this.waitForRoom(document));
		this.line = turn;
		return await turn;
	}

	private async waitForRoom(document: string): Promise<Admission> {
		for (;;) {
			const cost = this.costs.get(document);
			if (cost === undefined) {
				const learning = this.learning.get(document);
				if (learning === undefined) {
					this.learning.set(document, new Signal());
					return this.admission(document, 0);
				}
				await learning.given;
				continue;
			}
			const pause = this.secondsUntil(cost, Date.now());
			if (pause <= 0) return this.admission(document, cost);
			// An answer may give points back earlier than time does.
			const waited = sleep(Math.ceil(pause * 1000)).then(() => true);
			if (await Promise.race([waited, this.nextAnswer.given.then(() => false)])) return this.admission(document, cost);
		}
	}

	private admission(document: string, reserved: number): Admission {
		this.underWay += 1;
		if (this.bucket !== null) this.bucket = { ...this.bucket, available: this.availableAt(Date.now()) - reserved, readAt: Date.now() };
		let ended = false;
		return {
			end: (cost) => {
				if (ended) return;
				ended = true;
				this.underWay -= 1;
				this.settle(document, reserved, cost, Date.now());
			},
		};
	}

	private settle(document: string, reserved: number, cost: QueryCost | null, now: number): void {
		if (cost !== null) this.costs.set(document, cost.requested);
		const told = cost?.bucket ?? null;
		const estimate = this.availableAt(now) + reserved - (cost?.actual ?? 0);
		if (told !== null) {
			// Shopify's own figure is the truth when nothing else is under way; otherwise it may not know of what is.
			const available = this.underWay === 0 || this.bucket === null ? told.available : Math.min(estimate, told.available);
			this.bucket = { ...told, available, readAt: now };
		} else if (this.bucket !== null) {
			this.bucket = { ...this.bucket, available: Math.min(estimate, this.bucket.maximum), readAt: now };
		}
		this.learning.get(document)?.give();
		this.learning.delete(document);
		this.nextAnswer.give();
		this.nextAnswer = new Signal();
	}

	private secondsUntil(cost: number, now: number): number {
		if (this.bucket === null || this.bucket.restoreRate <= 0) return 0;
		const missing = Math.min(cost, this.bucket.maximum) - this.availableAt(now);
		return missing <= 0 ? 0 : missing / this.bucket.restoreRate;
	}

	private availableAt(now: number): number {
		if (this.bucket === null) return 0;
		const { maximum, available, restoreRate, readAt } = this.bucket;
		return Math.min(maximum, available + ((now - readAt) / 1000) * restoreRate);
	}
}

/** Something that happens once, for whoever waits for it. */
class Signal {
	give: () => void = () => {};

	readonly given = new Promise<void>((resolve) => {
		this.give = resolve;
	});
}
