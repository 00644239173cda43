/**
 * One return from request to settled: a customer sends back two of three mugs, the warehouse finds one sellable and one
 * damaged, and the published workflows do the rest. What was settled is judged by what the two systems show, not by what n8n says.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import type { SimulatorControl } from '../host/simulatorControl';
import type { OrderView, ShopifyAdmin } from './shopifyAdmin';
import { Timeline } from './timeline';

const SKU = 'MUG-BLUE';
const PIECES_BOUGHT = 3;
const PIECES_RETURNED = 2;
const PIECES_SELLABLE = 1;
const IN_STOCK_BEFORE_THE_SALE = 40;

const SETTLED_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 500;

export interface StoryOutcome {
	settled: boolean;
	/** One sentence per fact that was checked, with the values seen. */
	facts: Array<{ holds: boolean; sentence: string }>;
}

interface CreatedOrder {
	id: string;
	name: string;
	lines: Array<{ id: string; sku: string }>;
}

/** The control interface's view of a request; `details` is what ReturnGO's API shows. */
interface RmaView {
	rmaId: number;
	status: string;
	orderName: string;
	details: {
		shipments: Array<{ status: string }>;
		items: Array<{
			returnedItemId: string;
			itemValidationStatusResponse: { lastValidationDate: string | null; isReturned: boolean; isRestockable: boolean };
		}>;
		comments: Array<{ triggeredBy: string; htmlText: string; datetime: string }>;
		transactions?: Array<{ status: string }>;
	};
}

export class ReturnStory {
	private readonly timeline: Timeline;
	private countedUpTo = { shopify: 0, returnGo: 0 };

	constructor(
		private readonly shopify: SimulatorControl,
		private readonly returnGo: SimulatorControl,
		private readonly admin: ShopifyAdmin,
		/** Resolves when no workflow runs any more. */
		private readonly workflowsAtRest: () => Promise<void>,
		/** The names under which the simulators' request logs know n8n. */
		private readonly n8nActors: { shopify: string; returnGo: string },
		write: (line: string) => void,
	) {
		this.timeline = new Timeline(write);
	}

	async play(): Promise<StoryOutcome> {
		const { admin } = this;
		await this.skipEarlierCalls();
		const order = await this.sell();
		const line = order.lines.find(({ sku }) => sku === SKU);
		if (!line) throw new Error(`The order ${order.name} has no line ${SKU}.`);
		const worth = await admin.worthOf(order.id, line.id, PIECES_RETURNED);
		const beforeReturn = await admin.order(order.id);

		let rma = await this.returnGo.post<RmaView>('/__sim/rmas', {
			orderId: order.id,
			units: [{ lineItemId: line.id, quantity: PIECES_RETURNED, reason: 'Does not fit', resolutionType: 'RefundToPaymentMethod' }],
		});
		const tell = async (what: string) => {
			await this.quiet();
			rma = await this.returnGo.get<RmaView>(`/__sim/rmas/${rma.rmaId}`);
			this.timeline.add({ what, returnGo: returnGoLines(rma), shopify: shopifyLines(await admin.order(order.id)), calls: await this.newCalls() });
		};
		await tell(`The customer asks to return ${PIECES_RETURNED} of ${PIECES_BOUGHT} mugs of order ${order.name}. Shopify values them at ${worth} ${beforeReturn.currency}.`);

		await this.returnGo.post(`/__sim/rmas/${rma.rmaId}/approve`, { by: 'Dana Support' });
		await tell('Support approves. ReturnGO makes the return in Shopify.');
		await this.returnGo.post(`/__sim/rmas/${rma.rmaId}/ship`, { trackingNumber: '1Z0000000000000001', carrierName: 'UPS' });
		await tell('The carrier scans the parcel.');
		await this.returnGo.post(`/__sim/rmas/${rma.rmaId}/receive`);
		await tell('The warehouse receives the parcel. The workflows wait for the inspection.');
		const beforeInspection = await admin.order(order.id);

		await this.returnGo.post(`/__sim/rmas/${rma.rmaId}/validate`, {
			by: 'Robin Warehouse',
			units: rma.details.items.map(({ returnedItemId }, index) =>
				index < PIECES_SELLABLE
					? { id: returnedItemId, isReturned: true, isRestockable: true }
					: { id: returnedItemId, isReturned: true, isRestockable: false, nonRestockableReason: 'Handle is broken' },
			),
		});
		await tell('The warehouse inspects: one mug is as new, the other is broken. The workflows post the refund, restock the sellable mug and tell ReturnGO.');

		// Usually all is done by now; a workflow that waits for something (money that is still pending) gets its time.
		const isSettled = async () => this.judge({ worth, beforeReturn, beforeInspection, after: await admin.order(order.id), told: await this.wasTold(rma.rmaId) }).settled;
		const deadline = Date.now() + SETTLED_WITHIN_MS;
		let waited = false;
		while (!(await isSettled()) && Date.now() < deadline) {
			waited = true;
			await sleep(LOOK_EVERY_MS);
		}
		if (waited) await tell('After waiting.');

		await this.returnGo.redeliver('RMA_STATUS_UPDATED');
		await tell('ReturnGO sends the same webhook once more. The workflows look again, and nothing moves a second time.');

		return this.judge({ worth, beforeReturn, beforeInspection, after: await admin.order(order.id), told: await this.wasTold(rma.rmaId) });
	}

