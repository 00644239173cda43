/** Where the Node that n8n needs lives: the npm package `node` brings the binary, and the headers that native modules are built with. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const repositoryRoot = path.resolve(__dirname, '..', '..');

const BINARIES = path.join(repositoryRoot, 'node_modules', '.bin');

/** Absolute path of the Node 24 binary among the project's dev dependencies. */
export function node24Binary(): string {
	const binary = path.join(BINARIES, 'node');
	if (!existsSync(binary)) {
		throw new Error(`There is no ${binary}. Run "node scripts/setup.mjs" first: it installs the project's dev dependencies.`);
	}
	return binary;
}

/** An environment in which `node` and `npm` run on Node 24, whatever Node the machine has. */
export function node24Environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	return { ...process.env, PATH: `${path.dirname(node24Binary())}${path.delimiter}${process.env.PATH ?? ''}`, ...extra };
}

/** The folder with Node's headers, so that node-gyp needs no download; undefined where the package brings none. */
export function node24Headers(): string | undefined {
	const platformPackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const candidates = [
		path.join(repositoryRoot, 'node_modules', 'node', 'node_modules', platformPackage),
		path.join(repositoryRoot, 'node_modules', platformPackage),
	];
	return candidates.find((candidate) => existsSync(path.join(candidate, 'include', 'node', 'node_api.h')));
}
