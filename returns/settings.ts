/** What the consultant decides about settling a return. Every field has a parameter of the same name in the node. */
import type { InspectionSource, ProvidedInspection } from './inspection';
import type { BundleTable } from './bundles';
import type { Payout, SettlementAction } from './ledger';
import type { DutyChoice, ShippingChoice } from './refund';
import type { StockState } from './stock';

/** Who executes an action (business rule 1). */
export type Owner = 'thisWorkflow' | 'returnGo' | 'person';

export interface SettlementSettings {
	/** What this call is asked to do. */
	actions: SettlementAction[];
	refundOwner: Owner;
	restockOwner: Owner;
	inspectionSource: InspectionSource;
	providedInspections: ProvidedInspection[];
	/** Resolution types of ReturnGO that are paid back to the original payment. */
	refundResolutions: string[];
	damagedUnits: 'refund' | 'doNotRefund';
	/** What to do while some units of the RMA are not inspected. */
	partialInspection: 'settleInspected' | 'waitForAll';
	/** Whether a failed ReturnGO refund stops ours. */
	afterFailedReturnGoRefund: 'stop' | 'refund';
	/** ReturnGO's transaction that this payment carries out; null: ReturnGO asked for none. */
	requestedTransactionId: string | null;
	/** GID of the Shopify return to use, when several fit. */
	shopifyReturnId: string | null;
	/** Refunds, and credits of the customer's account, that a person has looked at and found to be for something else. */
	acknowledgedRefundIds: string[];
	/** GID of the location that takes sellable units when nothing more specific is known. */
	locationId: string | null;
	/** Location GIDs by ReturnGO location id, by return reason, or by ISO country code of the parcel's origin. */
	locationMap: Record<string, string>;
	/** What to do with stock when no Shopify return holds the units. */
	stockWithoutReturn: 'stop' | 'adjust';
	/** Figure that takes damaged units; `none` leaves them out of stock. */
	unsellableState: 'none' | Exclude<StockState, 'available'>;
	/** Components by the bundle's SKU. */
	bundleTable: BundleTable;
	/** Metafield of the bundle's variant that names its components; null: none. */
	bundleMetafield: { namespace: string; key: string } | null;
	/** Decimal amount in the customer's currency that the caller expects; null: not checked. */
	expectedAmount: string | null;
	expectedPlanHash: string | null;
	/** Highest amount that one refund may have, decimal, in the customer's currency; null: no limit. */
	maximumAmount: string | null;
	/** Highest sum of one execution's payments, decimal, for each currency by itself; null: no limit. */
	maximumRunAmount: string | null;
	/** Where the money goes. */
	payout: Payout;
	/** Shipping that is paid back with the units, and the amount for the modes `capped` and `exact` (decimal, in the customer's currency). */
	refundShipping: ShippingChoice['mode'];
	refundShippingAmount: string | null;
	refundDuties: DutyChoice;
	refundTip: 'none' | 'full';
	/** Whether another figure of ReturnGO's for the same units stops the payment. */
	otherReturnGoAmount: 'stop' | 'ignore';
	/** Whether exchange items of the same Shopify return are processed with the payment and set off against it. */
	exchangeItems: 'stop' | 'process';
	/** What to do with units of the RMA that Shopify has not shipped. */
	unshippedUnits: 'stop' | 'cancel';
	/** GID of the location where cancelled units become available again; null: `locationId`. */
	cancelLocationId: string | null;
}
