/** Settling by our nodes in n8n's engine. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../credentials/ShopifyReturnsApi.credentials';
import { ReturnGo } from '../../nodes/ReturnGo/ReturnGo.node';
import { ShopifyReturns } from '../../nodes/ShopifyReturns/ShopifyReturns.node';
import { runNode } from '../engine/harness';
import type { Answer, ReadRmaJob, SettleJob } from './messages';

export async function settleByNode({ access, resource, operation, parameters, rma }: SettleJob): Promise<Answer> {
	const { url, ...secrets } = access;
	const { outputs, error } = await runNode({
		node: ShopifyReturns,
		parameters: { resource, operation, rma: '={{ $json }}', ...parameters } as INodeParameters,
		credentials: { shopifyReturnsApi: { shopDomain: url, ...secrets } },
		credentialTypes: [new ShopifyReturnsApi()],
		input: [rma],
		continueOnFail: true,
	});
	const [settled = [], attention = []] = outputs;
	return { settled: settled.map((item) => item.json), attention: attention.map((item) => item.json), error: error?.message ?? null };
}

/** The RMA as our ReturnGO node reads it. */
export async function readRma({ access, rmaId }: ReadRmaJob): Promise<IDataObject> {
	const { outputs, error } = await runNode({
		node: ReturnGo,
		parameters: { resource: 'rma', operation: 'get', rmaId: { __rl: true, mode: 'id', value: rmaId } },
		credentials: { returnGoApi: { ...access } },
		credentialTypes: [new ReturnGoApi()],
	});
	if (error) throw error;
	return outputs[0]?.[0]?.json ?? {};
}
