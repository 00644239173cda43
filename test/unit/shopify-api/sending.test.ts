import * as workflow from 'n8n-workflow';
import type { Attempt, SendSafety } from '../../../nodes/ShopifyReturns/api/exchange';
import { ShopifyRequestError, type ShopifyFailureKind } from '../../../nodes/ShopifyReturns/api/requestError';
import { sendUntilSettled } from '../../../nodes/ShopifyReturns/api/sending';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

const slept = () => jest.mocked(workflow.sleep).mock.calls.map(([milliseconds]) => milliseconds);
const SAFETIES: SendSafety[] = ['read', 'idempotent', 'once'];

const answer: Attempt<string> = { kind: 'answer', data: 'yes', cost: null };
const fault = (kind: ShopifyFailureKind) => new ShopifyRequestError(kind, `It was ${kind}`);
const notExecuted = (kind: ShopifyFailureKind, waitSeconds: number | null = null): Attempt<string> => ({ kind: 'notExecuted', error: fault(kind), waitSeconds, cost: null });
const unknown = (kind: ShopifyFailureKind = 'ambiguous'): Attempt<string> => ({ kind: 'unknown', error: fault(kind), isCancelled: false });

/** Plays the attempts in turn, repeats the last one for ever, and counts. */
function script(...attempts: Array<Attempt<string>>) {
	let sent = 0;
	const attempt = async () => {
		const next = attempts[Math.min(sent, attempts.length - 1)];
		sent++;
		if (next === undefined) throw new Error('empty script');
		return next;
	};
	return { attempt, sent: () => sent };
}

beforeEach(() => jest.mocked(workflow.sleep).mockClear());

describe('sending', () => {
	it('once is the rule', async () => {
		const { attempt, sent } = script(answer);
		expect(await sendUntilSettled(attempt, 'once')).toBe('yes');
		expect(sent()).toBe(1);
		expect(slept()).toEqual([]);
	});

	it.each(SAFETIES)('again is harmless when nothing was carried out (%s)', async (safety) => {
		const { attempt, sent } = script(notExecuted('notSent'), notExecuted('throttled', 1.234), answer);
		expect(await sendUntilSettled(attempt, safety)).toBe('yes');
		expect(sent()).toBe(3);
		expect(slept()).toEqual([500, 1234]);
	});

	it.each(SAFETIES)('ends after eight repetitions of a refusal (%s)', async (safety) => {
		const { attempt, sent } = script(notExecuted('throttled', 1));
		await expect(sendUntilSettled(attempt, safety)).rejects.toMatchObject({ kind: 'throttled' });
		expect(sent()).toBe(9);
	});

	it('ends when Shopify asks for more patience than there is', async () => {
		const { attempt, sent } = script(notExecuted('throttled', 25));
		await expect(sendUntilSettled(attempt, 'read')).rejects.toMatchObject({ kind: 'throttled' });
		expect(sent()).toBe(3);
		expect(slept()).toEqual([25_000, 25_000]);
	});

	it('never happens twice for a change whose answer was lost', async () => {
		const { attempt, sent } = script(unknown(), answer);
		await expect(sendUntilSettled(attempt, 'once')).rejects.toMatchObject({ kind: 'ambiguous' });
		expect(sent()).toBe(1);
		expect(slept()).toEqual([]);
	});

	it('never happens twice, not even after refusals that were repeated', async () => {
		const { attempt, sent } = script(notExecuted('throttled', 1), unknown(), answer);
		await expect(sendUntilSettled(attempt, 'once')).rejects.toMatchObject({ kind: 'ambiguous' });
		expect(sent()).toBe(2);
	});

	it.each<SendSafety>(['read', 'idempotent'])('happens again after a lost answer when that does no harm (%s)', async (safety) => {
		const { attempt, sent } = script(unknown(), unknown(), answer);
		expect(await sendUntilSettled(attempt, safety)).toBe('yes');
		expect(sent()).toBe(3);
		expect(slept()).toEqual([500, 1000]);
	});

	it('ends after four repetitions of a lost answer', async () => {
		const { attempt, sent } = script(unknown('unavailable'));
		await expect(sendUntilSettled(attempt, 'read')).rejects.toMatchObject({ kind: 'unavailable' });
		expect(sent()).toBe(5);
	});

	it('keeps a change in doubt although later attempts were refused', async () => {
		const refused: Attempt<string> = { kind: 'final', error: fault('invalid'), cost: null };
		await expect(sendUntilSettled(script(unknown(), refused).attempt, 'idempotent')).rejects.toMatchObject({ kind: 'ambiguous', message: 'It was ambiguous; sent again, Shopify answered: It was invalid' });
		await expect(sendUntilSettled(script(unknown(), notExecuted('throttled', 70)).attempt, 'idempotent')).rejects.toMatchObject({ kind: 'ambiguous' });
	});

	it('forgets a read’s lost answer when a later attempt was refused', async () => {
		const refused: Attempt<string> = { kind: 'final', error: fault('accessDenied'), cost: null };
		await expect(sendUntilSettled(script(unknown('unavailable'), refused).attempt, 'read')).rejects.toMatchObject({ kind: 'accessDenied' });
	});

	it('stops when the execution is stopped', async () => {
		const { attempt, sent } = script({ kind: 'unknown', error: fault('unavailable'), isCancelled: true }, answer);
		await expect(sendUntilSettled(attempt, 'read')).rejects.toMatchObject({ kind: 'unavailable' });
		expect(sent()).toBe(1);
	});

	it('does not repeat what was refused for good', async () => {
		const { attempt, sent } = script({ kind: 'final', error: fault('invalid'), cost: null }, answer);
		await expect(sendUntilSettled(attempt, 'read')).rejects.toMatchObject({ kind: 'invalid' });
		expect(sent()).toBe(1);
	});
});
