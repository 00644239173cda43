/** Refusals of a mutation: what the service answers in `userErrors` instead of doing anything. */

export interface UserError {
	field: string[] | null;
	message: string;
	code?: string | null;
}

/** Thrown by domain code to refuse; the mutation's resolver turns it into `userErrors`. */
export class Refusal extends Error {
	readonly errors: readonly UserError[];

	constructor(errors: UserError | readonly UserError[]) {
		super('refused');
		this.errors = Array.isArray(errors) ? (errors as readonly UserError[]) : [errors as UserError];
	}
}

export function refuse(field: readonly (string | number)[] | null, message: string, code: string | null = null): never {
	throw new Refusal({ field: field === null ? null : field.map(String), message, code });
}

/** Runs a mutation's work; a refusal becomes the payload's errors, with every other payload field null unless given. */
export function answering<T extends object>(work: () => T, onRefusal: () => Partial<T> = () => ({})): T & { userErrors: readonly UserError[] } {
	try {
		return { ...work(), userErrors: [] };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return { ...onRefusal(), userErrors: error.errors } as T & { userErrors: readonly UserError[] };
	}
}
