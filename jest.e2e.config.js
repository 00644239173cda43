/** End-to-end tests: the shipped templates in a real n8n against both simulators. Each worker has an n8n and simulators of its own, and one test file at a time. */
const base = require('./jest.config.js');

module.exports = {
	...base,
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/harness/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/harness/globalTeardown.ts',
	// Mostly they wait for n8n; `-- --maxWorkers=1` starts one n8n only.
	maxWorkers: 2,
	testTimeout: 180_000,
};
