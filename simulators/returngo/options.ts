/** How the simulated ReturnGO behaves. Every switch stands for something merchants can set, or for something nobody outside ReturnGO knows. */

import { HttpError } from '../shared/http';
import { isObject } from '../shared/input';
import type { ReturnPolicy, RmaStatus } from './types';

export type RmaChange = 'approved' | 'shopifyReturn' | 'shipped' | 'received' | 'validated' | 'done' | 'rejected' | 'canceled' | 'reopened' | 'refund' | 'comment' | 'shipmentData' | 'exchange';

export interface ReturnGoOptions {
	/** Calls per key and UTC day on the simulator's clock; 0 switches the limit off. */
	dailyLimit: number;
	/** Calls per key within one second of real time; 0 switches the limit off. */
	perSecondLimit: number;
	/** Seconds for a Retry-After header on 429; null sends none, as the live service seems to do. */
	retryAfterSeconds: number | null;
	/** Status for a missing or unknown key: the documentation says 401, a bare AWS gateway would say 403. */
	badKeyStatus: 401 | 403;
	/** Whether 401 and 403 carry `{"message": …}` or nothing. */
	authErrorBody: 'message' | 'empty';
	/** How the last page says that it is the last. */
	lastPageCursor: 'null' | 'absent' | 'empty';
	/** Changes that move `lastUpdated` (and with it the `rma_updated_at` filter). Received, validated and refund do not, as observed. */
	lastUpdatedMovesOn: RmaChange[];
	/** What `rma_updated_at` filters on: the visible `lastUpdated`, or the last change of any kind. */
	updatedAtFilter: 'lastUpdated' | 'anyChange';

	/** Refuse write bodies with fields beyond the expected ones. */
	strictBodies: boolean;
	/** Name of the field that carries a comment's text. */
	commentField: string;
	/** Name of the field that carries a status in `PUT /rma/{id}/status`. */
	statusField: string;
	/** Status of a successful comment. */
	commentStatus: 200 | 201;
	/** Status changes allowed through the API. */
	statusTransitions: Record<RmaStatus, RmaStatus[]>;

	/** Webhook bodies: fields at the top, under `data`, or under `rma` (with `shipment`, `transaction`). */
	webhookShape: 'flat' | 'data' | 'rma';
	webhookIds: 'string' | 'number';

	/** Create a Shopify return on approval. */
	createsShopifyReturns: boolean;
	/** One return line per order line, or one per unit. */
	shopifyReturnLines: 'perLine' | 'perUnit';
	/** So many of the next Shopify returns fail, with an `error` comment. */
	failNextShopifyReturns: number;
	/** So many of the next refunds are refused by the platform. */
	failNextRefunds: number;

	/** Who executes a refund: ReturnGO through Shopify, or somebody else who reports back (`PUT /transaction`). */
	refundExecution: 'shopify' | 'notifyOnly';
	/** Which Shopify mutation ReturnGO's refund uses. */
	refundMutation: 'refundCreate' | 'returnProcess';
	/** What ReturnGO's `refundCreate` says about stock. */
	refundRestockType: 'NO_RESTOCK' | 'RETURN';
	/** Time until a payment-method refund turns from Requested into Success or Failed; 0 settles at once. */
	refundSettlesAfterMs: number;
	/** When ReturnGO refunds by itself, and how long it waits then. */
	autoRefund: { trigger: 'off' | 'shipped' | 'received' | 'validated'; delayMs: number };
	/** Which Shopify refund keeps the automatic one from firing. */
	autoRefundSuppressedBy: 'refundOfTheseLines' | 'anyOrderRefund';
	/** Real time between looking for a Shopify refund and making one: the window of the race. */
	autoRefundRaceMs: number;
	/** Marks a request Done when every unit's money is out. */
	autoMarkDone: boolean;
	/** Refuses Done before validation. */
	validationMandatory: boolean;
	/** A request becomes Validated with its last unit, or with its first. */
	validatedWith: 'lastUnit' | 'firstUnit';
	/** Whether shipment status Validated, set by API, also records every unit as returned and restockable. */
	shipmentValidationMarksUnits: boolean;
	/** How the dashboard's restock reaches Shopify. */
	restockMutation: 'reverseFulfillmentOrderDispose' | 'inventoryAdjustQuantities';
	/** Whether a restock leaves a comment in the timeline. */
	restockComments: boolean;
	policies: ReturnPolicy[];
}

export const THREE_HOURS_MS = 3 * 60 * 60 * 1_000;

