/** Creating a request through the API: which policies an order's items may use, and the request made with them. The bodies are our guess. */

import { HttpError } from '../shared/http';
import type { Input } from '../shared/input';
import type { Desk, NewUnits } from './desk';
import { plainId, type ShopOrder } from './shopify';
import type { ReturnPolicy, Rma } from './types';
import type { World } from './world';

const DAY_MS = 24 * 60 * 60 * 1_000;

export class Policies {
	constructor(
		private readonly world: World,
		private readonly desk: Desk,
	) {}

	/** Per item, the policies that it may use; none when the window is over or no piece is left. */
	async eligible(shop: string, body: Input): Promise<unknown> {
		const order = await this.orderOf(shop, body);
		return {
			orderId: order.id,
			order_name: order.name.replace(/^#/, ''),
			items: readItems(body).map(({ lineItemId, quantity }) => ({
				shopLineItemId: lineItemId,
				quantity,
				eligiblePolicies: this.policiesFor(shop, order, lineItemId, quantity).map(({ policyId, policyRuleName, resolutionType, resolutionName, returnMethod, autoApprove }) => ({
					policyId,
					policyRuleName,
					resolutionType,
					resolutionName,
					returnMethod,
					isAutoApprove: autoApprove ? 1 : 0,
				})),
			})),
		};
	}

	async create(shop: string, body: Input): Promise<Rma> {
		const order = await this.orderOf(shop, body);
		const chosen = readItems(body).map((item) => {
			const policy = this.policiesFor(shop, order, item.lineItemId, item.quantity).find(({ policyId }) => policyId === item.policyId);
			if (!policy) throw new HttpError(400, { message: `Item ${item.lineItemId} is not eligible for policy ${item.policyId ?? '(none)'}` });
			return { item, policy };
		});
		const [first] = chosen;
		if (!first) throw new HttpError(400, { message: 'items is required' });
		if (chosen.some(({ policy }) => policy.returnMethod.type !== first.policy.returnMethod.type)) throw new HttpError(400, { message: 'Items with different return methods cannot be combined' });
		const address = body.optionalObject('customerAddress');
		return await this.desk.create({
			shop,
			orderId: order.id,
			units: chosen.map(({ item, policy }) => unitsOf(item, policy)),
			returnMethod: first.policy.returnMethod,
			customerAddress: address === undefined ? undefined : Object.fromEntries(address.keys().map((name) => [name, address.optionalString(name) ?? ''])),
			outOfPolicy: false,
			autoApprove: chosen.every(({ policy }) => policy.autoApprove),
			withoutShopifyOrder: false,
			evenIfTaken: false,
			triggeredVia: 'API',
		});
	}

	private policiesFor(shop: string, order: ShopOrder, lineItemId: string, quantity: number): ReturnPolicy[] {
		const line = order.lines.find(({ id }) => id === lineItemId);
		if (!line || quantity > line.quantity - this.desk.takenPieces(shop, order.id, lineItemId)) return [];
		const age = (this.world.clock.now().getTime() - Date.parse(order.createdAt)) / DAY_MS;
		return this.world.options.policies.filter(({ windowDays }) => age <= windowDays);
	}

	private async orderOf(shop: string, body: Input): Promise<ShopOrder> {
		return await this.desk.findOrder({ shop, orderId: body.optionalId('orderId'), orderName: body.optionalString('order_name') });
	}
}

interface WantedItem {
	lineItemId: string;
	quantity: number;
	policyId: string | undefined;
	returnReason: string;
}

function readItems(body: Input): WantedItem[] {
	return body.list('items').map((item) => ({
		lineItemId: plainId(item.id('shopLineItemId')),
		quantity: item.optionalCount('quantity', 1) ?? 1,
		policyId: item.optionalId('policyId'),
		returnReason: item.optionalString('returnReason') ?? '',
	}));
}

function unitsOf(item: WantedItem, policy: ReturnPolicy): NewUnits {
	return {
		lineItemId: item.lineItemId,
		quantity: item.quantity,
		resolutionType: policy.resolutionType,
		resolutionName: policy.resolutionName,
		policyRuleName: policy.policyRuleName,
		reason: item.returnReason,
		extendedReason: '',
		restockingFee: 0,
		returnFee: 0,
		shipmentFee: 0,
		exchangeItems: [],
		followUpQuestions: [],
	};
}
