/**
 * `npm run bench:reconcile`: one reconciliation of 1,000, 10,000 and 100,000 RMAs: calls, time and peak memory. The two services are one process (a
 * shop made up as it is asked for), n8n's engine with the node is another. Options: --sizes 1000,10000.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured } from './reconcile/run';

async function main(): Promise<boolean> {
	const { values } = parseArgs({ options: { sizes: { type: 'string', default: '1000,10000,100000' } } });
	console.log('| RMAs | calls to ReturnGO | requests to Shopify | seconds | heap at most (MB) | of it by the run | process at most (MB) | lines |');
	console.log('|---:|---:|---:|---:|---:|---:|---:|---|');
	let isSound = true;
	for (const size of values.sizes.split(',').map(Number)) {
		const server = start('server.ts', [String(size)]);
		try {
			const measured = JSON.parse(await firstLine(start('run.ts', [await firstLine(server)], ['--expose-gc']))) as Measured;
			const count = (name: string) => measured.read.find((entry) => entry.name === name)?.count ?? 0;
			const lines = Object.entries(measured.lines).map(([name, number]) => `${name} ${number}`).join(', ');
			console.log(`| ${size} | ${count('Calls to ReturnGO')} | ${count('Requests to Shopify')} | ${measured.seconds.toFixed(0)} | ${measured.heapPeak.toFixed(0)} | ${(measured.heapPeak - measured.heapBefore).toFixed(0)} | ${measured.rssPeak.toFixed(0)} | ${lines} |`);
			isSound &&= measured.complete && (size > 10_000 || count('Calls to ReturnGO') <= 100);
		} finally {
			server.kill();
		}
	}
	return isSound;
}

function start(file: string, options: readonly string[], flags: readonly string[] = []): ChildProcess {
	// The command line of tsx would start a further process, without the flags.
	return spawn(process.execPath, [...flags, '--import', 'tsx', path.join(__dirname, 'reconcile', file), ...options], { cwd: path.join(__dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
	let text = '';
	for await (const piece of child.stdout ?? []) {
		text += String(piece);
		const end = text.indexOf('\n');
		if (end >= 0) return text.slice(0, end);
	}
	throw new Error('The process ended without an answer');
}

main()
	.then((isSound) => {
		process.exitCode = isSound ? 0 : 1;
	})
	.catch((failure: unknown) => {
		console.error(failure);
		process.exitCode = 1;
	});
