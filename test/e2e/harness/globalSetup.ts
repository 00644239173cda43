/** Starts a real n8n with the packed connector and both simulators for each of jest's workers, once for a whole end-to-end run. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { installPackage, N8nHost, packPackage } from '../../../scripts/host/n8n';
import { simulatorCredentials } from '../../../scripts/host/simulatorCredentials';
import { startSimulators, type RunningSimulators } from '../../../scripts/host/simulators';
import { startQueueServices, type QueueServices } from '../../../scripts/host/queueServices';
import { publishInstances, type SharedInstance } from './instance';

const SEED = 42;

/** Kept for the teardown, which jest runs in the same process. */
export interface RunningInstance {
	userFolder: string;
	/** In queue mode only. */
	services?: QueueServices;
	simulators?: RunningSimulators;
	host?: N8nHost;
}

declare global {
	var returnGoShopifyE2e: RunningInstance[] | undefined;
}

export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
	await startInstances(maxWorkers, 0);
}

/** @param workersOfN8n processes that do the work in n8n's queue mode; 0: the main process does it, and there is no queue */
export async function startInstances(count: number, workersOfN8n: number): Promise<void> {
	const running: RunningInstance[] = [];
	globalThis.returnGoShopifyE2e = running;
	const packed = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-packed-'));
	try {
		const tarball = await packPackage(packed);
		const shared: SharedInstance[] = [];
		// One after the other: their start is work for the processor, and free ports are found by trying.
		for (let worker = 1; worker <= count; worker += 1) {
			const instance: RunningInstance = { userFolder: mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-e2e-')) };
			running.push(instance);
			shared.push(await startInstance(instance, tarball, workersOfN8n));
		}
		publishInstances(shared);
	} catch (error) {
		for (const instance of running) await endInstance(instance);
		throw error;
	} finally {
		rmSync(packed, { recursive: true, force: true });
	}
}

async function startInstance(instance: RunningInstance, tarball: string, workers: number): Promise<SharedInstance> {
	const { userFolder } = instance;
	await installPackage(userFolder, tarball);
	const simulators = (instance.simulators = await startSimulators(SEED));
	if (workers > 0) instance.services = await startQueueServices();
	const env = instance.services?.env ?? {};
	const host = (instance.host = await N8nHost.start({ userFolder, env, workers }));
	const credentials = await host.importCredentials(simulatorCredentials(simulators));
	return { userFolder, port: host.port, shopifyUrl: simulators.shopifyUrl, returnGoUrl: simulators.returnGoUrl, credentials, env, workers };
}

/** With KEEP_E2E=1 in the environment the user folder with n8n's log and database stays. */
export async function endInstance({ host, simulators, services, userFolder }: RunningInstance): Promise<void> {
	await host?.stop();
	await simulators?.close();
	await services?.stop();
	if (process.env.KEEP_E2E === '1') process.stderr.write(`The user folder of this run is ${userFolder}\n`);
	else rmSync(userFolder, { recursive: true, force: true });
}
