/** One reconciliation in a process of its own, so that the peak of its memory is its own; prints one line of JSON. Run by bench/reconcile.ts. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ReturnGoApi } from '../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../credentials/ShopifyReturnsApi.credentials';
import type * as NodeModule from '../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { runNode } from '../../test/engine/harness';

export interface Measured {
	complete: boolean;
	lines: Record<string, number>;
	read: Array<{ name: string; count: number }>;
	seconds: number;
	/** MB: at the beginning, and at most. */
	heapBefore: number;
	heapPeak: number;
	rssPeak: number;
}

const MB = 1024 * 1024;

async function main(origin: string): Promise<void> {
	// By its full name: without an extension Node.js takes the codex file beside it.
	const file = path.join(__dirname, '../../nodes/ReturnsReconciliation/ReturnsReconciliation.node.ts');
	const { ReturnsReconciliation } = (await import(pathToFileURL(file).href)) as typeof NodeModule;
	global.gc?.();
	const heapBefore = process.memoryUsage().heapUsed;
	let heapPeak = 0;
	let rssPeak = 0;
	const sample = () => {
		// What is garbage already is no need of the run.
		global.gc?.();
		const { heapUsed, rss } = process.memoryUsage();
		heapPeak = Math.max(heapPeak, heapUsed);
		rssPeak = Math.max(rssPeak, rss);
	};
	const sampler = setInterval(sample, 5000);
	const started = Date.now();
	const { outputs, error } = await runNode({
		node: ReturnsReconciliation,
		credentialTypes: [new ReturnGoApi(), new ShopifyReturnsApi()],
		credentials: { returnGoApi: { apiKey: 'key', storeDomain: 'bench.myshopify.com', baseUrl: origin }, shopifyReturnsApi: { shopDomain: origin, authentication: 'accessToken', accessToken: 'shpat_bench' } },
		parameters: { resource: 'reconciliation', operation: 'run', since: '2025-12-31T00:00:00Z', options: { callLimit: 2000 } },
	});
	const seconds = (Date.now() - started) / 1000;
	clearInterval(sampler);
	sample();
	if (error) throw error;
	const summary = outputs[1]?.[0]?.json ?? {};
	const measured: Measured = { complete: summary.complete === true, lines: summary.linesByClass as Measured['lines'], read: summary.read as Measured['read'], seconds, heapBefore: heapBefore / MB, heapPeak: heapPeak / MB, rssPeak: rssPeak / MB };
	console.log(JSON.stringify(measured));
}

main(process.argv[2] ?? '').catch((failure: unknown) => {
	console.error(failure);
	process.exitCode = 1;
});
