/** End-to-end tests: the shipped templates in a real n8n against both simulators. One n8n for the whole run, one test file at a time. */
const base = require('./jest.config.js');

module.exports = {
	...base,
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/harness/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/harness/globalTeardown.ts',
	maxWorkers: 1,
	testTimeout: 180_000,
};
