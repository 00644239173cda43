import * as workflow from 'n8n-workflow';
import { Pace } from '../../../nodes/ShopifyReturns/api/pace';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn() }));
const sleep = jest.mocked(workflow.sleep);

const told = (requested: number, available: number, actual = requested) => ({ requested, actual, bucket: { maximum: 2000, available, restoreRate: 100 } });

/** Whether the promise has been fulfilled by the time everything that was waiting has had its turn. */
async function isThrough(promise: Promise<unknown>): Promise<boolean> {
	let through = false;
	void promise.then(() => (through = true));
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
	return through;
}

beforeEach(() => {
	jest.useFakeTimers({ now: 0 });
	sleep.mockReset().mockImplementation(async () => await new Promise(() => {}));
});
afterEach(() => jest.useRealTimers());

describe('the pace', () => {
	it('is not slowed down by what is not known', async () => {
		const pace = new Pace();
		(await pace.admit('a')).end(null);
		expect(await isThrough(pace.admit('a'))).toBe(true);
		expect(sleep).not.toHaveBeenCalled();
	});

	it('lets one request find out what a document costs before the next ones follow', async () => {
		const pace = new Pace();
		const first = await pace.admit('a');
		const second = pace.admit('a');
		expect(await isThrough(second)).toBe(false);
		first.end(told(700, 1_300));
		expect(await isThrough(second)).toBe(true);
	});

	it('waits until the budget has grown back', async () => {
		const pace = new Pace();
		(await pace.admit('a')).end(told(700, 200));
		expect(await isThrough(pace.admit('a'))).toBe(false);
		expect(sleep).toHaveBeenCalledWith(5_000);
		jest.setSystemTime(5_000);
		const later = new Pace();
		(await later.admit('a')).end(told(700, 700));
		expect(await isThrough(later.admit('a'))).toBe(true);
	});

	it('goes on when the wait is over', async () => {
		sleep.mockResolvedValue(undefined);
		const pace = new Pace();
		(await pace.admit('a')).end(told(700, 200));
		expect(await isThrough(pace.admit('a'))).toBe(true);
	});

	it('reserves for what is under way, so that requests sent together fit into the budget', async () => {
		const pace = new Pace();
		(await pace.admit('a')).end(told(800, 2_000));
		const [first, second, third] = [pace.admit('a'), pace.admit('a'), pace.admit('a')];
		expect([await isThrough(first), await isThrough(second), await isThrough(third)]).toEqual([true, true, false]);
		// What the first one did not need comes back with its answer and is the third one's.
		(await first).end(told(800, 1_150, 50));
		expect(await isThrough(third)).toBe(true);
	});

	it('believes Shopify where others use the budget as well', async () => {
		const pace = new Pace();
		(await pace.admit('a')).end(told(100, 2_000));
		(await pace.admit('a')).end(told(100, 30));
		expect(await isThrough(pace.admit('a'))).toBe(false);
		expect(sleep).toHaveBeenCalledWith(700);
	});

	it('never waits for more than the bucket can hold', async () => {
		const pace = new Pace();
		(await pace.admit('a')).end(told(5_000, 2_000));
		expect(await isThrough(pace.admit('a'))).toBe(true);
	});
});
