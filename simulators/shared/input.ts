/** Reads JSON that came over the wire field by field, refusing what is not what it should be with a sentence that names the place. */

import { HttpError } from './http';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class Input {
	private readonly fields: JsonObject;

	constructor(
		value: unknown,
		private readonly at = 'body',
	) {
		if (!isObject(value)) throw new HttpError(400, { message: `${at} must be an object` });
		this.fields = value;
	}

	has(name: string): boolean {
		return this.fields[name] !== undefined;
	}

	raw(name: string): unknown {
		return this.fields[name];
	}

	keys(): string[] {
		return Object.keys(this.fields);
	}

	string(name: string): string {
		return this.required(name, this.optionalString(name));
	}

	optionalString(name: string): string | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (typeof value !== 'string') throw this.refuse(name, 'a string');
		return value;
	}

	/** An id may come as a number or as a string; it is kept as a string. */
	id(name: string): string {
		return this.required(name, this.optionalId(name));
	}

	optionalId(name: string): string | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (typeof value !== 'string' && typeof value !== 'number') throw this.refuse(name, 'an id');
		return String(value);
	}

	number(name: string): number {
		return this.required(name, this.optionalNumber(name));
	}

	optionalNumber(name: string): number | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (typeof value !== 'number' || !Number.isFinite(value)) throw this.refuse(name, 'a number');
		return value;
	}

	/** A whole number of at least `min`. */
	optionalCount(name: string, min = 0): number | undefined {
		const value = this.optionalNumber(name);
		if (value !== undefined && (!Number.isInteger(value) || value < min)) throw this.refuse(name, `a whole number of at least ${min}`);
		return value;
	}

	boolean(name: string): boolean {
		return this.required(name, this.optionalBoolean(name));
	}

	optionalBoolean(name: string): boolean | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (typeof value !== 'boolean') throw this.refuse(name, 'true or false');
		return value;
	}

	object(name: string): Input {
		return this.required(name, this.optionalObject(name));
	}

	optionalObject(name: string): Input | undefined {
		const value = this.fields[name];
		return value === undefined || value === null ? undefined : new Input(value, `${this.at}.${name}`);
	}

	/** The objects of a list; absent counts as empty. */
	list(name: string): Input[] {
		return this.values(name).map((value, index) => new Input(value, `${this.at}.${name}[${index}]`));
	}

	values(name: string): unknown[] {
		const value = this.fields[name];
		if (value === undefined || value === null) return [];
		if (!Array.isArray(value)) throw this.refuse(name, 'a list');
		return value;
	}

	oneOf<T extends string>(name: string, choices: readonly T[]): T {
		return this.required(name, this.optionalOneOf(name, choices));
	}

	optionalOneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const value = this.optionalString(name);
		if (value === undefined) return undefined;
		const found = choices.find((choice) => choice === value);
		if (found === undefined) throw this.refuse(name, `one of ${choices.join(', ')}`);
		return found;
	}

	private required<T>(name: string, value: T | undefined): T {
		if (value === undefined) throw new HttpError(400, { message: `${this.at}.${name} is required` });
		return value;
	}

	private refuse(name: string, wanted: string): HttpError {
		return new HttpError(400, { message: `${this.at}.${name} must be ${wanted}` });
	}
}
