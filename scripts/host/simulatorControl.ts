/** A client of the control interface that both simulators have: their state, request log, faults, clock and webhook deliveries. */
import http from 'node:http';

import axios, { isAxiosError, type AxiosInstance } from 'axios';

import type { Fault, FaultReport } from '../../simulators/shared/faults';
import type { LoggedRequest } from '../../simulators/shared/log';
import type { WebhookAttempt, WebhookFault } from '../../simulators/shared/webhooks';

export type { Fault, LoggedRequest, WebhookAttempt };

/** A fault as it is planned: without an id the simulator makes one, without a number of times it hits once. */
export type PlannedFault = Omit<Fault, 'id' | 'times'> & Partial<Pick<Fault, 'id' | 'times'>>;

/** The same for webhook deliveries. */
export type PlannedWebhookFault = Omit<WebhookFault, 'times'> & Partial<Pick<WebhookFault, 'times'>>;

export interface RequestFilter {
	/** GraphQL root field ("refundCreate") or route ("GET /rma/:id"). */
	operation?: string;
	/** Only requests with a higher sequence number. */
	since?: number;
	/** Only requests of this app or key, as the simulator names it. */
	actor?: string;
	/** The newest so many. */
	limit?: number;
}

export interface ClockChange {
	set?: string;
	advanceMs?: number;
	freeze?: boolean;
}

export class SimulatorControl {
	private readonly client: AxiosInstance;

	constructor(readonly url: string) {
		// A kept connection is closed by the simulator after five idle seconds, possibly while the next request is on its way.
		this.client = axios.create({ baseURL: url, timeout: 30_000, proxy: false, httpAgent: new http.Agent({ keepAlive: false }) });
	}

	/** Service requests (never control requests), oldest first. */
	async requests(filter: RequestFilter = {}): Promise<LoggedRequest[]> {
		return await this.send('GET', '/__sim/requests', undefined, filter);
	}

	async clearRequests(): Promise<void> {
		await this.send('DELETE', '/__sim/requests');
	}

	/** The complete state as plain data. */
	async state<State>(): Promise<State> {
		return await this.send('GET', '/__sim/state');
	}

	async reset(seed?: number): Promise<void> {
		await this.send('POST', '/__sim/reset', seed === undefined ? {} : { seed });
	}

	async addFaults(...faults: PlannedFault[]): Promise<void> {
		await this.send('POST', '/__sim/faults', faults);
	}

	async faults(): Promise<FaultReport[]> {
		return await this.send('GET', '/__sim/faults');
	}

	async clearFaults(): Promise<void> {
		await this.send('DELETE', '/__sim/faults');
	}

	async changeClock(change: ClockChange): Promise<void> {
		await this.send('POST', '/__sim/clock', change);
	}

	/** Every attempt at a webhook delivery; waits first until nothing is under way. */
	async webhookDeliveries(): Promise<WebhookAttempt[]> {
		return await this.send('GET', '/__sim/webhooks', undefined, { wait: 'true' });
	}

	async addWebhookFault(fault: PlannedWebhookFault): Promise<void> {
		await this.send('POST', '/__sim/webhooks/faults', fault);
	}

	async clearWebhookFaults(): Promise<void> {
		await this.send('DELETE', '/__sim/webhooks/faults');
	}

	/**
	 * ReturnGO's simulator: sends the newest delivery of an event once more, byte by byte, to every address that got it. Throws where
	 * a receiver does not take it, because a repetition that is turned away proves nothing.
	 */
	async redeliver(eventName: string): Promise<WebhookAttempt[]> {
		const newest = new Map<string, WebhookAttempt>();
		for (const attempt of await this.webhookDeliveries()) if (attempt.topic === eventName) newest.set(attempt.url, attempt);
		if (newest.size === 0) throw new Error(`ReturnGO has not sent ${eventName} to anybody yet.`);
		const sent: WebhookAttempt[] = [];
		for (const { url, body } of newest.values()) sent.push(...(await this.post<WebhookAttempt[]>('/__sim/webhooks/send', { eventName, url, rawBody: body })));
		const refused = sent.filter(({ outcome }) => outcome !== 'delivered');
		if (refused.length > 0) throw new Error(`A repeated ${eventName} was not taken: ${refused.map(({ status, detail }) => `${status ?? 'no answer'} ${detail}`).join(', ')}`);
		return sent;
	}

	/** Any other control request, e.g. `post('/__sim/rmas/4001/validate', { all: true })`. */
	async post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
		return await this.send('POST', path, body);
	}

	async get<Answer>(path: string): Promise<Answer> {
		return await this.send('GET', path);
	}

	/** Sets some of the simulator's switches; a reset returns to those of the start. */
	async setOptions(options: object): Promise<void> {
		await this.send('PATCH', '/__sim/options', options);
	}

	private async send<Answer>(method: string, path: string, data?: unknown, params?: object): Promise<Answer> {
		try {
			return (await this.client.request<Answer>({ method, url: path, data, params })).data;
		} catch (error) {
			if (!isAxiosError(error)) throw error;
			throw new Error(`The simulator at ${this.url} answered ${method} ${path} with ${error.response?.status ?? error.code}: ${JSON.stringify(error.response?.data)}`);
		}
	}
}
