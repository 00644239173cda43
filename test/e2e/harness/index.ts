/**
 * What an end-to-end scenario works with: the shared n8n, both simulators through their control interface, and templates
 * imported exactly as they are shipped.
 */
import { N8nHost, type CredentialReference, type Execution, type StoredWorkflow, type WorkflowFile } from '../../../scripts/host/n8n';
import { SimulatorControl, type LoggedRequest, type RequestFilter } from '../../../scripts/host/simulatorControl';
import { readTemplate, withSettings, type SettingValue } from '../../../scripts/host/templates';
import { sharedInstance } from './instance';

export { failureOf, itemsOf, type Execution, type StoredWorkflow } from '../../../scripts/host/n8n';
export type { LoggedRequest, PlannedFault, PlannedWebhookFault, SimulatorControl, WebhookAttempt } from '../../../scripts/host/simulatorControl';

export interface TemplateOptions {
	/** Values of the node "Settings" that differ from the shipped ones. */
	settings?: Record<string, SettingValue>;
	/** Other credentials than those that lead to the simulators, by credential type. */
	credentials?: Record<string, CredentialReference>;
	/** What a consultant changes outside Settings, such as a schedule. */
	patch?: (file: WorkflowFile) => WorkflowFile;
}

export class E2e {
	private readonly imported: string[] = [];

	private constructor(
		readonly n8n: N8nHost,
		readonly shopify: SimulatorControl,
		readonly returnGo: SimulatorControl,
		readonly credentials: Record<string, CredentialReference>,
	) {}

	/** Call it in `beforeAll`. */
	static async connect(): Promise<E2e> {
		const { userFolder, port, shopifyUrl, returnGoUrl, credentials, env, workers } = sharedInstance();
		const n8n = await N8nHost.attach({ userFolder, port, env, workers });
		return new E2e(n8n, new SimulatorControl(shopifyUrl), new SimulatorControl(returnGoUrl), credentials);
	}

	/** Imports a template of the package as it is shipped, attaches credentials by type, and publishes it. */
	async importTemplate(name: string, options: TemplateOptions = {}): Promise<StoredWorkflow> {
		const workflow = await this.importDraft(name, options);
		await this.n8n.publish(workflow.id);
		return workflow;
	}

	/** The same without publishing: for runs that a person starts in the editor. */
	async importDraft(name: string, { settings, credentials, patch = (file) => file }: TemplateOptions = {}): Promise<StoredWorkflow> {
		const workflow = await this.n8n.importWorkflow(await readTemplate(name), {
			credentials: { ...this.credentials, ...credentials },
			patch: (file) => patch(settings ? withSettings(file, settings) : file),
		});
		this.imported.push(workflow.id);
		return workflow;
	}

	/** A workflow that is no template, with the credentials that lead to the simulators; not published. */
	async importFile(file: WorkflowFile): Promise<StoredWorkflow> {
		const workflow = await this.n8n.importWorkflow(file, { credentials: this.credentials });
		this.imported.push(workflow.id);
		return workflow;
	}

	/** Resolves with the first execution at rest (finished, or held by a Wait node), oldest first, for which the predicate holds. */
	async waitForExecution(workflowId: string, predicate: (execution: Execution) => boolean = () => true, timeoutMs?: number): Promise<Execution> {
		return await this.n8n.waitForExecution(workflowId, predicate, timeoutMs);
	}

	/** Requests to the Shopify simulator, oldest first; `actor` tells n8n's app from ReturnGO's own. */
	async shopifyRequests(filter?: RequestFilter): Promise<LoggedRequest[]> {
		return await this.shopify.requests(filter);
	}

	async returnGoRequests(filter?: RequestFilter): Promise<LoggedRequest[]> {
		return await this.returnGo.requests(filter);
	}

	/**
	 * Back to an n8n without workflows and simulators without orders, faults and requests, for the next scenario. Call it in
	 * `afterEach`. n8n is started again where a scenario has left it stopped.
	 */
	async cleanUp(): Promise<void> {
		if (this.n8n.pid === undefined) await this.n8n.start();
		// Faults first: unregistering webhooks has to get through.
		await Promise.all([this.shopify, this.returnGo].map(async (simulator) => {
			await simulator.clearFaults();
			await simulator.clearWebhookFaults();
		}));
		await this.removeWorkflows();
		await this.shopify.reset();
		await this.returnGo.reset();
		// Both share one clock, which no reset sets back.
		await this.shopify.changeClock({ set: new Date().toISOString() });
	}

	/** Unpublishes and deletes every workflow that was imported through this object. */
	async removeWorkflows(): Promise<void> {
		for (const workflowId of this.imported.splice(0)) {
			if ((await this.n8n.rest.workflow(workflowId)).activeVersionId !== null) await this.n8n.unpublish(workflowId);
			await this.n8n.rest.deleteWorkflow(workflowId);
		}
	}
}
