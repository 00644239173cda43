/**
 * Checks every shipped template: n8n's rules for templates, nobody's data, settings explained, a guard before every write, and that all nodes and
 * parameters exist. As a program it ends with 1 when something is found.
 */
import { installedN8n, N8N_VERSION } from '../host/install';
import { installedNodeTypes, ownNodes } from './nodeTypes';
import { unknownParameters } from './parameters';
import { breaches } from './rules';
import { readTemplates } from './template';

const N8N_OWN = 'n8n-nodes-base.';

async function main(): Promise<void> {
	const templates = readTemplates();
	const own = await ownNodes();
	const n8n = await installedN8n();
	const n8nTypes = n8n === undefined ? null : installedNodeTypes(n8n.directory);
	const findings = templates.flatMap((template) =>
		[
			...breaches(template, own),
			...unknownParameters(template, own.types, (type) => !type.startsWith(N8N_OWN)),
			...(n8nTypes === null ? [] : unknownParameters(template, n8nTypes, (type) => type.startsWith(N8N_OWN))),
		].map((finding) => `${template.file}: ${finding}`),
	);
	const notLookedAt = n8nTypes === null ? ` n8n ${N8N_VERSION} is not installed on this machine: the parameters of its own nodes are checked by the end-to-end tests only.` : '';
	if (findings.length === 0) {
		process.stdout.write(`${templates.length} templates are in order.${notLookedAt}\n`);
		return;
	}
	process.stderr.write(`${findings.join('\n')}\n${notLookedAt}\n`);
	process.exitCode = 1;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exitCode = 1;
});
