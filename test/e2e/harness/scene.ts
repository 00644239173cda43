/** One scenario's templates in the running n8n: imported as shipped, waited for, and asked what they did. */
import { codesOf, Shop } from '../../support/shop';
import type { WorkflowFile } from '../../../scripts/host/n8n';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow, type TemplateOptions } from '.';

const LONGEST_WAIT_MS = 150_000;
const BETWEEN_LOOKS_MS = 500;
/** n8n answers a webhook before it has started its execution. */
const LOOKS_AT_REST = 2;

export class Scene {
	readonly shop: Shop;
	private readonly workflows: StoredWorkflow[] = [];

	private constructor(readonly e2e: E2e) {
		this.shop = new Shop(e2e.shopify, e2e.returnGo);
	}

	/** Call it in `beforeAll`. */
	static async open(): Promise<Scene> {
		return new Scene(await E2e.connect());
	}

	/** Call it in `afterEach`. */
	async strike(): Promise<void> {
		this.workflows.splice(0);
		await this.e2e.cleanUp();
	}

	async play(template: string, options: TemplateOptions = {}): Promise<StoredWorkflow> {
		const workflow = await this.e2e.importTemplate(template, options);
		this.workflows.push(workflow);
		return workflow;
	}

	/** The same with a workflow that is made of a template. */
	async playFile(file: WorkflowFile): Promise<StoredWorkflow> {
		const workflow = await this.e2e.importFile(file);
		await this.e2e.n8n.publish(workflow.id);
		this.workflows.push(workflow);
		return workflow;
	}

	/** Waits until every webhook was delivered and no execution is running or has begun for a while; one that waits for a time of its own is at rest. */
	async quiet(): Promise<void> {
		const deadline = Date.now() + LONGEST_WAIT_MS;
		for (let before = '', looks = 0; ; ) {
			await this.e2e.returnGo.webhookDeliveries();
			await this.e2e.shopify.webhookDeliveries();
			const summaries = (await Promise.all(this.workflows.map(async ({ id }) => await this.e2e.n8n.executions(id)))).flat();
			const now = summaries.map(({ id, status }) => `${id} ${status}`).sort().join();
			looks = summaries.length > 0 && summaries.every(({ status }) => !['new', 'running'].includes(status)) && now === before ? looks + 1 : 0;
			if (looks === LOOKS_AT_REST) return;
			if (Date.now() > deadline) throw new Error(`n8n did not come to rest: ${now}`);
			before = now;
			await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
		}
	}

	/** All executions of a workflow, oldest first. */
	async executions({ id }: StoredWorkflow): Promise<Execution[]> {
		const summaries = await this.e2e.n8n.executions(id);
		return await Promise.all(summaries.reverse().map(async (summary) => await this.e2e.n8n.waitForExecution(id, (execution) => execution.id === summary.id)));
	}

	/** What executions ended with that were handed over to a person. */
	async handedOver(workflow: StoredWorkflow): Promise<string[]> {
		return (await this.executions(workflow)).flatMap((execution) => failureOf(execution) ?? []);
	}

	/** Items that a node put out on one output, over all executions of a workflow. */
	async itemsOf(workflow: StoredWorkflow, node: string, output = 0): Promise<Array<Record<string, unknown>>> {
		return (await this.executions(workflow)).flatMap((execution) => itemsOf(execution, node, output).map(({ json }) => json));
	}

	/** Codes that a node named on either output, over all executions of a workflow. */
	async namedBy(workflow: StoredWorkflow, node: string): Promise<string[]> {
		const items = [...(await this.itemsOf(workflow, node)), ...(await this.itemsOf(workflow, node, 1))];
		return [...new Set(items.flatMap(codesOf))].sort();
	}

	/** Comments that were written over ReturnGO's API, newest first. */
	async comments(rmaId: string): Promise<string[]> {
		const { details } = await this.e2e.returnGo.get<{ details: { comments: Array<{ htmlText: string; triggeredBy: string }> } }>(`/__sim/rmas/${rmaId}`);
		return details.comments.filter(({ triggeredBy }) => triggeredBy === 'ReturnGO API').map(({ htmlText }) => htmlText);
	}

	async rmaStatus(rmaId: string): Promise<string> {
		return (await this.e2e.returnGo.get<{ status: string }>(`/__sim/rmas/${rmaId}`)).status;
	}

	async tagsOf(orderId: string): Promise<string[]> {
		return (await this.shop.outcome(orderId)).tags;
	}

	/** A request of the customer's for two pieces of the order's first line. */
	async request(orderId: string, lineItemId: string | undefined, wish: object = {}): Promise<string> {
		const { rmaId } = await this.e2e.returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId, units: [{ lineItemId, quantity: 2 }], ...wish });
		return String(rmaId);
	}

	async staff(rmaId: string, action: string, body: object = {}): Promise<void> {
		await this.e2e.returnGo.post(`/__sim/rmas/${rmaId}/${action}`, body);
	}

	/** One more message about an RMA, as ReturnGO would send it. */
	async notify(rmaId: string, eventName = 'RMA_STATUS_UPDATED', more: object = {}): Promise<void> {
		await this.e2e.returnGo.post('/__sim/webhooks/send', { eventName, body: { eventName, rmaId, ...more } });
	}
}
