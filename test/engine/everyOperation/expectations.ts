/** What goes for everything that a node gives out: errors say what happened and how to go on, and nothing shows a secret. */
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';

/** An error of n8n's kinds, whose code, message and description together say this. */
export function expectError(error: unknown, says: RegExp): void {
	const { name, message, description, context } = error as { name: string; message: string; description?: string | null; context?: IDataObject };
	expect(['NodeApiError', 'NodeOperationError']).toContain(name);
	expect(description).toEqual(expect.stringMatching(WORDS));
	expect(`${String(context?.code ?? '')} ${message} ${String(description)}`).toMatch(says);
}

/** More than one word. */
const WORDS = /\S+ \S+/;

type Reasons = Array<{ code: string; message: string; owner: string; nextStep: string }>;

/** What an item says to people: reasons with an owner and a next step, or an error with a description. */
export function wordsOf(json: IDataObject): string {
	// A preview sorts its reasons by outcome.
	const given = (json.reasons ?? []) as Reasons | Record<string, Reasons>;
	const reasons = Array.isArray(given) ? given : Object.values(given).flat();
	const words = expect.stringMatching(WORDS) as unknown;
	if (reasons.length === 0) {
		expect(json).toMatchObject({ error: words, description: words });
		return [json.code, json.error, json.description].join(' ');
	}
	const name = expect.stringMatching(/^\w+$/) as unknown;
	for (const reason of reasons) expect(reason).toMatchObject({ code: name, message: words, owner: name, nextStep: words });
	return reasons.map(({ code, message, nextStep }) => [code, message, nextStep].join(' ')).join('\n');
}

/** Looks through whatever hangs on the values; not through the parameters, which n8n adds to an error as part of its node. */
export function expectNoSecretIn(values: readonly unknown[], secrets: readonly string[]): void {
	const text = values.map(textOf).join('\n');
	for (const secret of secrets) {
		expect(secret.length).toBeGreaterThan(5);
		if (text.includes(secret)) throw new Error(`A secret can be read in what the node gives out, after: ${text.slice(Math.max(0, text.indexOf(secret) - 200), text.indexOf(secret))}`);
	}
}

function textOf(value: unknown): string {
	if (value instanceof Error) return Reflect.ownKeys(value).filter((name) => name !== 'node').map((name) => inspect(Reflect.get(value, name), { depth: 12, maxArrayLength: null, maxStringLength: null })).join('\n');
	return JSON.stringify(value, (name, part: unknown) => (name === 'node' ? undefined : part)) ?? '';
}
