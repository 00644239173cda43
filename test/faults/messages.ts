/** What the runner and its settling processes tell each other. */
import type { IDataObject } from 'n8n-workflow';

export interface ShopAccess {
	/** Address that the settlement takes for the store. */
	url: string;
	authentication: 'accessToken' | 'clientCredentials';
	accessToken?: string;
	/** Secret that gift card codes are derived from. */
	apiSecretKey?: string;
	clientId?: string;
	clientSecret?: string;
}

export interface SettleJob {
	kind: 'settle';
	/** `node`: our node in n8n's engine; `pipeline`: the same pipeline over our own client, with a plain HTTP helper in n8n's place. */
	via: 'node' | 'pipeline';
	access: ShopAccess;
	resource: string;
	operation: string;
	parameters: IDataObject;
	rma: IDataObject;
	/** How far the clock of this settlement is ahead. */
	aheadMs: number;
}

export interface ReadRmaJob {
	kind: 'readRma';
	access: { baseUrl: string; apiKey: string; storeDomain: string };
	rmaId: string;
}

export type Job = SettleJob | ReadRmaJob;

/** What a settlement put on the node's two outputs, or what stopped it. */
export interface Answer {
	settled: IDataObject[];
	attention: IDataObject[];
	error: string | null;
}

/** `advanceMs` moves the clock of a job that is under way, as if its process had stood still for so long. */
export type ToWorker = { id: number; job: Job } | { id: number; advanceMs: number };
export type FromWorker = { ready: true } | { id: number; answer: Answer; rma?: IDataObject };
