/** The simulators' own time: real time plus an offset, or standing still, with a list of things that fall due. */

export type ClockMode = 'real' | 'frozen';

/** Called when its moment has come; `dueAt` is the moment it was planned for, which a jump of the clock may have left behind. */
export type DueAction = (dueAt: Date) => void | Promise<void>;

interface DueItem {
	at: number;
	order: number;
	label: string;
	action: DueAction;
}

const TICK_MS = 250;

export class Clock {
	private offset = 0;

	private frozenAt: number | undefined;

	private due: DueItem[] = [];

	private order = 0;

	private readonly running = new Set<Promise<void>>();

	private users = 0;

	private ticker: NodeJS.Timeout | undefined;

	/** Errors thrown by due actions; a test that expects none can look here. */
	readonly failures: string[] = [];

	get mode(): ClockMode {
		return this.frozenAt === undefined ? 'real' : 'frozen';
	}

	now(): Date {
		return new Date(this.frozenAt ?? Date.now() + this.offset);
	}

	/** Moves to an instant (either direction); resolves when everything due by then has been done. */
	set(instant: string | Date): Promise<void> {
		const time = new Date(instant).getTime();
		if (Number.isNaN(time)) throw new RangeError(`Not an instant: ${String(instant)}`);
		if (this.frozenAt === undefined) this.offset = time - Date.now();
		else this.frozenAt = time;
		return this.settle();
	}

	/** Moves on by `ms`; resolves when everything due by then has been done. */
	advance(ms: number): Promise<void> {
		if (!Number.isFinite(ms)) throw new RangeError(`Not a number of milliseconds: ${String(ms)}`);
		return this.set(new Date(this.now().getTime() + ms));
	}

	freeze(): void {
		this.frozenAt ??= this.now().getTime();
	}

	unfreeze(): void {
		if (this.frozenAt === undefined) return;
		this.offset = this.frozenAt - Date.now();
		this.frozenAt = undefined;
	}

	/** Plans an action; returns a function that takes it off the list again. */
	schedule(at: Date, label: string, action: DueAction): () => void {
		const item: DueItem = { at: at.getTime(), order: (this.order += 1), label, action };
		this.due.push(item);
		this.due.sort((a, b) => a.at - b.at || a.order - b.order);
		return () => {
			this.due = this.due.filter((candidate) => candidate !== item);
		};
	}

	/** What is still to come, for the state page. */
	planned(): Array<{ at: string; label: string }> {
		return this.due.map(({ at, label }) => ({ at: new Date(at).toISOString(), label }));
	}

	/**
	 * Does everything that is due. It does not wait for actions that another caller has started: such an action may itself be
	 * waiting for the request that is calling here (one simulator asking the other while both share a clock).
	 */
	async runDue(): Promise<void> {
		for (let item = this.takeDue(); item; item = this.takeDue()) await this.run(item);
	}

	/** Does everything that is due and waits for actions already under way. Never call it from inside a due action. */
	async settle(): Promise<void> {
		await this.runDue();
		while (this.running.size > 0) {
			await Promise.all(this.running);
			await this.runDue();
		}
	}

	/** Back to real time with nothing planned. */
	reset(): void {
		this.offset = 0;
		this.frozenAt = undefined;
		this.due = [];
		this.failures.length = 0;
	}

	/** Starts the ticking that serves real mode; each `start` needs one `stop`. The ticking never keeps the process alive. */
	start(): void {
		this.users += 1;
		if (this.ticker) return;
		this.ticker = setInterval(() => {
			if (this.mode === 'real') void this.runDue();
		}, TICK_MS);
		this.ticker.unref();
	}

	stop(): void {
		this.users = Math.max(0, this.users - 1);
		if (this.users > 0 || !this.ticker) return;
		clearInterval(this.ticker);
		this.ticker = undefined;
	}

	private takeDue(): DueItem | undefined {
		const first = this.due[0];
		if (!first || first.at > this.now().getTime()) return undefined;
		this.due.shift();
		return first;
	}

	private async run(item: DueItem): Promise<void> {
		const work = Promise.resolve()
			.then(() => item.action(new Date(item.at)))
			.catch((error: unknown) => {
				this.failures.push(`${item.label}: ${error instanceof Error ? error.message : String(error)}`);
			});
		this.running.add(work);
		try {
			await work;
		} finally {
			this.running.delete(work);
		}
	}
}
