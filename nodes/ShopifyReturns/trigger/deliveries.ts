/** Which deliveries this node has seen lately, kept in the workflow's static data. */
import type { IDataObject } from 'n8n-workflow';

const KEPT = 500;

/** Whether the delivery is new; it is remembered from now on. */
export function isFirstDelivery(staticData: IDataObject, id: string): boolean {
	const known = Array.isArray(staticData.deliveries) ? (staticData.deliveries as unknown[]).filter((entry): entry is string => typeof entry === 'string') : [];
	if (known.includes(id)) return false;
	staticData.deliveries = [...known, id].slice(-KEPT);
	return true;
}
