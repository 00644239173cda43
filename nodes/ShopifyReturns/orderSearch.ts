/** Terms of Shopify's order search that several operations ask with: the state of an order's returns, and when it changed. */
import { DateTime } from 'luxon';
import { NodeOperationError, type IExecuteFunctions, type INodePropertyOptions } from 'n8n-workflow';

/** What Shopify says of an order's returns together, as far as there are any. */
export const RETURN_STATUS_OPTIONS: INodePropertyOptions[] = [
	{ name: 'In Progress', value: 'in_progress', description: 'At least one return is open' },
	{ name: 'Inspection Complete', value: 'inspection_complete' },
	{ name: 'Return Failed', value: 'return_failed' },
	{ name: 'Return Requested', value: 'return_requested', description: 'At least one return waits for approval' },
	{ name: 'Returned', value: 'returned', description: 'All returns are closed' },
];

/** @throws NodeOperationError where the value could be read as search syntax */
export function returnStatusTerm(context: IExecuteFunctions, itemIndex: number, status: string): string {
	if (/^[a-z_]+$/.test(status)) return `return_status:${status}`;
	throw new NodeOperationError(context.getNode(), `"${status}" is not a return status of orders`, { description: 'Choose one from the list.', itemIndex });
}

/**
 * Orders that changed after or before a time; null where no time is given.
 * @throws NodeOperationError for a text that is no time
 */
export function updatedTerm(context: IExecuteFunctions, itemIndex: number, comparison: '>' | '<', value: unknown): string | null {
	if (value === undefined || value === null || value === '') return null;
	const moment = DateTime.fromISO(String(value), { zone: context.getTimezone() });
	if (moment.isValid) return `updated_at:${comparison}'${moment.toUTC().toISO({ suppressMilliseconds: true })}'`;
	throw new NodeOperationError(context.getNode(), `"${String(value)}" is not a date`, { description: 'Enter a date and time in ISO format, e.g. 2026-11-01T00:00:00Z.', itemIndex });
}
