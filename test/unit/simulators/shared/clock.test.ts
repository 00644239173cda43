import { Clock } from '../../../../simulators/shared/clock';

describe('the simulator clock', () => {
	it('does what is due in order of its time, with the planned time, also when a jump leaves it behind', async () => {
		const clock = new Clock();
		clock.freeze();
		await clock.set('2026-11-01T00:00:00Z');
		const done: string[] = [];
		clock.schedule(new Date('2026-11-01T03:00:00Z'), 'late', (dueAt) => void done.push(`late ${dueAt.toISOString()}`));
		clock.schedule(new Date('2026-11-01T01:00:00Z'), 'early', (dueAt) => {
			done.push(`early ${dueAt.toISOString()}`);
			clock.schedule(new Date('2026-11-01T02:00:00Z'), 'follows', () => void done.push('follows'));
		});
		await clock.advance(59 * 60_000);
		expect(done).toEqual([]);
		await clock.advance(4 * 3_600_000);
		expect(done).toEqual(['early 2026-11-01T01:00:00.000Z', 'follows', 'late 2026-11-01T03:00:00.000Z']);
		expect(clock.planned()).toEqual([]);
	});

	it('runs on with real time after a jump, and stands still when frozen', async () => {
		const clock = new Clock();
		await clock.set('2030-01-01T00:00:00Z');
		expect(clock.mode).toBe('real');
		expect(clock.now().getTime() - Date.parse('2030-01-01T00:00:00Z')).toBeLessThan(1_000);
		clock.freeze();
		const frozen = clock.now().toISOString();
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(clock.now().toISOString()).toBe(frozen);
		clock.unfreeze();
		expect(clock.now().getTime() - Date.parse(frozen)).toBeLessThan(1_000);
	});

	it('reports an action that failed and goes on with the next', async () => {
		const clock = new Clock();
		const done: string[] = [];
		clock.schedule(clock.now(), 'broken', () => Promise.reject(new Error('no')));
		clock.schedule(clock.now(), 'sound', () => void done.push('sound'));
		await clock.settle();
		expect(clock.failures).toEqual(['broken: no']);
		expect(done).toEqual(['sound']);
	});

	it('does not wait for itself when a due action makes something else look at the clock', async () => {
		const clock = new Clock();
		let finished = false;
		clock.schedule(clock.now(), 'asks the other simulator', async () => {
			await clock.runDue();
			finished = true;
		});
		await clock.settle();
		expect(finished).toBe(true);
	});

	it('forgets a cancelled plan', async () => {
		const clock = new Clock();
		const done: string[] = [];
		const cancel = clock.schedule(new Date(clock.now().getTime() + 1_000), 'x', () => void done.push('x'));
		cancel();
		await clock.advance(2_000);
		expect(done).toEqual([]);
	});

	it('does by itself what falls due while it runs with real time, and only then', async () => {
		const clock = new Clock();
		const done: string[] = [];
		clock.start();
		clock.schedule(new Date(clock.now().getTime() + 20), 'soon', () => void done.push('soon'));
		await new Promise((resolve) => setTimeout(resolve, 600));
		expect(done).toEqual(['soon']);
		clock.stop();
		clock.schedule(clock.now(), 'later', () => void done.push('later'));
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(done).toEqual(['soon']);
	});
});
