/** The same end-to-end tests with n8n in queue mode: `npm run test:e2e:queue`. It needs Redis and PostgreSQL on the machine, so CI does not run it. */
const base = require('./jest.e2e.config.js');

module.exports = {
	...base,
	globalSetup: '<rootDir>/test/e2e/harness/queueSetup.ts',
	// Each n8n is three processes here.
	maxWorkers: 1,
};
