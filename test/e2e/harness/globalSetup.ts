/** Starts a real n8n with the packed connector and both simulators for each of jest's workers, once for a whole end-to-end run. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { installPackage, N8nHost, packPackage } from '../../../scripts/host/n8n';
import { simulatorCredentials } from '../../../scripts/host/simulatorCredentials';
import { startSimulators, type RunningSimulators } from '../../../scripts/host/simulators';
import { publishInstances, type SharedInstance } from './instance';

const SEED = 42;

/** Kept for the teardown, which jest runs in the same process. */
export interface RunningInstance {
	userFolder: string;
	simulators?: RunningSimulators;
	host?: N8nHost;
}

declare global {
	var returnGoShopifyE2e: RunningInstance[] | undefined;
}

export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
	const running: RunningInstance[] = [];
	globalThis.returnGoShopifyE2e = running;
	const packed = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-packed-'));
	try {
		const tarball = await packPackage(packed);
		const shared: SharedInstance[] = [];
		// One after the other: their start is work for the processor, and free ports are found by trying.
		for (let worker = 1; worker <= maxWorkers; worker += 1) {
			const instance: RunningInstance = { userFolder: mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-e2e-')) };
			running.push(instance);
			shared.push(await startInstance(instance, tarball));
		}
		publishInstances(shared);
	} catch (error) {
		for (const instance of running) await endInstance(instance);
		throw error;
	} finally {
		rmSync(packed, { recursive: true, force: true });
	}
}

async function startInstance(instance: RunningInstance, tarball: string): Promise<SharedInstance> {
	const { userFolder } = instance;
	await installPackage(userFolder, tarball);
	const simulators = (instance.simulators = await startSimulators(SEED));
	const host = (instance.host = await N8nHost.start({ userFolder }));
	const credentials = await host.importCredentials(simulatorCredentials(simulators));
	return { userFolder, port: host.port, shopifyUrl: simulators.shopifyUrl, returnGoUrl: simulators.returnGoUrl, credentials };
}

/** With KEEP_E2E=1 in the environment the user folder with n8n's log and database stays. */
export async function endInstance({ host, simulators, userFolder }: RunningInstance): Promise<void> {
	await host?.stop();
	await simulators?.close();
	if (process.env.KEEP_E2E === '1') process.stderr.write(`The user folder of this run is ${userFolder}\n`);
	else rmSync(userFolder, { recursive: true, force: true });
}
