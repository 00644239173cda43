/** Ends what the set-up has started. With KEEP_E2E=1 in the environment the user folder with n8n's log and database stays. */
import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
	const running = globalThis.returnGoShopifyE2e;
	if (!running) return;
	await running.host.stop();
	await running.simulators.close();
	await running.services?.stop();
	if (process.env.KEEP_E2E === '1') process.stderr.write(`The user folder of this run is ${running.userFolder}\n`);
	else rmSync(running.userFolder, { recursive: true, force: true });
}
