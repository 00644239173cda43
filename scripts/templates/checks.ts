/** What people look at regularly, and who does. Checks that need a workflow are named only where the client has it. */
import type { ExceptionOwner } from '../../returns/exceptions';

interface RegularCheck {
	every: 'day' | 'week' | 'month';
	who: Exclude<ExceptionOwner, 'nobody'>;
	what: string;
	/** Name of the template that the check is about. */
	workflow?: string;
}

export const CHECKS: readonly RegularCheck[] = [
	{ every: 'day', who: 'integration', what: 'n8n’s list of executions, filtered by those that did not end well. Each names a code, an owner and a next step; when the cause is gone, run the workflow again for that return, as the guide to the templates says. Retry helps only where a node of a service stopped, because it begins at that node.' },
	{ every: 'day', who: 'integration', what: 'Executions that wait for longer than a day: a refund that stays pending, or a service that does not come back.' },
	{ every: 'day', who: 'customerService', what: 'Orders with the tag `return-needs-attention`.' },
	{ every: 'day', who: 'finance', what: 'Orders with the tag `return-refund-pending` for more than a day.' },
	{ every: 'day', who: 'warehouse', what: 'Requests that are received and not inspected.' },
	{ every: 'day', who: 'customerService', what: 'Requests that were not decided by themselves, and pending ones whose timeline shows no verdict: their message got lost; run the workflow again for them.', workflow: 'Check eligibility when a return is requested' },
	{ every: 'day', who: 'warehouse', what: 'Parcels that came without a notice, and notices without a parcel.', workflow: 'Tell the warehouse what is coming' },
	{ every: 'day', who: 'customerService', what: 'The alerts of stuck returns; each is told once, and again when it changes.', workflow: 'Alert on stuck returns' },
	{ every: 'day', who: 'finance', what: 'The report of the night: everything that is not matched has a line and an owner.', workflow: 'Reconcile returns every night' },
	{ every: 'week', who: 'integration', what: 'Shopify Returns → Store → Check Access: scopes that somebody took away.' },
	{ every: 'week', who: 'integration', what: 'Published workflows whose trigger is not registered any more: publish them again. ReturnGO → Webhook → Get Many lists what ReturnGO knows.' },
	{ every: 'week', who: 'integration', what: 'Calls to ReturnGO: 2,000 a day are allowed.' },
	{ every: 'week', who: 'integration', what: 'ReturnGO’s policy rules: auto-refund, auto-approval and restock are still with the party named under *Who executes what*.' },
	{ every: 'week', who: 'warehouse', what: 'Pieces put aside because they belonged to no return, or were damaged.' },
	{ every: 'week', who: 'customerService', what: 'Orders with the tag `return-in-transit` for more than two weeks: ask the carrier.', workflow: 'Tag returns in transit' },
	{ every: 'week', who: 'customerService', what: 'Exchanges that are not released, or for which the customer owes money.', workflow: 'Watch exchanges' },
	{ every: 'month', who: 'finance', what: 'Return requests, refunds and payouts agree, or each difference has a line.', workflow: 'Close the month' },
	{ every: 'month', who: 'finance', what: 'Highest amounts of one refund and of one run still fit the shop.' },
	{ every: 'month', who: 'integration', what: 'New versions of this package and of n8n: read the changelog, then try them with one return.' },
];
