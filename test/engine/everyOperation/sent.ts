/** Which GraphQL documents an operation really sends, over all of its cells, held against the list from which its scopes are worked out. */
import type { LoggedRequest } from '../../../scripts/host/simulatorControl';
import type { Call } from '../../../nodes/ShopifyReturns/access';

/** Documents that a node lists for its operations, by `resource.operation`. */
export interface ListedCalls {
	readonly calls: Readonly<Record<string, readonly Call[]>>;
	/** Documents that read on where the first page of another one is full: no cell has so much, and they need the scopes of that other one. */
	readonly furtherPages: Readonly<Record<string, string>>;
	/** Listed documents that no cell brings an operation to send, with the reason; by `resource.operation`. */
	readonly notPlayed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export class SentDocuments {
	private readonly names = new Set<string>();

	add(requests: readonly LoggedRequest[]): void {
		for (const { summary } of requests) {
			const { query } = (summary ?? {}) as { query?: string };
			// What is no query is the file of a bulk read.
			const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query ?? '')?.[1];
			if (name !== undefined) this.names.add(name);
		}
	}

	/** To be called when all cells were played. */
	expectListed({ calls, furtherPages, notPlayed }: ListedCalls, operation: string): void {
		const listed = (calls[operation] ?? []).map(({ document }) => document);
		const excused = notPlayed[operation] ?? {};
		const isExcused = (document: string) => document in excused || this.names.has(furtherPages[document] ?? '');
		expect({
			sentAndNotListed: [...this.names].filter((name) => !listed.includes(name)).sort(),
			listedAndNeverSent: listed.filter((name) => !this.names.has(name) && !isExcused(name)).sort(),
			excusedAndSentAllTheSame: Object.keys(excused).filter((name) => this.names.has(name)),
			excusedAndNotListed: Object.keys(excused).filter((name) => !listed.includes(name)),
			listedTwice: listed.filter((name, index) => listed.indexOf(name) !== index),
		}).toEqual({ sentAndNotListed: [], listedAndNeverSent: [], excusedAndSentAllTheSame: [], excusedAndNotListed: [], listedTwice: [] });
		for (const reason of Object.values(excused)) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
	}
}
