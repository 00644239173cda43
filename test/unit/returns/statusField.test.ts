/** What the order shows of its returns: a line per return and a tag per state. */
import { isStatusTag, parseStatusField, REFUND_PENDING_TAG, statusUpdate } from '../../../returns/statusField';
import { orderWithReturn, rma, unit } from './returns';

const NOW = new Date('2026-11-20T10:00:00.250Z');
const LINE = 'RMA1000001: in transit · since 2026-11-20T10:00:00Z · next: wait for the parcel · parcel: https://parcels.example/1 · ReturnGO as of 2026-11-20T09:58:00Z';

const shipped = (facts: object = {}) => rma([unit('1', 'none'), unit('2', 'none')], { status: 'Approved', lastActivityAt: '2026-11-20T09:58:00+00:00', shipments: [{ id: '901', status: 'Shipped', carrierName: null, trackingNumber: null, trackingUrl: 'https://parcels.example/1', labelUrl: null, isOutbound: false, originCountry: null }], ...facts });
const showing = (lines: string[], tags: string[] = []) => orderWithReturn({ tags, statusField: { value: JSON.stringify(lines), compareDigest: 'digest' } });

describe('the order’s field', () => {
	it('has one line per return, with state, date, next step, parcel and how recent ReturnGO’s facts are', () => {
		expect(statusUpdate(shipped(), orderWithReturn(), NOW)).toMatchObject({ value: JSON.stringify([LINE]), isValueNew: true, tags: { add: ['return-in-transit'], remove: [] } });
		expect(parseStatusField(JSON.stringify([LINE])).statuses).toEqual([{ rmaId: '1000001', state: 'inTransit', since: '2026-11-20T10:00:00Z', nextStep: 'wait for the parcel', trackingUrl: 'https://parcels.example/1', asOf: '2026-11-20T09:58:00Z' }]);
	});

	it('keeps the lines of other returns, in the order of their numbers, and lines that people wrote', () => {
		const older = 'RMA999999: refunded · since 2026-01-02T10:00:00Z · next: nothing to do';
		expect(JSON.parse(statusUpdate(shipped(), showing(['Call the customer', LINE, older]), NOW).value)).toEqual([older, LINE, 'Call the customer']);
	});

	it('is as wanted when nothing changed, however much later', () => {
		expect(statusUpdate(shipped(), showing([LINE], ['return-in-transit', 'vip']), new Date('2026-12-01T00:00:00Z'))).toMatchObject({ isValueNew: false, tags: { add: [], remove: [] }, status: { since: '2026-11-20T10:00:00Z' } });
	});

	it.each([['text of another kind', 'RMA1000001: refunded'], ['broken JSON', '["RMA1'], ['another type', '{"state":"refunded"}'], ['nothing', null]])('is written anew over %s', (_what, value) => {
		const order = orderWithReturn({ statusField: { value, compareDigest: 'digest' } });
		expect(statusUpdate(shipped(), order, NOW)).toMatchObject({ value: JSON.stringify([LINE]), isValueNew: true });
	});

	it.each(['javascript:alert(1)', 'https://parcels.example/a b', 'https://parcels.example/\n· next: pay', `https://parcels.example/${'9'.repeat(600)}`])('leaves out what is no plain link: %s', (trackingUrl) => {
		const status = statusUpdate(shipped({ shipments: [{ id: '901', status: 'Shipped', carrierName: null, trackingNumber: null, trackingUrl, labelUrl: null, isOutbound: false, originCountry: null }] }), orderWithReturn(), NOW);
		expect(JSON.parse(status.value)).toEqual([LINE.replace(' · parcel: https://parcels.example/1', '')]);
	});
});

describe('the order’s tags', () => {
	it('show each state that a return of the order is in, and no other', () => {
		const other = 'RMA999999: refund pending · since 2026-01-02T10:00:00Z · next: wait for the payment provider';
		expect(statusUpdate(shipped(), showing([other], ['Return-Refund-Pending', 'return-approved', 'vip']), NOW).tags).toEqual({ add: ['return-in-transit'], remove: ['return-approved'] });
	});

	it('leave a carrier’s scan alone until ReturnGO tells that the parcel has arrived', () => {
		const approved = rma([unit('1', 'none')], { status: 'Approved', shipments: [] });
		expect(statusUpdate(approved, orderWithReturn({ tags: ['return-in-transit'] }), NOW).tags).toEqual({ add: ['return-approved'], remove: [] });
		const received = rma([unit('1', 'none')], { status: 'Received' });
		expect(statusUpdate(received, orderWithReturn({ tags: ['return-in-transit'] }), NOW).tags).toEqual({ add: ['return-awaiting-inspection'], remove: ['return-in-transit'] });
	});

	it('are known from everybody else’s', () => {
		expect([REFUND_PENDING_TAG, ' Return-Closed ', 'return-in-transit', 'vip'].map(isStatusTag)).toEqual([true, true, false, false]);
	});
});
