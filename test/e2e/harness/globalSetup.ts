/** Starts both simulators and one real n8n with the packed connector, once for a whole end-to-end run. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { installPackage, N8nHost, packPackage } from '../../../scripts/host/n8n';
import { simulatorCredentials } from '../../../scripts/host/simulatorCredentials';
import { startSimulators, type RunningSimulators } from '../../../scripts/host/simulators';
import { publishInstance } from './instance';

const SEED = 42;

/** Kept for the teardown, which jest runs in the same process. */
export interface RunningInstance {
	host: N8nHost;
	simulators: RunningSimulators;
	userFolder: string;
}

declare global {
	var returnGoShopifyE2e: RunningInstance | undefined;
}

export default async function globalSetup(): Promise<void> {
	const userFolder = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-e2e-'));
	await installPackage(userFolder, await packPackage(userFolder));
	const simulators = await startSimulators(SEED);
	try {
		const host = await N8nHost.start({ userFolder });
		globalThis.returnGoShopifyE2e = { host, simulators, userFolder };
		const credentials = await host.importCredentials(simulatorCredentials(simulators));
		publishInstance({ userFolder, port: host.port, shopifyUrl: simulators.shopifyUrl, returnGoUrl: simulators.returnGoUrl, credentials });
	} catch (error) {
		await globalThis.returnGoShopifyE2e?.host.kill();
		await simulators.close();
		rmSync(userFolder, { recursive: true, force: true });
		throw error;
	}
}
