/** Moves the clock of this process on, and leaves its timers alone. `jest.useRealTimers()` takes it back. */
export function travel(seconds: number): void {
	const now = Date.now() + seconds * 1000;
	jest.useFakeTimers({ doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'], now });
}
