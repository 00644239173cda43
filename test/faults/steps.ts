/** The seven steps of a settlement as they can be told apart from outside: by what is asked of Shopify, and in which order. */

export const STEPS = ['snapshot', 'plan', 'guard', 'claim', 'act', 'verify', 'record'] as const;
export type Step = (typeof STEPS)[number];

/** Steps that send a request. Verifying sends one only where the act's answer did not show what was done. */
export type Asking = 'snapshot' | 'claim' | 'act' | 'verify' | 'record' | 'release';

export interface Asked {
	step: Asking;
	/** Which of the settlement's acts, the last act before a look at the order, or the second half of a claim; what is sent again keeps its number. 0 for the other steps. */
	act: number;
}

/** The half of a claim that states what exchange items leave to be paid. */
export const SECOND_HALF = 2;

const OPERATION = /\b(query|mutation)\s+(\w+)/;

/** Sorts the requests of one settlement into its steps. Every mutation that is neither claim nor record is an act, whatever it is called. */
export class StepReader {
	private readonly acts: string[] = [];

	/** @param document text of the GraphQL request */
	read(document: string): Asked {
		const [, kind, name = ''] = OPERATION.exec(document) ?? [];
		if (kind === 'query') return { step: this.acts.length > 0 ? 'verify' : 'snapshot', act: this.acts.length };
		if (name.startsWith('Claim')) return { step: 'claim', act: name === 'ClaimExchange' ? SECOND_HALF : 0 };
		if (name.startsWith('Record')) return { step: 'record', act: 0 };
		if (name.startsWith('Release')) return { step: 'release', act: 0 };
		if (!this.acts.includes(name)) this.acts.push(name);
		return { step: 'act', act: this.acts.indexOf(name) + 1 };
	}
}
