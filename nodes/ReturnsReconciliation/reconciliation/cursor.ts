/** What a run had no calls left for, as a text that the next run takes. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { refuse } from '../outcome';

const schema = z.object({ nextSince: z.string(), groups: z.array(z.array(z.string().regex(/^\d{1,18}$/)).min(1).max(100)) });

export type ResumeCursor = z.infer<typeof schema>;

export function cursorOf(cursor: ResumeCursor): string {
	return Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');
}

/** Null when the parameter is empty. @throws NodeOperationError before anything is sent */
export function readCursor(context: IExecuteFunctions, itemIndex: number, parameter: string): ResumeCursor | null {
	const text = String(context.getNodeParameter(parameter, itemIndex, '') ?? '').trim();
	if (text === '') return null;
	const cursor = decode(text);
	if (cursor !== null) return cursor;
	throw refuse(context.getNode(), 'invalidInput', 'The Resume Cursor is not one of this operation: give it as the summary holds it', itemIndex);
}

function decode(text: string): ResumeCursor | null {
	try {
		const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}
