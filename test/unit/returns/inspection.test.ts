/** What a status says of units that travel in several parcels. */
import { inspectUnits } from '../../../returns/inspection';
import type { Rma } from '../../../returns/rma';
import { planSettlement } from '../../../returns/settlement';
import { orderWithReturn, rma, settings, unit } from './returns';

const parcel = (id: string, status: string, facts: Partial<Rma['shipments'][number]> = {}): Rma['shipments'][number] => ({ id, status, carrierName: null, trackingNumber: null, trackingUrl: null, labelUrl: null, isOutbound: false, originCountry: null, ...facts });
const states = (request: Rma): string[] => inspectUnits(request, 'validatedStatus').map(({ inspection }) => inspection.state);
const inTwo = (first: string, second: string, status = 'Validated'): Rma => rma([unit('1', 'none', { shipmentId: '901' }), unit('2', 'none', { shipmentId: '902' })], { status, shipments: [parcel('901', first), parcel('902', second)] });

describe('the status Validated as the record of the inspection', () => {
	it.each([
		['Validated', 'Shipped', ['sellable', 'notReceived']],
		['Validated', 'Received', ['sellable', 'awaitingInspection']],
		['Validated', 'Validated', ['sellable', 'sellable']],
	])('of an RMA with parcels that are %s and %s', (first, second, expected) => {
		expect(states(inTwo(first, second))).toEqual(expected);
	});

	it.each([
		['Received', 'sellable'],
		['Validated', 'sellable'],
		['Shipped', 'notReceived'],
	])('of an RMA whose only parcel is %s: %s', (status, expected) => {
		const request = rma([unit('1', 'none')], { status: 'Validated', shipments: [parcel('901', status), parcel('903', 'Shipped', { isOutbound: true }), parcel('904', 'Canceled')] });
		expect(states(request)).toEqual([expected]);
	});

	it('speaks for units that are in no parcel', () => {
		expect(states(rma([unit('1', 'none', { shipmentId: null })], { status: 'Validated', shipments: [] }))).toEqual(['sellable']);
		expect(states(rma([unit('1', 'none', { shipmentId: null })], { shipments: [] }))).toEqual(['awaitingInspection']);
	});

	it('neither pays nor restocks what is still on its way', () => {
		const plan = planSettlement({ shopDomain: 'sim-shop.myshopify.com', order: orderWithReturn(), rma: inTwo('Validated', 'Shipped'), settings: settings({ inspectionSource: 'validatedStatus' }), now: new Date('2026-11-10T09:01:00Z'), claimant: null });
		expect([plan.refund?.unitIds, plan.restock?.unitIds]).toEqual([['1'], ['1']]);
		expect(plan.waiting.map(({ code, unitIds }) => [code, unitIds])).toContainEqual(['notReceived', ['2']]);
	});
});
