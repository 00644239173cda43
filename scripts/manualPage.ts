/** Writes docs/operations-manual.md from the templates as they are shipped; with --check it only says whether the page is what they say. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { operationsManual } from './templates/manual';
import { ownNodes } from './templates/nodeTypes';
import { readTemplates } from './templates/template';

const PAGE = path.join(__dirname, '..', 'docs', 'operations-manual.md');
const ABOUT = 'For the people who run returns day by day. This page describes the templates as they are shipped and is written by `npm run docs`; `npm run templates -- --client FILE` writes the same for one client, from that client’s settings.';

async function main(): Promise<void> {
	const page = operationsManual({ client: null, workflows: readTemplates().map(({ workflow }) => workflow), about: ABOUT }, await ownNodes());
	if (!process.argv.includes('--check')) writeFileSync(PAGE, page);
	else if (readFileSync(PAGE, 'utf8') !== page) {
		console.error('docs/operations-manual.md is not what the templates say: run `npm run docs`.');
		process.exitCode = 1;
	}
}

main().catch((failure: unknown) => {
	console.error(failure);
	process.exitCode = 1;
});
