/** Repeatable chance: the same seed gives the same shop, the same ids and the same request ids. */

export class SeededRandom {
	private state: number;

	constructor(public seed: number) {
		this.state = seed >>> 0;
	}

	/** Starts over, with another seed when one is given. */
	reset(seed: number = this.seed): void {
		this.seed = seed;
		this.state = seed >>> 0;
	}

	/** A number in [0, 1), by the mulberry32 generator. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from `min` to `max`, both included. */
	int(min: number, max: number): number {
		return min + Math.floor(this.next() * (max - min + 1));
	}

	pick<T>(choices: readonly T[]): T {
		const choice = choices[this.int(0, choices.length - 1)];
		if (choice === undefined) throw new RangeError('Nothing to pick from');
		return choice;
	}

	hex(length: number): string {
		return Array.from({ length }, () => this.int(0, 15).toString(16)).join('');
	}

	/** A string with the shape of a version 4 UUID. */
	uuid(): string {
		return [this.hex(8), this.hex(4), `4${this.hex(3)}`, `${this.pick(['8', '9', 'a', 'b'])}${this.hex(3)}`, this.hex(12)].join('-');
	}
}

/** Numeric ids counted up per kind, from a start that belongs to the kind. */
export class IdSequence {
	private readonly last = new Map<string, number>();

	constructor(
		private readonly starts: Readonly<Record<string, number>> = {},
		private readonly otherStart = 1_000,
	) {}

	next(kind: string): number {
		const id = (this.last.get(kind) ?? (this.starts[kind] ?? this.otherStart) - 1) + 1;
		this.last.set(kind, id);
		return id;
	}

	/** Makes sure that ids given by hand are never given out again. */
	reserve(kind: string, id: number): void {
		const last = this.last.get(kind) ?? (this.starts[kind] ?? this.otherStart) - 1;
		if (id > last) this.last.set(kind, id);
	}

	reset(): void {
		this.last.clear();
	}
}
