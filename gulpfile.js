/**
 * The build: type-check, bundle what n8n does not provide, copy icons, codex files and output schemas to dist/.
 * `gulp build` makes what is published; `gulp lint` is every static check.
 */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { src, dest, series, parallel } = require('gulp');
const esbuild = require('esbuild');
const { globSync } = require('node:fs');

/** Modules that n8n itself brings; everything else is bundled, so the package has no run-time dependencies. */
const PROVIDED_BY_N8N = ['n8n-workflow', 'lodash', 'lodash/*', 'luxon', 'zod'];

function run(command, args) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: 'inherit' });
		child.on('error', reject);
		child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with code ${code}`))));
	});
}

const clean = () => rm('dist', { recursive: true, force: true });

const typecheck = () => run('tsc', ['--noEmit', '-p', 'tsconfig.json']);

const bundle = () =>
	esbuild.build({
		entryPoints: globSync(['nodes/*/*.node.ts', 'credentials/*.credentials.ts']),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: PROVIDED_BY_N8N,
		legalComments: 'inline',
		logLevel: 'warning',
	});

const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));

/** What each operation gives out; n8n looks for it beside the node's file. */
const outputSchemas = () => src('nodes/*/__schema__/**/*.json', { base: '.' }).pipe(dest('dist'));

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const eslint = () => run('eslint', ['.', '--max-warnings', '0', '--no-inline-config']);

const dependencyRule = () => run('depcruise', ['--config', '.dependency-cruiser.cjs', 'nodes', 'returns', 'credentials', 'simulators']);

const codegen = () => run('tsx', ['scripts/codegen.ts']);

const codegenDrift = () => run('tsx', ['scripts/codegen.ts', '--check']);

const DOCS = ['scripts/exceptionsPage.ts', 'scripts/operationsPage.ts', 'scripts/coveragePage.ts', 'scripts/manualPage.ts'];

const docs = async () => {
	for (const script of DOCS) await run('tsx', [script]);
};

const docsDrift = async () => {
	for (const script of DOCS) await run('tsx', [script, '--check']);
};

/** Plays every operation at the simulators and writes down what came out; `npm test` plays the same and compares. */
const schemas = () => {
	process.env.WRITE_SCHEMAS = '1';
	return run('jest', ['test/engine/everyOperation']);
};

const templates = () => run('tsx', ['scripts/templates/check.ts']);

exports.typecheck = typecheck;
exports.docs = docs;
exports.codegen = codegen;
exports.schemas = schemas;
exports.bundle = series(clean, parallel(bundle, codex, outputSchemas, icons));
exports.build = series(typecheck, exports.bundle);
exports.lint = series(typecheck, eslint, dependencyRule, codegenDrift, docsDrift, templates);
