/** RMA: Get Inspection. One call to ReturnGO; one item per unit, saying what is physically known of it (N3, N13). */
import type { INodeProperties } from 'n8n-workflow';
import { inspectUnits, isInspected, type InspectedUnit, type InspectionSource } from '../../../returns/inspection';
import type { Rma } from '../../../returns/rma';
import type { Execute } from '../operation';
import { readRmaId, rmaField, shownFor } from '../operation';

export const description: INodeProperties[] = shownFor('rma', 'getInspection', [
	rmaField,
	{
		displayName: 'Inspection Source',
		name: 'inspectionSource',
		type: 'options',
		options: [
			{
				name: 'Item Validation',
				value: 'itemValidation',
				description: 'ReturnGO’s item validation says of each unit whether it came back and whether it can be sold again',
			},
			{
				name: 'Validated Status',
				value: 'validatedStatus',
				description: 'The RMA or the unit’s parcel has the status Validated; all of its units then count as sellable',
			},
		],
		default: 'itemValidation',
		description: 'Where in ReturnGO the store records that a unit was inspected',
	},
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaId = readRmaId(context, itemIndex);
	const source = context.getNodeParameter('inspectionSource', itemIndex, 'itemValidation') as InspectionSource;
	const { rma } = await client.getRma(rmaId);
	const units = inspectUnits(rma, source);
	if (units.length === 0) context.addExecutionHints({ message: `RMA ${rma.id} has no units, so there is nothing to inspect`, location: 'outputPane' });
	return [units.map((unit) => ({ json: toItem(rma, unit) }))];
};

function toItem(rma: Rma, unit: InspectedUnit) {
	const { inspection } = unit;
	return {
		rmaId: rma.id,
		rmaStatus: rma.status,
		orderId: rma.order.id,
		orderName: rma.order.name,
		unitId: unit.id,
		lineItemId: unit.lineItemId,
		variantId: unit.variantId,
		sku: unit.sku,
		title: unit.title,
		received: inspection.state === 'awaitingInspection' || inspection.state === 'sellable' || inspection.state === 'damaged',
		inspected: isInspected(inspection),
		state: inspection.state,
		inspectedAt: inspection.inspectedAt,
		inspectedBy: inspection.inspectedBy,
		locationId: inspection.locationId,
		reason: inspection.reason,
		returnReason: unit.returnReason,
		resolutionType: unit.resolutionType,
		pricePaid: unit.pricePaid === null ? null : { ...unit.pricePaid },
		taxPaid: unit.taxPaid === null ? null : { ...unit.taxPaid },
		taxIncluded: unit.taxIncluded,
		shipmentId: unit.shipmentId,
	};
}
