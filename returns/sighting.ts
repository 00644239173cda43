/** What the rules of detection are told, and what each of them answers. */
import type { CaseRma } from './case';
import type { ExceptionCode } from './exceptions';

/** Days that something may take before it is told of. */
export interface DetectionDays {
	/** From approval, without a parcel or a tracking number. */
	approvedWithoutTracking: number;
	inTransit: number;
	/** From the carrier's delivery to the receipt in ReturnGO. */
	deliveredNotReceived: number;
	/** From the receipt, without an inspection or anything in Shopify. */
	receivedNotInShopify: number;
	/** From the inspection to the stock. */
	inspectedNotRestocked: number;
	/** From the inspection to the payment. */
	refundMissing: number;
	refundPending: number;
	/** From the receipt to the release of an exchange. */
	exchangeNotReleased: number;
	/** That the two systems may disagree. */
	statusConflict: number;
}

export const DEFAULT_DAYS: DetectionDays = { approvedWithoutTracking: 14, inTransit: 14, deliveredNotReceived: 3, receivedNotInShopify: 5, inspectedNotRestocked: 3, refundMissing: 3, refundPending: 5, exchangeNotReleased: 7, statusConflict: 1 };

/** What counts as an inspection: ReturnGO's validation unit by unit, its status Validated, or, where nobody inspects, the receipt. */
export type InspectionRule = 'itemValidation' | 'validatedStatus' | 'receipt';

export interface DetectionSettings {
	days: DetectionDays;
	inspection: InspectionRule;
	/** SKUs that are sold as one piece and stocked by component, besides those that Shopify knows as bundles. */
	bundleSkus: readonly string[];
	/** When a carrier delivered the parcel of an RMA, by RMA id: ReturnGO's interface does not show it. */
	deliveredAt: Readonly<Record<string, string>>;
}

/** One thing that was found in a case, before it becomes a row. */
export interface Sighting {
	code: ExceptionCode;
	rmaId: string | null;
	/** What tells it from other sightings of the same code in the same RMA or order; empty where there is only one. */
	about: string;
	/** One sentence with the facts of this case. */
	message: string;
	/** When it began; ISO 8601 in UTC. */
	at: string | null;
	unitIds: readonly string[];
}

/** Whether that many days have gone by since; false for a time that nobody knows. */
export function isOlder(at: string | null, days: number, now: Date): at is string {
	return at !== null && now.getTime() - new Date(at).getTime() > days * 86_400_000;
}

/** Whether the request is over in ReturnGO without anything to settle. */
export function isEnded({ status }: Pick<CaseRma, 'status'>): boolean {
	return status === 'Rejected' || status === 'Canceled';
}
