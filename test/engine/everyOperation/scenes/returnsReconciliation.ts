/** Further runs of the Returns Reconciliation node, in which fields have values that the table's runs leave empty. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnsReconciliation } from '../../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { FLAGSHIP, type Placed } from '../../../support/shop';
import { runNode } from '../../harness';
import type { Scene, Scenes } from '../outputs';
import type { Services } from '../services';
import { fullRequest } from './returnGo';

const RMA_LINK = 'https://returns.example/rma/{rmaId}';
/** Nothing may take any time. */
const AT_ONCE = { allowedDays: { receivedNotInShopify: 0, statusConflict: 0, inspectedNotRestocked: 0, refundMissing: 0, approvedWithoutTracking: 0 } };
const THIS_MONTH = () => new Date().toISOString().slice(0, 7);

/** ReturnGO has paid, a person in the admin pays once more, and the payout with both has left. */
async function paidTwice(services: Services): Promise<Placed & { rmaId: string }> {
	const found = await services.inspectedReturn({ ...FLAGSHIP, tags: ['vip'], note: 'Call first' });
	await services.returnGo.post(`/__sim/rmas/${found.rmaId}/refund`);
	await services.shopify.post('/__sim/admin/refund', { orderId: found.orderId, lines: [{ lineItemId: found.lineItemIds[0], quantity: 1 }] });
	await services.returnGo.changeClock({ advanceMs: 4 * 3600 * 1000 });
	await services.shopify.post('/__sim/payouts', { everything: true });
	return found;
}

const searching: Scene = async (services) => {
	await paidTwice(services);
	return { parameters: { ...AT_ONCE, callLimit: 50, rmaLink: RMA_LINK } };
};

/** However few orders there are, Shopify writes them into a file. */
const IN_BULK = { bulkThreshold: 0 };

/** What the month's report and table are made of. */
async function closedMonth(services: Services): Promise<INodeParameters> {
	await paidTwice(services);
	const { outputs, error } = await runNode({
		node: ReturnsReconciliation,
		credentialTypes: services.credentialTypes,
		credentials: services.credentials(['returnGoApi', 'shopifyReturnsApi']),
		parameters: { resource: 'month', operation: 'close', month: THIS_MONTH(), rmaLink: RMA_LINK },
	});
	if (error !== undefined) throw error;
	const [findings = [], [sums] = []] = outputs.map((items) => items.map(({ json }): IDataObject => json));
	return { findings: JSON.stringify(findings), summary: JSON.stringify(sums) };
}

export const RETURNS_RECONCILIATION_SCENES: Scenes = {
	'audit.run': [
		searching,
		async (services) => {
			await paidTwice(services);
			return { parameters: { ...AT_ONCE, callLimit: 50, options: { ...IN_BULK, eventAddress: 'https://n8n.example/', shopifyTopics: 'REFUNDS_CREATE' } } };
		},
	],
	'case.get': [async (services) => ({ parameters: { rmaId: (await fullRequest(services)).rmaId } }), async (services) => ({ parameters: { rmaId: (await paidTwice(services)).rmaId } })],
	'exception.compareWithLastRun': [async (services) => ({ parameters: { memory: 'given', ...(await closedMonth(services)) } })],
	'exception.findOpen': [searching],
	'month.close': [
		async (services) => {
			await paidTwice(services);
			return { parameters: { month: THIS_MONTH(), rmaLink: RMA_LINK, options: { includeMatched: true } } };
		},
		async (services) => {
			await paidTwice(services);
			return { parameters: { month: THIS_MONTH(), rmaLink: RMA_LINK, options: { includeMatched: true, ...IN_BULK } } };
		},
	],
	'reconciliation.run': [
		async (services) => {
			await paidTwice(services);
			return { parameters: { since: '2020-01-01T00:00:00Z', rmaLink: RMA_LINK, options: { includeMatched: true } } };
		},
		async (services) => {
			await paidTwice(services);
			return { parameters: { since: '2020-01-01T00:00:00Z', rmaLink: RMA_LINK, options: { includeMatched: true, ...IN_BULK } } };
		},
	],
	'report.build': [async (services) => ({ parameters: { reportKind: 'monthEnd', ...(await closedMonth(services)) } })],
	'report.listRows': [async (services) => ({ parameters: { findings: (await closedMonth(services)).findings ?? '' } })],
};
