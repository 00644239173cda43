/** The body of a webhook call as an object, whatever content type ReturnGO gives it. */
import type { IDataObject } from 'n8n-workflow';

/** @returns null when there is no JSON object in it */
export function readPayload(parsedBody: unknown, rawBody: unknown): IDataObject | null {
	if (isFilledObject(parsedBody)) return parsedBody;
	// n8n leaves bodies of kinds it does not know unparsed, and ReturnGO's headers are not documented.
	const text = typeof parsedBody === 'string' ? parsedBody : Buffer.isBuffer(rawBody) ? rawBody.toString('utf8') : '';
	try {
		const parsed: unknown = JSON.parse(text);
		return isFilledObject(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function isFilledObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value) && Object.keys(value).length > 0;
}
