/** Finds what is wrong with the store's set-up, whatever a single return says: scopes, event subscriptions, calls, and who pays refunds. */
import type { ExceptionCode } from './exceptions';
import { bareFinding, type Finding } from './finding';

/** One event subscription as a service lists it. */
export interface Subscription {
	event: string;
	address: string;
}

/** Subscriptions of one service: what there is, and what should be. */
export interface SubscriptionFacts {
	service: 'ReturnGO' | 'Shopify';
	found: readonly Subscription[];
	/** Events that should arrive at an address that begins so; empty: not checked. */
	expected: readonly string[];
}

export interface StoreFacts {
	missingScopes: readonly string[];
	subscriptions: readonly SubscriptionFacts[];
	/** Beginning of the address that events should go to, such as `https://n8n.example.com/`. */
	address: string;
	calls: { made: number; limit: number };
	/** Requests that ReturnGO paid refunds for in the period, though somebody else is to pay them. */
	paidByReturnGo: readonly string[];
}

/** What part of the calls may be used before it is told of. */
const NEARLY_USED_UP = 0.9;

/** Findings about the store; their `incident` names the code and what is concerned. */
export function findStoreCases({ missingScopes, subscriptions, address, calls, paidByReturnGo }: StoreFacts): Finding[] {
	const findings: Finding[] = [];
	if (missingScopes.length > 0) findings.push(storeFinding('scopeMissing', '', `The app lacks ${missingScopes.join(', ')}.`));
	for (const { service, found, expected } of subscriptions) {
		for (const event of expected) {
			const ofEvent = found.filter((subscription) => subscription.event === event);
			if (ofEvent.some((subscription) => subscription.address.startsWith(address))) continue;
			const elsewhere = ofEvent.length > 0 ? `; ${ofEvent.length === 1 ? 'one goes' : `${ofEvent.length} go`} elsewhere` : '';
			findings.push(storeFinding('webhookRegistrationLost', `${service}/${event}`, `${service} has no subscription of ${event} to ${address}${elsewhere}.`));
		}
	}
	if (calls.made >= calls.limit * NEARLY_USED_UP) findings.push(storeFinding('callBudgetLow', '', `This run made ${calls.made} of the ${calls.limit} calls to ReturnGO that it may make.`));
	const [first] = paidByReturnGo;
	if (first !== undefined) findings.push(storeFinding('returnGoAutoRefundActive', '', `ReturnGO paid or began to pay the refunds of ${paidByReturnGo.length === 1 ? `RMA${first}` : `${paidByReturnGo.length} requests, RMA${first} among them`}, and the settings give refunds to this workflow.`));
	return findings;
}

function storeFinding(code: ExceptionCode, about: string, message: string): Finding {
	return bareFinding(code, about === '' ? `${code}/store` : `${code}/store/${about}`, message);
}
