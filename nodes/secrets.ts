/**
 * Secrets that a service repeats: a gateway that refuses a request may quote it, headers included. What an answer quotes is hidden before anything reads
 * the answer, so that no message, output or stored execution can hold it.
 */

export type Hide = <Text extends string | null>(text: Text) => Text;

const HIDDEN = '•••';

/** Keys and tokens are longer; a short value could as well be a word of an honest answer. */
const SHORTEST_SECRET = 12;

/**
 * @param secrets values that may not be read; what is no text, or too short to be a secret, is left alone
 * @param shape what else is a secret, by its looks
 */
export function hiding(secrets: readonly unknown[], shape?: RegExp): Hide {
	const known = secrets.flatMap((secret) => (typeof secret === 'string' && secret.trim().length >= SHORTEST_SECRET ? [secret.trim()] : []));
	return <Text extends string | null>(text: Text) => {
		if (text === null) return text;
		const hidden = known.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text as string);
		return (shape === undefined ? hidden : hidden.replace(shape, HIDDEN)) as Text;
	};
}

/** The same for an answer that was read as JSON. */
export function hideIn(answer: unknown, hide: Hide): unknown {
	const text = JSON.stringify(answer) as string | undefined;
	if (text === undefined) return answer;
	const hidden = hide(text);
	return hidden === text ? answer : JSON.parse(hidden);
}
