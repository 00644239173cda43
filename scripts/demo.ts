/**
 * `npm run demo`: both simulators with a small lived-in shop, a real n8n with the packed connector and the published templates,
 * and one return played from request to settled. Leaves the editor open; with `-- --once` it ends by itself, with exit code 0
 * only if the return was settled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ShopifyAdmin } from './demo/shopifyAdmin';
import { ReturnStory } from './demo/story';
import { ensureN8n } from './host/install';
import { failureOf, installPackage, N8nHost, packPackage } from './host/n8n';
import { SimulatorControl } from './host/simulatorControl';
import { N8N_ACTORS, simulatorCredentials } from './host/simulatorCredentials';
import { startSimulatorsWithSmallShop } from './host/simulators';
import { readTemplate, templateNames, withSettings, type SettingValue } from './host/templates';

const SEED = 42;
/**
 * What the story needs published, with what its consultant decides: damaged pieces are paid for, and where stock goes. The other templates lie in the
 * editor to be looked at; some of them want a mail server.
 */
const publishedWith = (locationId: string): Record<string, Record<string, SettingValue>> => ({
	'post-the-refund-after-inspection': { damagedUnits: 'refund' },
	'restock-after-inspection': { locationId },
});

/** What has been started, newest last; ended in the opposite order, once, whoever asks first. */
class Started {
	private readonly ends: Array<() => Promise<void> | void> = [];
	private ending: Promise<void> | undefined;

	onEnd(end: () => Promise<void> | void): void {
		this.ends.push(end);
	}

	async end(): Promise<void> {
		this.ending ??= this.endAll();
		await this.ending;
	}

	private async endAll(): Promise<void> {
		for (const end of this.ends.reverse()) {
			try {
				await end();
			} catch (error) {
				say(messageOf(error));
			}
		}
	}
}

async function demo(started: Started, once: boolean): Promise<boolean> {
	say('ReturnGO and Shopify in step: the demo. Everything runs on this machine; no money, no stock and no person is real.');
	await ensureN8n(say);

	const userFolder = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-demo-'));
	started.onEnd(() => rmSync(userFolder, { recursive: true, force: true }));
	const tarball = await packPackage(userFolder, say);
	await installPackage(userFolder, tarball, say);

	say('Starting the simulators with a small shop …');
	const simulators = await startSimulatorsWithSmallShop(SEED);
	started.onEnd(() => simulators.close());
	say(`ReturnGO simulator: ${simulators.returnGoUrl}   Shopify simulator: ${simulators.shopifyUrl}   (state pages)`);

	say('Starting n8n (about half a minute) …');
	const host = await N8nHost.prepare({ userFolder });
	started.onEnd(() => host.stop());
	await host.start();
	const credentials = await host.importCredentials(simulatorCredentials(simulators));
	const shopify = new SimulatorControl(simulators.shopifyUrl);
	const admin = await ShopifyAdmin.of(shopify);
	const published = publishedWith((await admin.firstLocation()).id);
	const workflows: Array<{ id: string; name: string }> = [];
	for (const template of await templateNames()) {
		const settings = published[template];
		const workflow = await host.importWorkflow(await readTemplate(template), { credentials, patch: (file) => withSettings(file, settings ?? {}) });
		if (settings === undefined) continue;
		await host.publish(workflow.id);
		workflows.push(workflow);
		say(`Imported and published: ${workflow.name}${Object.entries(settings).map(([name, value]) => ` (Settings: ${name} = ${value})`).join('')}`);
	}
	say('The other templates are imported as drafts.');

	const story = new ReturnStory(shopify, new SimulatorControl(simulators.returnGoUrl), admin, () => host.waitUntilAtRest(), N8N_ACTORS, say);
	const { settled, facts } = await story.play();
	for (const { holds, sentence } of facts) say(`${holds ? '  yes' : '   NO'}  ${sentence}`);
	say('');
	for (const { id, name } of workflows) say(`${name}: ${await executionsOf(host, id)}`);
	say(settled ? '\nThe return is settled.' : `\nThe return is NOT settled. n8n's log:\n${host.logTail()}`);

	if (!once) {
		say(`\nThe editor is open:  ${host.url}`);
		say(`Log in as            ${host.owner.email}  with password  ${host.owner.password}`);
		say(`Look at ReturnGO at  ${simulators.returnGoUrl}  and at Shopify at  ${simulators.shopifyUrl}`);
		say('Ctrl-C ends everything.');
		await new Promise(() => {
			// Until a signal comes. An interval, because a pending promise alone does not keep the program alive.
			setInterval(() => undefined, 60_000);
		});
	}
	return settled;
}

/** e.g. "6 executions: 5 success, 1 error", and why. */
async function executionsOf(host: N8nHost, workflowId: string): Promise<string> {
	const summaries = await host.executions(workflowId);
	const counts = new Map<string, number>();
	const reasons = new Set<string>();
	for (const { id, status } of summaries) {
		counts.set(status, (counts.get(status) ?? 0) + 1);
		const failure = status === 'success' ? undefined : failureOf(await host.rest.execution(id));
		if (failure) reasons.add(failure);
	}
	return [`${summaries.length} executions: ${[...counts].map(([status, count]) => `${count} ${status}`).join(', ')}`, ...reasons].join('\n    ');
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

const started = new Started();
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
	// npm, the launcher and the terminal may each deliver the same Ctrl-C; the second one changes nothing.
	process.on(signal, () => {
		void started.end().then(() => process.exit(code));
	});
}
demo(started, process.argv.includes('--once'))
	.catch((error: unknown) => {
		say(messageOf(error));
		return false;
	})
	.then(async (settled) => {
		await started.end();
		process.exit(settled ? 0 : 1);
	});
