/** Unit, contract and engine tests. The tests in a real n8n have a configuration of their own: jest.e2e.config.js. */
module.exports = {
	rootDir: __dirname,
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '/test/e2e/'],
	transform: {
		'^.+\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } }, module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!(dinero\\.js|@dinero\\.js|echarts|zrender|tslib)/)'],
	// The machine of CI has two cores; jest would leave one of them idle.
	maxWorkers: 2,
	testTimeout: 30_000,
};
