/** Settling by the pipeline alone, over our own client. A plain HTTP helper stands in n8n's place, so that a process is up in half a second. */
import axios from 'axios';
import { NodeHelpers, type IDataObject, type IExecuteFunctions, type IHttpRequestOptions, type INode } from 'n8n-workflow';
import { createShopifyClient } from '../../nodes/ShopifyReturns/api/client';
import { routeFailure } from '../../nodes/ShopifyReturns/outcome';
import { findOperation } from '../../nodes/ShopifyReturns/registry';
import { ShopifyReturns } from '../../nodes/ShopifyReturns/ShopifyReturns.node';
import type { Answer, SettleJob } from './messages';

export async function settleByPipeline(job: SettleJob): Promise<Answer> {
	const context = contextOf(job);
	const operation = findOperation(job.resource, job.operation);
	if (operation === undefined) throw new Error(`There is no operation ${job.resource} ${job.operation}`);
	const [settled = [], attention = []] = await createShopifyClient(context)
		.then(async (client) => await operation.execute.call(context, 0, client))
		.catch((failure: unknown) => routeFailure(failure, context.getNode(), 0, true));
	return { settled: settled.map((item) => item.json), attention: attention.map((item) => item.json), error: null };
}

/** As much of n8n as the operations and the client ask for. */
function contextOf({ access, resource, operation, parameters, rma }: SettleJob): IExecuteFunctions {
	const node: INode = { id: 'faults', name: 'Shopify Returns', type: 'shopifyReturns', typeVersion: 1, position: [0, 0], parameters: {} };
	const { description } = new ShopifyReturns();
	const completed = NodeHelpers.getNodeParameters(description.properties, { resource, operation, ...parameters } as INode['parameters'], true, false, node, description);
	const values: IDataObject = { ...completed, rma };
	const context = {
		getNode: () => node,
		getExecutionId: () => '',
		getInputData: () => [{ json: rma }],
		getNodeParameter: (name: string, _item: number, fallback: unknown, options?: { extractValue?: boolean }) => {
			const value = Object.hasOwn(values, name) ? values[name] : fallback;
			return options?.extractValue === true && isLocator(value) ? value.value : value;
		},
		getCredentials: async () => ({ ...access, shopDomain: access.url }),
		logger: { warn: () => undefined },
		helpers: {
			httpRequestWithAuthentication: async (_credential: string, options: IHttpRequestOptions) => {
				const { status, headers, data } = await axios.request<string>({
					method: 'POST',
					url: options.url,
					headers: { ...(options.headers as Record<string, string>), 'X-Shopify-Access-Token': access.accessToken ?? '' },
					data: options.body,
					responseType: 'text',
					transformResponse: (text: string) => text,
					maxRedirects: 0,
					timeout: options.timeout,
					proxy: false,
				});
				return { statusCode: status, headers: { ...headers }, body: data };
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}
