/** What audit, reconciliation and the search for stuck returns look for, code by code: what it means, by which facts it is found, and what ends it. */
import type { ExceptionCode } from './exceptions';

export interface ExceptionSigns {
	meaning: string;
	/** The facts in both systems by which it is found. */
	detection: string;
	/** What makes the next run find it no more. */
	clearing: string;
}

export const EXCEPTION_SIGNS = {
	orderNotInPortal: { meaning: 'Somebody made a return in Shopify that the returns portal does not know.', detection: 'An order has a return that is neither canceled nor declined, older than “States Disagree”, and no RMA fits it.', clearing: 'An RMA for these units exists, or the return is canceled.' },
	rmaWithoutOrder: { meaning: 'A request cannot be tied to an order of this store.', detection: 'The RMA names no order, or one that Shopify does not have.', clearing: 'The RMA names an order of the store, or is rejected or canceled.' },
	skuMismatch: { meaning: 'The request is about something the order does not have.', detection: 'A unit’s line is not on the order, or has another SKU.', clearing: 'The unit names a line of the order with its SKU.' },
	doneInReturnGoOpenInShopify: { meaning: 'ReturnGO calls the return finished, Shopify does not.', detection: 'RMA Done, Shopify return OPEN or REQUESTED, for longer than “States Disagree”.', clearing: 'The Shopify return is closed, or the RMA reopened.' },
	endedInReturnGoOpenInShopify: { meaning: 'A request that was called off still has a living return in Shopify.', detection: 'RMA Rejected or Canceled, Shopify return OPEN or REQUESTED.', clearing: 'The Shopify return is canceled or closed, or the RMA reopened.' },
	closedInShopifyOpenInReturnGo: { meaning: 'Shopify calls the return finished, ReturnGO still works on it.', detection: 'Shopify return CLOSED, RMA not finished, for longer than “States Disagree”.', clearing: 'The RMA is Done, or the return reopened.' },
	endedInShopifyOpenInReturnGo: { meaning: 'The Shopify return was called off, and the customer still sends the parcel.', detection: 'Shopify return CANCELED or DECLINED, RMA not finished, and no other return for it.', clearing: 'The RMA is canceled, or has a return again.' },
	approvalMissingInShopify: { meaning: 'Units cannot be processed, because Shopify has no return for them.', detection: 'RMA Approved, and the order has neither return nor refund.', clearing: 'The order has a return that fits the RMA.' },
	receivedNotInShopify: { meaning: 'A parcel is here, and nothing follows from it.', detection: 'RMA Received, no unit inspected, no disposition, no payment, for longer than “Received, Nothing Done”.', clearing: 'A unit is inspected, processed or paid.' },
	inspectedNotRestocked: { meaning: 'Sellable pieces are not for sale.', detection: 'Fewer pieces of a line are in stock than were found sellable, for longer than “Inspected, Not Restocked”.', clearing: 'As many pieces are restocked as were found sellable.' },
	restockedBeforeInspection: { meaning: 'Shopify sells pieces that nobody has looked at.', detection: 'More pieces of a line are in stock than were found sellable, and some are not inspected.', clearing: 'The units are found sellable.' },
	restockedNotSellable: { meaning: 'Shopify sells pieces that were found damaged or missing.', detection: 'More pieces of a line are in stock than were found sellable, and all are inspected.', clearing: 'The finding is corrected, or the disposition is.' },
	approvedWithoutTracking: { meaning: 'The customer has probably not sent anything.', detection: 'RMA Approved, a parcel expected, none with a tracking number, for longer than “Approved Without Tracking”.', clearing: 'A tracking number is known, the parcel arrives, or the RMA ends.' },
	inTransitTooLong: { meaning: 'The parcel may be lost.', detection: 'Parcel Shipped for longer than “In Transit”.', clearing: 'The parcel is received, or the RMA ends.' },
	deliveredNotReceived: { meaning: 'The parcel lies somewhere in the house.', detection: 'The carrier delivered (given to the audit, or in ReturnGO’s timeline), RMA still Approved.', clearing: 'The RMA is Received.' },
	refundMissing: { meaning: 'The customer waits for money.', detection: 'A unit to be refunded was inspected, or its RMA is Done, longer ago than “Refund Missing”, and no refund, transaction or record of ours pays for it; or ReturnGO claims a refund that Shopify does not have.', clearing: 'A payment for the unit is found.' },
	refundWithoutRma: { meaning: 'Money went back for returned goods, and no request explains it.', detection: 'A refund inside a return, or one that takes pieces back, that fits no RMA.', clearing: 'An RMA of the order explains it.' },
	refundTwice: { meaning: 'The same units were paid for more than once.', detection: 'A second refund, credit or transaction for units that a first one pays for.', clearing: 'It stays as long as both payments stand and the order is in the period.' },
	valueMismatch: { meaning: 'The two systems name different amounts for the same refund.', detection: 'ReturnGO’s transactions and Shopify’s refund, or the units’ value, differ by more than rounding.', clearing: 'Both name the same amount.' },
	currencyMismatch: { meaning: 'The two systems name different currencies for the same refund.', detection: 'ReturnGO’s transaction is in another currency than the refund it names, or than the order.', clearing: 'Both name the same currency.' },
	refundPendingTooLong: { meaning: 'A refund was made and the money does not move.', detection: 'A transaction is PENDING, or ReturnGO’s is Requested, for longer than “Refund Pending”.', clearing: 'The transaction says SUCCESS or FAILURE.' },
	refundFailed: { meaning: 'The payment provider refused, and the customer has no money.', detection: 'A refund’s transaction says FAILURE or ERROR, and none of it succeeded.', clearing: 'The refund’s transaction succeeds, or the units are paid another way.' },
	storeCreditMissing: { meaning: 'The customer was promised store credit and has none.', detection: 'As for a missing refund, for units whose resolution is store credit.', clearing: 'A store credit, gift card or transaction for the unit is found.' },
	exchangeNotReleased: { meaning: 'The customer waits for the other piece.', detection: 'RMA Received or later, its exchange order still a draft, for longer than “Exchange Not Released”.', clearing: 'The draft has become an order.' },
	bundleParentRestocked: { meaning: 'Shopify counts a bundle that is only sold by its components.', detection: 'A bundle’s own line (Shopify’s, or of the bundle table) is restocked.', clearing: 'The disposition is corrected.' },
	returnGoAutoRefundActive: { meaning: 'Two parties pay the same refunds.', detection: 'The settings give refunds to this workflow, and ReturnGO has refund transactions of its own.', clearing: 'No such transaction is in the period any more.' },
	webhookRegistrationLost: { meaning: 'Events no longer arrive.', detection: 'A service lists no subscription of an expected event to the expected address.', clearing: 'The subscription is there again.' },
	scopeMissing: { meaning: 'Some operations will be refused.', detection: 'A scope that the connector needs is not among the granted ones.', clearing: 'The scope is granted.' },
	callBudgetLow: { meaning: 'ReturnGO may soon refuse calls until the next day.', detection: 'A run used nine tenths of the calls it may make.', clearing: 'A run needs fewer calls, or may make more.' },
} as const satisfies Partial<Record<ExceptionCode, ExceptionSigns>>;
