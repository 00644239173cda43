/**
 * Pictures of the templates and of the nodes' panels as a consultant sees them in the editor, for README and documentation.
 * As a program it starts an n8n of its own and takes the canvas of every template, or of those that are named after the command; the
 * functions also work on any running one.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { chromium, type Browser, type Page } from 'playwright-core';

import { repositoryRoot } from './host/node24';
import { installPackage, N8nHost, packPackage } from './host/n8n';
import { simulatorCredentials } from './host/simulatorCredentials';
import { readTemplate, templateNames } from './host/templates';

const CHROMIUM_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const WINDOW = { width: 1600, height: 900 };
/** The discard port of this machine. */
const NOBODY = 'http://127.0.0.1:9';
const MARGIN = 40;
/** Names stand below their nodes and do not belong to the nodes' boxes. */
const ROOM_FOR_NAMES = 60;
/** Buttons and bars of the editor lie over the canvas and would hide parts of a wide workflow. */
const ONLY_THE_WORKFLOW = 'body * { visibility: hidden } .vue-flow, .vue-flow * { visibility: visible } .vue-flow__panel, .vue-flow__panel * { visibility: hidden !important }';
const LOADED_WITHIN_MS = 60_000;
/** Templates whose settling node is shown in the guide, too. */
const WITH_NODE_PANEL = ['post-the-refund-after-inspection', 'restock-after-inspection'];

export interface PictureOfWorkflow {
	workflowId: string;
	/** The file's name without extension. */
	name: string;
}

export interface PictureOfNode extends PictureOfWorkflow {
	nodeName: string;
}

/** Path of a Chromium on this machine; undefined where there is none. */
export function findChromium(): string | undefined {
	return [process.env.CHROMIUM_PATH, ...CHROMIUM_PLACES].find((place) => place !== undefined && existsSync(place));
}

/** A browser that is logged in to one n8n. Close it when done. */
export class EditorCamera {
	private constructor(
		private readonly browser: Browser,
		private readonly page: Page,
		private readonly host: N8nHost,
		private readonly directory: string,
	) {}

	static async open(host: N8nHost, chromiumPath: string, directory: string): Promise<EditorCamera> {
		mkdirSync(directory, { recursive: true });
		const browser = await chromium.launch({ executablePath: chromiumPath, args: CHROMIUM_FLAGS });
		const context = await browser.newContext({ viewport: WINDOW, deviceScaleFactor: 2 });
		await context.addCookies(host.rest.sessionCookies().map(({ name, value }) => ({ name, value, url: host.url })));
		return new EditorCamera(browser, await context.newPage(), host, directory);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** The whole workflow, fitted into the window. Returns the picture's path. */
	async photographWorkflow({ workflowId, name }: PictureOfWorkflow): Promise<string> {
		await this.openWorkflow(workflowId);
		await this.page.addStyleTag({ content: ONLY_THE_WORKFLOW });
		const boxes = await Promise.all((await this.page.locator('.vue-flow__node').all()).map((node) => node.boundingBox()));
		const file = path.join(this.directory, `${name}.png`);
		await this.page.screenshot({ path: file, clip: frameOf(boxes.filter((box) => box !== null)) });
		return file;
	}

	/** The panel of one node with its parameters. Returns the picture's path. */
	async photographNode({ workflowId, name, nodeName }: PictureOfNode): Promise<string> {
		await this.openWorkflow(workflowId);
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`).first().dblclick();
		await this.page.locator('[data-test-id="node-parameters"], [data-test-id="ndv-parameters"], .ndv-wrapper').first().waitFor({ timeout: LOADED_WITHIN_MS });
		// The pointer would show what only shows under the pointer.
		await this.page.mouse.move(1, 1);
		// Lists that the panel loads from n8n replace their placeholders.
		await this.page.waitForTimeout(1_500);
		const file = path.join(this.directory, `${name}.png`);
		await this.page.screenshot({ path: file });
		return file;
	}

	private async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.host.url}/workflow/${workflowId}`, { timeout: LOADED_WITHIN_MS });
		await this.page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: LOADED_WITHIN_MS });
		await this.page.locator('body').press('Escape');
		// The editor's own key for "zoom to fit"; its animation takes a moment.
		await this.page.locator('body').press('1');
		await this.page.waitForTimeout(1_500);
	}
}

async function main(): Promise<void> {
	const chromiumPath = findChromium();
	if (!chromiumPath) {
		process.stdout.write(`No Chromium found (looked for ${CHROMIUM_PLACES.join(', ')} and CHROMIUM_PATH): no pictures were taken, those in docs/images stay as they are.\n`);
		return;
	}

	const userFolder = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-screenshots-'));
	let host: N8nHost | undefined;
	try {
		await installPackage(userFolder, await packPackage(userFolder));
		host = await N8nHost.start({ userFolder });
		const camera = await EditorCamera.open(host, chromiumPath, path.join(repositoryRoot, 'docs', 'images'));
		try {
			// Nobody is called; without credentials the editor would put a warning on every node.
			const credentials = await host.importCredentials(simulatorCredentials({ shopifyUrl: NOBODY, returnGoUrl: NOBODY }));
			for (const template of await chosenTemplates(process.argv.slice(2))) {
				const workflow = await host.importWorkflow(await readTemplate(template), { credentials });
				report(await camera.photographWorkflow({ workflowId: workflow.id, name: template }));
				const node = workflow.nodes.find(({ type }) => type.endsWith('.shopifyReturns'));
				if (node && WITH_NODE_PANEL.includes(template)) report(await camera.photographNode({ workflowId: workflow.id, name: `${template}-node`, nodeName: node.name }));
			}
		} finally {
			await camera.close();
		}
	} finally {
		await host?.stop();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

/** @throws Error for a name that no template has */
async function chosenTemplates(named: readonly string[]): Promise<string[]> {
	const all = await templateNames();
	const unknown = named.filter((name) => !all.includes(name));
	if (unknown.length > 0) throw new Error(`There is no template ${unknown.join(', ')}; there are ${all.join(', ')}.`);
	return named.length > 0 ? [...named] : all;
}

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** The part of the window in which all the boxes lie, with a margin. */
function frameOf(boxes: Box[]): Box {
	const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - MARGIN);
	const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - MARGIN);
	const right = Math.min(WINDOW.width, Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN);
	const bottom = Math.min(WINDOW.height, Math.max(...boxes.map(({ y, height }) => y + height)) + ROOM_FOR_NAMES);
	return { x: left, y: top, width: right - left, height: bottom - top };
}

function report(file: string): void {
	process.stdout.write(`${path.relative(repositoryRoot, file)}\n`);
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	});
}
