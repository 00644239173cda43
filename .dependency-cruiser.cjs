/** Which part of the house may know which. The tests are worth nothing if both sides of the wire share a mistake. */
module.exports = {
	forbidden: [
		{ name: 'returns-know-nobody', severity: 'error', from: { path: '^returns/' }, to: { path: '^(nodes|credentials|simulators|scripts|test|vendor|workflows-templates)/' } },
		{ name: 'returns-are-pure', severity: 'error', comment: 'no I/O and no n8n in the rules', from: { path: '^returns/' }, to: { path: '(^|/)(n8n-workflow|n8n-core|axios|@shopify/admin-api-client)|^(node:)?(fs|http|https|net|child_process)$' } },
		{ name: 'nodes-use-returns-only', severity: 'error', from: { path: '^(nodes|credentials)/' }, to: { path: '^(simulators|scripts|test|bench)/' } },
		{ name: 'simulators-alone', severity: 'error', from: { path: '^simulators/' }, to: { path: '^(nodes|returns|credentials|vendor|test)/' } },
		{ name: 'services-apart', severity: 'error', comment: 'the two nodes share rules and what lies beside their folders, not each other’s code', from: { path: '^nodes/ReturnGo/' }, to: { path: '^nodes/ShopifyReturns/' } },
		{ name: 'services-apart-back', severity: 'error', from: { path: '^nodes/ShopifyReturns/' }, to: { path: '^nodes/ReturnGo/' } },
		{ name: 'shared-knows-no-service', severity: 'error', comment: 'what lies beside the folders of the nodes is for all of them', from: { path: '^nodes/[^/]+\\.ts$' }, to: { path: '^nodes/[^/]+/' } },
		{ name: 'reconciliation-reads-only', severity: 'error', comment: 'it may use what speaks to the two services, and the small pieces named here', from: { path: '^nodes/ReturnsReconciliation/' }, to: { path: '^nodes/(ReturnGo|ShopifyReturns)/', pathNot: '^nodes/(ReturnGo|ShopifyReturns)/api/|^nodes/ShopifyReturns/(access|apiVersion|outcome|identifiers|methods/credentialTest)\\.ts$' } },
		{ name: 'nobody-needs-reconciliation', severity: 'error', from: { path: '^nodes/(ReturnGo|ShopifyReturns)/' }, to: { path: '^nodes/ReturnsReconciliation/' } },
		{ name: 'no-cycles', severity: 'error', from: { path: '^(nodes|returns|credentials|simulators)/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
		{ name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^(nodes|returns|simulators|vendor)/', pathNot: '\\.(json|graphql)$' }, to: {} },
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(node_modules|dist)/' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};
