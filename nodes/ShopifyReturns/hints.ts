/** What the editor says above the output before a write runs, and what it says after a run about the API version. */
import type { IExecuteFunctions, NodeHint } from 'n8n-workflow';
import type { ShopifyClient } from './api/client';
import { operationIsOneOf, WRITES } from './registry';

/** Writes that move money or stock of an RMA's units, of which some may have to wait. */
const SETTLEMENTS = ['refund.post', 'restock.execute', 'return.process', 'storeCredit.createGiftCard', 'storeCredit.creditAccount', 'storeCredit.refund'];

/** As isDryRun reads it: what is not clearly off rehearses. */
const IS_DRY_RUN = '!["", "false", "0", "null", "undefined"].includes(String($parameter["options"]?.["dryRun"]).trim().toLowerCase())';

const abovePane = { whenToDisplay: 'beforeExecution', location: 'outputPane' } as const;

export const hints: NodeHint[] = [
	{
		...abovePane,
		type: 'info',
		message: 'Dry Run is on: nothing is changed in Shopify. What a real run would do comes out of Needs Attention.',
		displayCondition: `={{ ${operationIsOneOf(WRITES)} && ${IS_DRY_RUN} }}`,
	},
	{
		...abovePane,
		type: 'info',
		message: 'Units that cannot be settled now, and payments that are still pending, come out of Needs Attention with the reason and, where waiting helps, the time to run again. One item may come out of both outputs.',
		displayCondition: `={{ ${operationIsOneOf(SETTLEMENTS)} && !(${IS_DRY_RUN}) }}`,
	},
	{
		...abovePane,
		type: 'warning',
		message: 'Allow as Tool is on: an AI agent may run this operation, which changes something in Shopify, whenever it decides to.',
		displayCondition: `={{ $parameter["allowAsTool"] === true && ${operationIsOneOf(WRITES)} }}`,
	},
];

/** Says once per run and version that Shopify answered with another API version than the node asks for. */
export function hintAtOtherVersions(context: IExecuteFunctions, clients: readonly ShopifyClient[]): void {
	const differing = clients.flatMap(({ apiVersion, usage: { apiVersionAnswered } }) => (apiVersionAnswered === null || apiVersionAnswered === apiVersion ? [] : [`Shopify answered with version ${apiVersionAnswered} instead of ${apiVersion}`]));
	for (const sentence of new Set(differing)) {
		context.addExecutionHints({ message: `${sentence}, as it does when it no longer supports a version. Choose another API Version in the settings of this node, and look at what comes out.`, type: 'warning', location: 'outputPane' });
	}
}