export function defaultOptions(): ReturnGoOptions {
	return {
		dailyLimit: 2_000,
		perSecondLimit: 5,
		retryAfterSeconds: null,
		badKeyStatus: 401,
		authErrorBody: 'message',
		lastPageCursor: 'null',
		lastUpdatedMovesOn: ['approved', 'shopifyReturn', 'done', 'rejected', 'canceled', 'reopened'],
		updatedAtFilter: 'lastUpdated',
		strictBodies: false,
		commentField: 'htmlText',
		statusField: 'status',
		commentStatus: 200,
		statusTransitions: {
			Pending: ['Approved', 'Rejected', 'Canceled'],
			Approved: ['Received', 'Validated', 'Done', 'Canceled'],
			Received: ['Validated', 'Done', 'Canceled'],
			Validated: ['Done', 'Canceled'],
			Done: [],
			Rejected: ['Pending'],
			Canceled: ['Pending', 'Approved', 'Received', 'Validated'],
		},
		webhookShape: 'flat',
		webhookIds: 'string',
		createsShopifyReturns: true,
		shopifyReturnLines: 'perLine',
		failNextShopifyReturns: 0,
		failNextRefunds: 0,
		refundExecution: 'shopify',
		refundMutation: 'refundCreate',
		refundRestockType: 'NO_RESTOCK',
		refundSettlesAfterMs: THREE_HOURS_MS,
		autoRefund: { trigger: 'off', delayMs: 0 },
		autoRefundSuppressedBy: 'refundOfTheseLines',
		autoRefundRaceMs: 0,
		autoMarkDone: false,
		validationMandatory: false,
		validatedWith: 'lastUnit',
		shipmentValidationMarksUnits: false,
		restockMutation: 'reverseFulfillmentOrderDispose',
		restockComments: false,
		policies: [
			{
				policyId: '501',
				policyRuleName: 'Standard returns',
				resolutionType: 'RefundToPaymentMethod',
				resolutionName: 'Refund to original payment',
				windowDays: 30,
				autoApprove: false,
				returnMethod: { type: 'Ship with any carrier', name: 'Ship it yourself' },
			},
			{
				policyId: '502',
				policyRuleName: 'Late returns',
				resolutionType: 'RefundToStoreCredit',
				resolutionName: 'Store credit',
				windowDays: 90,
				autoApprove: false,
				returnMethod: { type: 'Ship with any carrier', name: 'Ship it yourself' },
			},
		],
	};
}

/** Takes over the given switches; a name or a value that cannot be is refused before anything changes. */
export function changeOptions(options: ReturnGoOptions, changes: unknown): void {
	if (!isObject(changes)) throw new HttpError(400, { message: 'options must be an object' });
	const model = defaultOptions();
	for (const [name, value] of Object.entries(changes)) {
		if (!(name in model)) throw new HttpError(400, { message: `There is no option ${name}` });
		const like: unknown = model[name as keyof ReturnGoOptions];
		const nullable = name === 'retryAfterSeconds';
		const sameKind = typeof value === typeof like && Array.isArray(value) === Array.isArray(like);
		if (!sameKind && !(nullable && (value === null || typeof value === 'number'))) throw new HttpError(400, { message: `Option ${name} is of another type` });
		const choices = CHOICES[name];
		if (choices && !choices.includes(value as string | number)) throw new HttpError(400, { message: `Option ${name} must be one of ${choices.join(', ')}` });
		if (name === 'autoRefund') checkAutoRefund(value);
	}
	const taken = structuredClone(changes) as Partial<ReturnGoOptions>;
	// Of the two grouped options only what is named changes.
	if (taken.autoRefund) taken.autoRefund = { ...options.autoRefund, ...taken.autoRefund };
	if (taken.statusTransitions) taken.statusTransitions = { ...options.statusTransitions, ...taken.statusTransitions };
	Object.assign(options, taken);
}

const CHOICES: Readonly<Record<string, ReadonlyArray<string | number>>> = {
	badKeyStatus: [401, 403],
	authErrorBody: ['message', 'empty'],
	lastPageCursor: ['null', 'absent', 'empty'],
	updatedAtFilter: ['lastUpdated', 'anyChange'],
	commentStatus: [200, 201],
	webhookShape: ['flat', 'data', 'rma'],
	webhookIds: ['string', 'number'],
	shopifyReturnLines: ['perLine', 'perUnit'],
	refundExecution: ['shopify', 'notifyOnly'],
	refundMutation: ['refundCreate', 'returnProcess'],
	refundRestockType: ['NO_RESTOCK', 'RETURN'],
	autoRefundSuppressedBy: ['refundOfTheseLines', 'anyOrderRefund'],
	validatedWith: ['lastUnit', 'firstUnit'],
	restockMutation: ['reverseFulfillmentOrderDispose', 'inventoryAdjustQuantities'],
};

function checkAutoRefund(value: unknown): void {
	const triggers: unknown[] = ['off', 'shipped', 'received', 'validated', undefined];
	const sound = isObject(value) && triggers.includes(value.trigger) && ['number', 'undefined'].includes(typeof value.delayMs);
	if (!sound) throw new HttpError(400, { message: 'Option autoRefund must be { trigger: off | shipped | received | validated, delayMs }' });
}
