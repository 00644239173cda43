/**
 * The one catalogue of what can stand in the way of a return, in words an operations person understands (business rule 4).
 * A code is stable: alerts, reports and filters are built on it. Its texts may change.
 */

export type ExceptionOwner = 'customerService' | 'warehouse' | 'finance' | 'integration' | 'nobody';
export type Severity = 'info' | 'warning' | 'critical';

interface CatalogueEntry {
	title: string;
	owner: ExceptionOwner;
	severity: Severity;
	nextStep: string;
}

export const EXCEPTIONS = {
	// Waiting for a physical fact, or for somebody else.
	notReceived: { title: 'Not received yet', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: the return goes on when the parcel is received and inspected.' },
	awaitingInspection: { title: 'Received, not inspected', owner: 'warehouse', severity: 'info', nextStep: 'Inspect the units and record the result where this workflow reads it (see Inspection Source).' },
	claimedElsewhere: { title: 'Another run is working on it', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: run again after the time in "retryAt" if the return is still open then.' },
	answerUnknown: { title: 'Shopify’s answer was lost', owner: 'integration', severity: 'warning', nextStep: 'Run again after the time in "retryAt": the order is read first, and only what was not done is done.' },
	refundPending: { title: 'Refund is pending at the payment provider', owner: 'finance', severity: 'info', nextStep: 'Run again later: the refund counts as paid when its transaction says SUCCESS.' },
	returnGoRefundRequested: { title: 'ReturnGO is paying this refund', owner: 'finance', severity: 'info', nextStep: 'Wait for ReturnGO’s transaction to end, or switch its auto-refund off and let this workflow pay.' },
	ownedElsewhere: { title: 'Somebody else does this', owner: 'nobody', severity: 'info', nextStep: 'The settings give this action to ReturnGO or to a person. Change the owner in the settings if this workflow should do it.' },
	serviceUnavailable: { title: 'A service did not answer', owner: 'integration', severity: 'warning', nextStep: 'Run again after the time in "retryAt"; look at the service’s status page if it lasts.' },

	// Evidence that it has been done.
	settledBefore: { title: 'Settled by an earlier run', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	refundedByReturnGo: { title: 'ReturnGO refunded these units', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	refundedInShopify: { title: 'Refunded in Shopify by somebody else', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	exchangedInShopify: { title: 'Exchanged in Shopify by somebody else', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	restockedInShopify: { title: 'Stock was decided in Shopify by somebody else', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	stockNotCounted: { title: 'Stock of this item is not counted', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: Shopify keeps no figure for this item. Switch on Track Quantity in Shopify if it should.' },
	customItem: { title: 'Custom item has no stock', owner: 'warehouse', severity: 'info', nextStep: 'Nothing to do in Shopify: the item is in no catalogue. Put the piece where it belongs.' },
	variantDeleted: { title: 'Variant no longer exists', owner: 'warehouse', severity: 'warning', nextStep: 'The piece is back, and Shopify has no stock to count it in. Create the variant again or put the piece aside.' },
	damagedNotStocked: { title: 'Damaged unit stays out of stock', owner: 'warehouse', severity: 'info', nextStep: 'Nothing to do in Shopify: choose a state for damaged units in the settings if Shopify should count them.' },
	returnExists: { title: 'The Shopify return exists already', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: the existing return is used.' },
	statusFieldDefined: { title: 'The status field is there already', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	orderAsWanted: { title: 'The order is as wanted already', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	returnAsWanted: { title: 'The Shopify return is as wanted already', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	giftCardInactive: { title: 'The gift card is deactivated already', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },
	returnClosed: { title: 'The Shopify return is closed already', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' },

	// Needs a person.
	rmaWithoutOrder: { title: 'Return request without an order', owner: 'customerService', severity: 'critical', nextStep: 'Find the order in Shopify and handle this return by hand, or connect the RMA to its order in ReturnGO.' },
	orderNotFound: { title: 'Order not found in Shopify', owner: 'integration', severity: 'critical', nextStep: 'Check that the Shopify credential belongs to the same store as the RMA, and that the app may read orders older than 60 days (scope read_all_orders).' },
	refundNotFound: { title: 'Refund not found in Shopify', owner: 'integration', severity: 'critical', nextStep: 'Check the refund’s id and that the Shopify credential belongs to the same store.' },
	returnNotFound: { title: 'Return not found in Shopify', owner: 'integration', severity: 'critical', nextStep: 'Check the return’s id and that the Shopify credential belongs to the same store.' },
	giftCardNotFound: { title: 'Gift card not found in Shopify', owner: 'integration', severity: 'critical', nextStep: 'Check the gift card’s id and that the Shopify credential belongs to the same store.' },
	itemNotFound: { title: 'Item not found in Shopify', owner: 'integration', severity: 'critical', nextStep: 'Check the SKU or the id of the item and that the Shopify credential belongs to the same store.' },
	skuMismatch: { title: 'Unit is not on the order', owner: 'customerService', severity: 'critical', nextStep: 'Compare the RMA’s items with the order’s lines and correct the RMA in ReturnGO.' },
	orderMismatch: { title: 'The request names another order', owner: 'customerService', severity: 'critical', nextStep: 'Compare the order of the return request with the order in Shopify; the units belong to one of them only.' },
	orderCancelled: { title: 'Order is cancelled', owner: 'customerService', severity: 'warning', nextStep: 'A cancelled order takes no returns. Check what the customer was refunded when it was cancelled.' },
	returnWindowOver: { title: 'Return window is over', owner: 'customerService', severity: 'warning', nextStep: 'Decline the request, or make an exception by hand.' },
	finalSale: { title: 'Sold as final', owner: 'customerService', severity: 'warning', nextStep: 'Decline the request, or make an exception by hand.' },
	notShippedYet: { title: 'Not shipped yet', owner: 'customerService', severity: 'warning', nextStep: 'Units that were not shipped are cancelled, not returned.' },
	returnedAlready: { title: 'On another return, or refunded', owner: 'customerService', severity: 'warning', nextStep: 'Look at the order’s other returns and refunds in Shopify.' },
	rmaEnded: { title: 'The request was rejected or canceled', owner: 'customerService', severity: 'warning', nextStep: 'The goods are here, and the request is over. Reopen it in ReturnGO if the customer is to be paid; otherwise decide what becomes of the goods, and put them into stock by hand if they are to be sold.' },
	otherResolution: { title: 'Customer chose another resolution', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do here: exchanges and store credit have workflows of their own.' },
	unitMissing: { title: 'Unit did not arrive', owner: 'customerService', severity: 'warning', nextStep: 'Talk to the customer or the carrier; nothing is paid for a unit that nobody has received.' },
	damagedNotRefunded: { title: 'Damaged unit is not refunded', owner: 'customerService', severity: 'warning', nextStep: 'Decide with the customer; the settings say that damaged units are not refunded automatically.' },
	returnNotOpen: { title: 'Shopify return is not open', owner: 'customerService', severity: 'warning', nextStep: 'Approve, reopen or recreate the return in Shopify, then run again.' },
	returnStateForbids: { title: 'The return’s state does not allow this', owner: 'customerService', severity: 'warning', nextStep: 'Look at the return in Shopify: its state decides which steps are possible.' },
	trackingDiffers: { title: 'Another tracking number is recorded', owner: 'customerService', severity: 'warning', nextStep: 'Compare both numbers, then choose in the node’s options whether the new one replaces it or belongs to a second parcel.' },
	returnUnclear: { title: 'Several Shopify returns fit this RMA', owner: 'customerService', severity: 'warning', nextStep: 'Name the Shopify return in the node’s options.' },
	returnMissing: { title: 'No Shopify return for this RMA', owner: 'integration', severity: 'warning', nextStep: 'Approve the RMA in ReturnGO so that it makes the return, or create it with Return > Create.' },
	returnPartlyProcessed: { title: 'Return is partly processed', owner: 'finance', severity: 'warning', nextStep: 'Some of these units were processed in Shopify without a refund and others were not. Settle this return by hand.' },
	refundUnclear: { title: 'Another refund may belong to this return', owner: 'finance', severity: 'critical', nextStep: 'Look at the named refund in Shopify. If it is for something else, add its id to Acknowledged Refund IDs and run again.' },
	nothingReturnable: { title: 'More units than can be returned', owner: 'customerService', severity: 'critical', nextStep: 'Compare the RMA’s units with what the order still allows to be refunded or returned.' },
	returnGoRefundFailed: { title: 'ReturnGO’s refund did not succeed', owner: 'finance', severity: 'critical', nextStep: 'Look at the transaction in ReturnGO and settle it there, or choose to refund here in spite of it.' },
	giftCardLine: { title: 'A sold gift card is to be returned', owner: 'finance', severity: 'warning', nextStep: 'The card may have been spent. Deactivate it and refund it by hand.' },
	orderInconsistent: { title: 'The order’s figures contradict each other', owner: 'finance', severity: 'critical', nextStep: 'Look at the order’s amounts and earlier refunds in Shopify, and settle this return by hand.' },
	valueMismatch: { title: 'Two figures for the same units', owner: 'finance', severity: 'critical', nextStep: 'Compare the figures in the message with the order. Where ReturnGO’s is the odd one, correct it there, or set When ReturnGO Shows Another Amount to Ignore; where Shopify’s is right, refund by hand and report the case.' },
	roundedDifferently: { title: 'ReturnGO rounds these units differently', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: the order’s figure was paid; the difference is what rounding unit by unit makes.' },
	returnGoAmountMissing: { title: 'ReturnGO shows no price to compare', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: the order’s figure was paid. If ReturnGO should show prices, look at the request there.' },
	amountNotExpected: { title: 'Amount is not the expected one', owner: 'finance', severity: 'warning', nextStep: 'Preview again and confirm the new amount; nothing was paid.' },
	planChanged: { title: 'The order changed since the preview', owner: 'finance', severity: 'warning', nextStep: 'Preview again and confirm; nothing was done.' },
	capExceeded: { title: 'Refund is above the limit', owner: 'finance', severity: 'warning', nextStep: 'Approve it by hand, or raise the limit in the settings.' },
	customerOwes: { title: 'Customer owes money', owner: 'customerService', severity: 'warning', nextStep: 'Fees or exchange items cost more than the returned units. Collect the difference in Shopify.' },
	nothingToPay: { title: 'These units are worth nothing', owner: 'finance', severity: 'info', nextStep: 'The order gives no value to these units, so no refund was made. Close the return if nothing else is open.' },
	tenderUnknown: { title: 'No payment to refund to', owner: 'finance', severity: 'critical', nextStep: 'The order has no captured payment that can take this refund. Refund another way and note it on the order.' },
	bundleUnclear: { title: 'Nobody can tell what this bundle is made of', owner: 'integration', severity: 'warning', nextStep: 'Name the components in the bundle table of the settings, in the metafield, or in Shopify’s bundle, then run again; no stock was changed.' },
	componentsUnclear: { title: 'Somebody else decided on the bundle', owner: 'warehouse', severity: 'warning', nextStep: 'The bundle’s return was dealt with in Shopify outside this workflow. Look at the stock of its components and adjust it by hand if needed.' },
	stockUnclear: { title: 'Stock may have been changed already', owner: 'warehouse', severity: 'critical', nextStep: 'Look for the reference in the inventory history of the named items in Shopify. If it is missing, adjust the stock by hand; this workflow does not touch it again.' },
	locationUnknown: { title: 'No location for the stock', owner: 'integration', severity: 'warning', nextStep: 'Set a restock location in the settings, or map ReturnGO’s location or the customer’s country to one.' },
	locationInactive: { title: 'The stock location cannot take it', owner: 'integration', severity: 'warning', nextStep: 'Activate the location in Shopify, or name another one in the settings.' },
	refundFailed: { title: 'The payment provider refused the refund', owner: 'finance', severity: 'critical', nextStep: 'Look at the refund’s transactions on the order in Shopify and pay the customer another way.' },
	creditUnclear: { title: 'The customer may have been credited already', owner: 'finance', severity: 'critical', nextStep: 'Find out whose the named credit is: look at the customer’s other orders and at who gave credit by hand. If it is for something else, add its id to Acknowledged Refund IDs and run again: the credit is made then. If it is this return’s, mark the request as done in ReturnGO; nothing more is paid.' },
	creditRecordMissing: { title: 'Done, but the credit cannot be found', owner: 'finance', severity: 'critical', nextStep: 'Shopify accepted the request and shows no gift card or store credit for it. Look at the customer in Shopify before anything else is paid.' },
	customerMissing: { title: 'The order has no customer', owner: 'customerService', severity: 'warning', nextStep: 'Store credit, gift cards and a customer’s tags need a customer. Add the customer to the order in Shopify and run again, or refund to the original payment.' },
	storeCreditDisabled: { title: 'The store does not issue store credit', owner: 'integration', severity: 'warning', nextStep: 'Turn on customer accounts (the new ones) and store credit in Shopify’s settings and run again, or create a gift card instead.' },
	creditCurrency: { title: 'No credit in this currency', owner: 'finance', severity: 'warning', nextStep: 'Set the node’s API Version to 2026-07 or later, which makes gift cards in the customer’s currency, or choose another way to pay.' },
	creditAccountMissing: { title: 'No store credit in this currency', owner: 'finance', severity: 'warning', nextStep: 'Look at the customer’s store credit in Shopify: there is nothing in this currency that could be taken back.' },
	creditTooSmall: { title: 'Store credit is spent', owner: 'finance', severity: 'warning', nextStep: 'The customer has spent more than is left to take back. Take back what is there, or settle the rest with the customer.' },
	giftCardUsed: { title: 'The gift card has been used', owner: 'finance', severity: 'warning', nextStep: 'A part of it is spent. Decide whether the rest is to be lost, and turn Only If Unused off if so: a deactivated card cannot be activated again.' },
	stockTooSmall: { title: 'Fewer sellable pieces than are to be moved', owner: 'warehouse', severity: 'warning', nextStep: 'Compare the shelf with the stock in Shopify at the named location, then run again; nothing was moved.' },
	referenceReused: { title: 'The reference belongs to something else', owner: 'integration', severity: 'critical', nextStep: 'The order’s record has other figures under this reference. Give each debit and each move a reference of its own; nothing was done.' },
	giftCardNotSent: { title: 'The gift card was made and not sent', owner: 'customerService', severity: 'warning', nextStep: 'Open the gift card in Shopify and send it from there; it is not made again.' },
	dryRun: { title: 'Dry run: nothing was done', owner: 'nobody', severity: 'info', nextStep: 'Turn Dry Run off to do what is listed under "planned".' },
	exchangeInReturn: { title: 'The return holds exchange items', owner: 'customerService', severity: 'warning', nextStep: 'What the customer gets back depends on the exchange. Process the return in Shopify, or set Exchange Items in the Return to Process With the Refund.' },
	exchangeEven: { title: 'The exchange leaves nothing to pay', owner: 'customerService', severity: 'info', nextStep: 'The return has fees, and Shopify shows no amount that the customer would owe. Process the return in Shopify, which sends the exchange items.' },
	exchangeRecordMissing: { title: 'Done, but the exchange cannot be found', owner: 'customerService', severity: 'critical', nextStep: 'Shopify accepted the request, and the return does not show the exchange items as processed. Look at the return before anything else is sent.' },
	refundRecordMissing: { title: 'Done, but the refund cannot be found', owner: 'finance', severity: 'critical', nextStep: 'Shopify accepted the request and shows no refund for it. Check the order before anything else is paid.' },
	statusFieldTaken: { title: 'The status field is defined differently', owner: 'integration', severity: 'warning', nextStep: 'Open the metafield definitions of orders in Shopify’s settings, remove the definition of return_settlement.status but keep its values, and run again.' },
	ledgerUnreadable: { title: 'The order’s settlement record is damaged', owner: 'integration', severity: 'critical', nextStep: 'Somebody changed a metafield of the namespace return_settlement on the order; the message names it. Restore it, or settle this order by hand.' },
	snapshotIncomplete: { title: 'Order is too large to judge', owner: 'integration', severity: 'warning', nextStep: 'The order has more returns, refunds or lines than one decision can read. Settle it by hand.' },
	idempotencyMismatch: { title: 'Shopify saw this refund with other figures', owner: 'finance', severity: 'critical', nextStep: 'An earlier attempt for the same units had other figures. Look at the order’s refunds before anything else is paid.' },
	refusedByShopify: { title: 'Shopify refused the request', owner: 'integration', severity: 'critical', nextStep: 'Read Shopify’s words in the message; correct the return and run again.' },
	accessDenied: { title: 'The Shopify app lacks a permission', owner: 'integration', severity: 'critical', nextStep: 'Grant the named scope to the app, install it again, and run again.' },
	signInRefused: { title: 'Shopify refused the credential', owner: 'integration', severity: 'critical', nextStep: 'Check the token or the client id and secret in the Shopify Returns credential, and the store domain.' },
	writeBackFailed: { title: 'ReturnGO was not told', owner: 'customerService', severity: 'warning', nextStep: 'Add the comment to the RMA by hand. The money has been settled and is not touched again, however often this runs.' },
	invalidInput: { title: 'The input cannot be used', owner: 'integration', severity: 'warning', nextStep: 'Correct the value named in the message; nothing was sent.' },
	unknownUnit: { title: 'Unit is not part of this RMA', owner: 'integration', severity: 'warning', nextStep: 'Compare the unit ids with the RMA’s; nothing was sent.' },
	notEligible: { title: 'Request does not fit the policy', owner: 'customerService', severity: 'warning', nextStep: 'Approve, change or reject the request in ReturnGO; its timeline shows the verdict piece by piece.' },
	warehouseNotTold: { title: 'The warehouse was not told', owner: 'warehouse', severity: 'warning', nextStep: 'Tell the warehouse by hand, or see that its system answers again: the next event of this RMA sends the notice.' },
	rmaUnclear: { title: 'Several return requests fit', owner: 'customerService', severity: 'warning', nextStep: 'Record the inspection by RMA number with the form, or let the warehouse name the RMA.' },
	unexpectedItem: { title: 'Item is not part of this return', owner: 'warehouse', severity: 'warning', nextStep: 'Put the piece aside and look at what else the customer sent back; nothing of this message was settled. Correct the count, or add the item to the request in ReturnGO.' },
	tooManyPieces: { title: 'More pieces than the return has', owner: 'warehouse', severity: 'warning', nextStep: 'Count again; nothing of this message was settled. If a piece came that nobody had announced, add it to the request in ReturnGO.' },
	toolNotAllowed: { title: 'Not allowed as a tool', owner: 'integration', severity: 'warning', nextStep: 'Switch on Allow as Tool if an AI agent may do this.' },
	returnGoSignInRefused: { title: 'ReturnGO refused the credential', owner: 'integration', severity: 'critical', nextStep: 'Check the key and the store domain in the ReturnGO credential.' },
	rmaNotFound: { title: 'RMA not found in ReturnGO', owner: 'integration', severity: 'critical', nextStep: 'Check the RMA’s number and that the ReturnGO credential belongs to the same store.' },
	refusedByReturnGo: { title: 'ReturnGO refused the request', owner: 'integration', severity: 'critical', nextStep: 'Read ReturnGO’s words in the message; correct the settings and run again.' },

	// What a comparison of both systems lists.
	notRead: { title: 'Not compared: not everything was read', owner: 'integration', severity: 'warning', nextStep: 'Run again with the resume cursor of the summary, or with a higher limit of ReturnGO calls.' },
	refundOutsideReturns: { title: 'Refund that belongs to no return', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: Shopify refunded it without taking anything back, e.g. for a cancelled order or as goodwill.' },
	creditOnlyInReturnGo: { title: 'Store credit that ReturnGO issued', owner: 'nobody', severity: 'info', nextStep: 'Nothing to do: ReturnGO’s store credit is a discount code, and Shopify shows no refund for it.' },
	paidThoughFailed: { title: 'ReturnGO says not paid, Shopify says paid', owner: 'finance', severity: 'critical', nextStep: 'Believe Shopify. Settle the transaction in ReturnGO, so that nobody pays it again.' },
	restockedNotSellable: { title: 'Restocked, not sellable', owner: 'warehouse', severity: 'warning', nextStep: 'The inspection found fewer sellable units than Shopify put back into stock. Count them and correct the stock.' },
	otherPeriod: { title: 'Booked in another period', owner: 'finance', severity: 'info', nextStep: 'Nothing to do: one system counts it in this period and the other in a neighbouring one.' },
	notPaidOut: { title: 'Not in a payout yet', owner: 'finance', severity: 'info', nextStep: 'Nothing to do: Shopify takes it off one of the next payouts.' },
	otherGateway: { title: 'Paid back by another gateway', owner: 'finance', severity: 'info', nextStep: 'Look for it in that gateway’s own statement; Shopify’s payouts do not contain it.' },
	payoutDiffers: { title: 'Payout holds another amount', owner: 'finance', severity: 'critical', nextStep: 'Compare the refund’s transaction with the balance transaction in Shopify’s payouts, and ask Shopify’s support.' },
	payoutNotMade: { title: 'The payout did not succeed', owner: 'finance', severity: 'warning', nextStep: 'Look at the payout in Shopify: the bank refused it or it was cancelled. Shopify tries again.' },
	totalsDisagree: { title: 'The lines do not add up to the totals', owner: 'integration', severity: 'critical', nextStep: 'Do not book these figures. Run again; if it stays, report it with the summary item.' },
	bulkReadFailed: { title: 'Shopify’s bulk read did not succeed', owner: 'integration', severity: 'warning', nextStep: 'Run again. If it stays, choose a shorter period, or raise the threshold above which orders are read in bulk.' },

	// The two systems do not agree, or a return does not move on: found by audit, reconciliation and the search for stuck returns.
	orderNotInPortal: { title: 'Shopify return without a return request', owner: 'customerService', severity: 'warning', nextStep: 'Find out who made the return in Shopify. Create the request in ReturnGO, or cancel the return in Shopify.' },
	doneInReturnGoOpenInShopify: { title: 'Done in ReturnGO, open in Shopify', owner: 'customerService', severity: 'warning', nextStep: 'Look at what the Shopify return still waits for; settle or close it, or reopen the request in ReturnGO.' },
	endedInReturnGoOpenInShopify: { title: 'Rejected or canceled in ReturnGO, open in Shopify', owner: 'customerService', severity: 'warning', nextStep: 'Cancel or close the return in Shopify, or reopen the request in ReturnGO.' },
	closedInShopifyOpenInReturnGo: { title: 'Closed in Shopify, open in ReturnGO', owner: 'customerService', severity: 'warning', nextStep: 'If the return is finished, mark the request as done in ReturnGO; if not, reopen the return in Shopify.' },
	endedInShopifyOpenInReturnGo: { title: 'Canceled or declined in Shopify, open in ReturnGO', owner: 'customerService', severity: 'warning', nextStep: 'Cancel the request in ReturnGO, or make the return in Shopify again with Return > Create.' },
	approvalMissingInShopify: { title: 'Approved in ReturnGO, no open return in Shopify', owner: 'integration', severity: 'warning', nextStep: 'Approve the return in Shopify, or create it with Return > Create, so that units can be processed.' },
	receivedNotInShopify: { title: 'Received, and Shopify shows nothing of it', owner: 'warehouse', severity: 'warning', nextStep: 'Inspect the units and record the result, so that the return can be processed in Shopify.' },
	inspectedNotRestocked: { title: 'Inspected, not restocked', owner: 'warehouse', severity: 'warning', nextStep: 'Run the restock for this request, or put the sellable units back into stock in Shopify.' },
	restockedBeforeInspection: { title: 'Restocked before the inspection', owner: 'warehouse', severity: 'critical', nextStep: 'Check that the units are really there and sellable; correct the stock in Shopify if not.' },
	approvedWithoutTracking: { title: 'Approved for long, no parcel', owner: 'customerService', severity: 'info', nextStep: 'Ask the customer whether the parcel was sent, add its tracking number, or cancel the request.' },
	inTransitTooLong: { title: 'In transit too long', owner: 'customerService', severity: 'warning', nextStep: 'Ask the carrier about the parcel, then the customer.' },
	deliveredNotReceived: { title: 'Delivered, not received', owner: 'warehouse', severity: 'warning', nextStep: 'Look for the parcel at the dock and record its receipt in ReturnGO.' },
	refundMissing: { title: 'Refund is missing', owner: 'finance', severity: 'critical', nextStep: 'Preview the refund for this request, and post it if nothing speaks against it.' },
	refundWithoutRma: { title: 'Refund of a return without a return request', owner: 'finance', severity: 'warning', nextStep: 'Find out who paid it and why; note it on the order, or connect it to a request.' },
	refundTwice: { title: 'Paid more than once', owner: 'finance', severity: 'critical', nextStep: 'Compare the named refunds and credits with the order. Ask the customer for what was paid twice, or book the loss.' },
	currencyMismatch: { title: 'Two currencies for the same refund', owner: 'finance', severity: 'critical', nextStep: 'Compare both amounts with the order: the customer is paid in the currency of the order.' },
	paidThoughEnded: { title: 'Paid, and the request was rejected or canceled', owner: 'finance', severity: 'critical', nextStep: 'Find out who paid and why. If the customer is to keep the money, reopen the request in ReturnGO and mark it as done; if not, ask for it back or book the loss.' },
	paymentUnfinished: { title: 'A payment was begun and never ended', owner: 'finance', severity: 'critical', nextStep: 'Run the payment of this request again: it looks first whether the money moved, and pays only if it did not. For store credit and gift cards, look at the customer in Shopify as well.' },
	settlementUnseen: { title: 'Came back, and nothing shows what the customer got', owner: 'customerService', severity: 'warning', nextStep: 'Look up what the customer was promised (the message names it) and give it, or make sure that it was given: neither system shows this kind of settlement to this workflow.' },
	refundPendingTooLong: { title: 'Refund is pending too long', owner: 'finance', severity: 'warning', nextStep: 'Look at the refund’s transaction in Shopify and ask the payment provider.' },
	storeCreditMissing: { title: 'Store credit is missing', owner: 'finance', severity: 'critical', nextStep: 'Look at the customer’s credit and gift cards in Shopify, and issue the credit if there is none.' },
	exchangeNotReleased: { title: 'Exchange is not released', owner: 'customerService', severity: 'warning', nextStep: 'Release the exchange in ReturnGO, so that the draft becomes an order.' },
	bundleParentRestocked: { title: 'Bundle restocked as one piece', owner: 'warehouse', severity: 'warning', nextStep: 'Take the bundle’s own piece out of stock again and count its components in.' },
	returnGoAutoRefundActive: { title: 'ReturnGO pays refunds by itself', owner: 'integration', severity: 'critical', nextStep: 'Switch auto-refund off in ReturnGO’s policy rule, or give the refund to ReturnGO in the settings.' },
	webhookRegistrationLost: { title: 'Event subscription is lost', owner: 'integration', severity: 'critical', nextStep: 'Publish the workflow with the trigger again: it registers what is missing.' },
	scopeMissing: { title: 'The app lacks a scope', owner: 'integration', severity: 'critical', nextStep: 'Grant the named scopes to the Shopify app and install it again.' },
	callBudgetLow: { title: 'ReturnGO’s calls are nearly used up', owner: 'integration', severity: 'warning', nextStep: 'Let scheduled workflows read less often, or ask ReturnGO for a higher limit.' },
} as const satisfies Record<string, CatalogueEntry>;

export type ExceptionCode = keyof typeof EXCEPTIONS;

/** Why an outcome is what it is: a catalogue entry with the facts of the case. */
export interface Reason extends CatalogueEntry {
	code: ExceptionCode;
	/** One sentence with the facts of this case. */
	message: string;
	unitIds: string[];
}

/** Builds a reason; `message` states the facts, the catalogue adds owner and next step. */
export function reason(code: ExceptionCode, message: string, unitIds: readonly string[] = []): Reason {
	return { code, ...EXCEPTIONS[code], message, unitIds: [...unitIds] };
}

export type Outcome = 'done' | 'alreadyDone' | 'waiting' | 'blocked';