	/** An order as a checkout leaves it: a discount on the line, one on the order, and tax, so that two pieces have no round price. */
	private async sell(): Promise<CreatedOrder> {
		const order = await this.shopify.post<CreatedOrder>('/__sim/orders', {
			customer: { email: 'casey@customer.example' },
			lines: [
				{ sku: SKU, title: 'Mug, blue', quantity: PIECES_BOUGHT, unitPrice: '19.90', taxes: [{ title: 'Sales tax', rate: 0.0825 }] },
				{ sku: 'TEA-EARL', title: 'Earl Grey, 100 g', quantity: 1, unitPrice: '12.50', taxes: [{ title: 'Sales tax', rate: 0.0825 }] },
			],
			discounts: [
				{ target: 'line', line: 0, kind: 'percentage', value: '10', type: 'automatic', title: 'Mug week' },
				{ target: 'order', kind: 'fixed', value: '5.00', type: 'code', title: 'WELCOME5' },
			],
			shipping: { price: '4.90' },
			payments: [{ gateway: 'shopify_payments' }],
			refundsSettle: 'immediately',
		});
		await this.shopify.post('/__sim/inventory', { sku: SKU, available: IN_STOCK_BEFORE_THE_SALE - PIECES_BOUGHT });
		return order;
	}

	/** Until every webhook is delivered and every workflow it started has done its work. */
	private async quiet(): Promise<void> {
		await this.returnGo.webhookDeliveries();
		await this.workflowsAtRest();
	}

	private async wasTold(rmaId: number): Promise<boolean> {
		const rma = await this.returnGo.get<RmaView>(`/__sim/rmas/${rmaId}`);
		return rma.details.comments.some(({ triggeredBy }) => triggeredBy === 'ReturnGO API');
	}

	private judge(seen: { worth: string; beforeReturn: OrderView; beforeInspection: OrderView; after: OrderView; told: boolean }): StoryOutcome {
		const { worth, beforeReturn, beforeInspection, after, told } = seen;
		const refunds = new Set(after.refundTransactions.map(({ refundId }) => refundId));
		const stockBefore = beforeReturn.available[SKU] ?? 0;
		const stockAfter = after.available[SKU] ?? 0;
		const facts = [
			{ holds: beforeInspection.refundTransactions.length === 0 && beforeInspection.available[SKU] === stockBefore, sentence: 'Neither money nor stock moved before the inspection.' },
			{ holds: refunds.size === 1, sentence: `The order has exactly one refund (seen: ${refunds.size}).` },
			{ holds: after.refundTransactions.length > 0 && after.refundTransactions.every(({ status }) => status === 'SUCCESS'), sentence: `Its payment transactions succeeded (seen: ${after.refundTransactions.map(({ status }) => status).join(', ') || 'none'}).` },
			{ holds: Number(after.totalRefunded) === Number(worth), sentence: `It is worth what Shopify said two mugs are worth: ${worth} ${after.currency} (seen: ${after.totalRefunded}).` },
			{ holds: stockAfter - stockBefore === PIECES_SELLABLE, sentence: `Only the sellable mug went back to stock (${stockBefore} before, ${stockAfter} after).` },
			{ holds: told, sentence: 'ReturnGO was told of the outcome.' },
		];
		return { settled: facts.every(({ holds }) => holds), facts };
	}

	private async skipEarlierCalls(): Promise<void> {
		await this.newCalls();
	}

	private async newCalls(): Promise<string> {
		const [shopify, returnGo] = await Promise.all([
			this.shopify.requests({ since: this.countedUpTo.shopify, actor: this.n8nActors.shopify }),
			this.returnGo.requests({ since: this.countedUpTo.returnGo, actor: this.n8nActors.returnGo }),
		]);
		this.countedUpTo = { shopify: shopify.at(-1)?.seq ?? this.countedUpTo.shopify, returnGo: returnGo.at(-1)?.seq ?? this.countedUpTo.returnGo };
		return shopify.length + returnGo.length === 0 ? '-' : `ReturnGO ${returnGo.length}, Shopify ${shopify.length}`;
	}
}

function returnGoLines(rma: RmaView): string[] {
	return [
		`RMA${rma.rmaId} ${rma.status}`,
		`parcel: ${rma.details.shipments.map(({ status }) => status).join(', ') || 'none'}`,
		`units: ${rma.details.items.map(({ itemValidationStatusResponse: unit }) => findingOf(unit)).join(', ')}`,
		...rma.details.comments.filter(({ triggeredBy }) => triggeredBy === 'ReturnGO API').map(({ htmlText }) => `comment: ${htmlText.replace(/<[^>]+>/g, ' ').trim()}`),
	];
}

function findingOf(unit: { lastValidationDate: string | null; isReturned: boolean; isRestockable: boolean }): string {
	if (unit.lastValidationDate === null) return 'not inspected';
	if (!unit.isReturned) return 'missing';
	return unit.isRestockable ? 'sellable' : 'damaged';
}

function shopifyLines(order: OrderView): string[] {
	return [
		`${order.name} ${order.financialStatus}${order.returns.length > 0 ? `, return ${order.returns.join(', ')}` : ''}`,
		order.refundTransactions.length === 0
			? 'no refund'
			: `refunded ${order.totalRefunded} ${order.currency} (${order.refundTransactions.map(({ status, gateway }) => `${gateway}: ${status}`).join(', ')})`,
		`${SKU} in stock: ${order.available[SKU] ?? 'unknown'}`,
		...(order.tags.length > 0 ? [`tags: ${order.tags.join(', ')}`] : []),
	];
}
