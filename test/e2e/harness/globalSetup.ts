/** Starts both simulators and one real n8n with the packed connector, once for a whole end-to-end run. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { installPackage, N8nHost, packPackage } from '../../../scripts/host/n8n';
import { simulatorCredentials } from '../../../scripts/host/simulatorCredentials';
import { startSimulators, type RunningSimulators } from '../../../scripts/host/simulators';
import type { QueueServices } from '../../../scripts/host/queueServices';
import { publishInstance } from './instance';

const SEED = 42;

/** Kept for the teardown, which jest runs in the same process. */
export interface RunningInstance {
	host: N8nHost;
	simulators: RunningSimulators;
	userFolder: string;
	/** In queue mode only. */
	services?: QueueServices;
}

declare global {
	var returnGoShopifyE2e: RunningInstance | undefined;
}

export default async function globalSetup(): Promise<void> {
	await startRun();
}

/** @param queue services that n8n shares with so many workers; without them n8n does its work in one process */
export async function startRun(queue?: { services: QueueServices; workers: number }): Promise<void> {
	const userFolder = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-e2e-'));
	await installPackage(userFolder, await packPackage(userFolder));
	const simulators = await startSimulators(SEED);
	const [env, workers] = [queue?.services.env ?? {}, queue?.workers ?? 0];
	try {
		const host = await N8nHost.start({ userFolder, env, workers });
		globalThis.returnGoShopifyE2e = { host, simulators, userFolder, ...(queue ? { services: queue.services } : {}) };
		const credentials = await host.importCredentials(simulatorCredentials(simulators));
		publishInstance({ userFolder, port: host.port, shopifyUrl: simulators.shopifyUrl, returnGoUrl: simulators.returnGoUrl, credentials, env, workers });
	} catch (error) {
		await globalThis.returnGoShopifyE2e?.host.kill();
		await simulators.close();
		rmSync(userFolder, { recursive: true, force: true });
		throw error;
	}
}
