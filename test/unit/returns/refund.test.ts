import { formatMoney } from '../../../returns/money';
import { refundValue } from '../../../returns/refund';
import { afterRefund, line, lineId, order, pair } from './orders';

test('three units of ten euros after one euro off are worth 9.67, 9.66 and 9.67', () => {
	let current = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00', 'EUR'), discountAllocations: [pair('1.00', 'EUR')] })] }, 'EUR');
	const values = [1, 2, 3].map(() => {
		const value = refundValue(current, [{ lineItemId: lineId(1), quantity: 1 }]);
		current = afterRefund(current, value);
		return formatMoney(value.total.presentment);
	});
	expect(values).toEqual(['9.67', '9.66', '9.67']);
});
