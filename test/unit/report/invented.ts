/** Invented lines for reports: a shop's bad month, always the same one. */
import { EXCEPTIONS, type ExceptionCode } from '../../../returns/exceptions';
import type { Finding } from '../../../returns/finding';
import type { RunSummary } from '../../../returns/runSummary';
import type { Report } from '../../../nodes/ReturnsReconciliation/report/report';

const UNTIL = Date.parse('2026-11-01T02:00:00Z');
const DAY_MS = 86_400_000;

/** One line; every field can be named. */
export function line(fields: Partial<Finding> & { code?: ExceptionCode | null } = {}): Finding {
	const code = fields.code === undefined ? 'valueMismatch' : fields.code;
	const { title, owner, severity, nextStep } = code === null ? { title: 'Agree', owner: 'nobody' as const, severity: 'info' as const, nextStep: '' } : EXCEPTIONS[code];
	return {
		incident: 'valueMismatch 4001',
		class: 'valueDiffers',
		title,
		owner,
		severity,
		nextStep,
		message: 'ReturnGO names 41.00 EUR, the order says 40.86 EUR.',
		rmaId: '4001',
		orderId: 'gid://shopify/Order/1001',
		orderName: '#1001',
		refundId: 'gid://shopify/Refund/9001',
		transactionIds: '7001',
		unitIds: '1, 2',
		currency: 'EUR',
		returnGoAmount: '41.00',
		shopifyAmount: '40.86',
		difference: '-0.14',
		payoutId: null,
		at: '2026-10-20T09:30:00Z',
		ageDays: 11,
		orderUrl: 'https://admin.example/orders/1001',
		rmaUrl: 'https://returns.example/rma/4001',
		...fields,
		code,
	};
}

export function summary(fields: Partial<RunSummary> = {}): RunSummary {
	return { store: 'rain-and-wool.example', since: '2026-10-01T00:00:00Z', until: '2026-11-01T00:00:00Z', agreeing: null, totals: [], read: [], notRead: [], ...fields };
}

export function report(fields: Partial<Omit<Report, 'summary'>> & { summary?: Partial<RunSummary> } = {}): Report {
	return { kind: 'reconciliation', heading: null, madeAt: '2026-11-01T02:00:00Z', timeZone: 'Europe/Berlin', lines: [line()], mostLines: 200, ...fields, summary: summary(fields.summary) };
}

const KINDS_OF_TROUBLE: ReadonlyArray<[ExceptionCode, Finding['class'], string]> = [
	['valueMismatch', 'valueDiffers', 'ReturnGO’s transaction and Shopify’s refund of the same units name different amounts.'],
	['refundPending', 'pending', 'The refund is at the payment provider and its transaction is still PENDING.'],
	['refundFailed', 'onlyInReturnGo', 'The refund’s transaction says FAILURE; ReturnGO shows it as paid.'],
	['awaitingInspection', null, 'The parcel is at the warehouse and nobody has recorded an inspection.'],
	['stockUnclear', 'restockDiffers', 'Two pieces of COAT-M were inspected as sellable and only one is back in stock.'],
	['returnMissing', 'onlyInReturnGo', 'The return request is approved and Shopify has no return for it.'],
	['refundUnclear', 'onlyInShopify', 'Shopify shows a refund after the return request that names no lines.'],
	['skuMismatch', null, 'The unit’s line item is not on the order that the return request names.'],
	['orderNotFound', 'onlyInReturnGo', 'The store has no such order.'],
	['customerOwes', 'exchange', 'The exchange items cost more than the units that came back.'],
];

/** About two hundred lines in two currencies. */
export function badMonth(): Finding[] {
	const random = numbersFrom(7);
	return Array.from({ length: 210 }, (_, index) => {
		// Small numbers come more often, so that the kinds differ in size.
		const [code, kind, message] = KINDS_OF_TROUBLE[Math.floor(random() * random() * KINDS_OF_TROUBLE.length)] ?? ['valueMismatch', null, ''];
		const ageDays = Math.floor(random() ** 2 * 70);
		const currency = random() < 0.7 ? 'EUR' : 'GBP';
		const returnGo = Math.floor(random() * 24_000) + 500;
		const shopify = returnGo - Math.floor(random() * 300) + 40;
		const hasReturnGo = kind !== null && kind !== 'onlyInShopify' && kind !== 'restockDiffers';
		const hasShopify = kind !== null && kind !== 'onlyInReturnGo' && kind !== 'restockDiffers';
		const hasAmount = hasReturnGo || hasShopify;
		const number = 1000 + index * 3;
		return line({
			incident: `${code} ${index}`,
			code,
			class: kind,
			message,
			rmaId: kind === 'onlyInShopify' ? null : String(40_000 + index),
			orderId: `gid://shopify/Order/${number}`,
			orderName: `#${number}`,
			refundId: hasShopify ? `gid://shopify/Refund/${90_000 + index}` : null,
			transactionIds: hasReturnGo ? String(70_000 + index) : '',
			currency: hasAmount ? currency : null,
			returnGoAmount: hasReturnGo ? (returnGo / 100).toFixed(2) : null,
			shopifyAmount: hasShopify ? (shopify / 100).toFixed(2) : null,
			difference: hasReturnGo && hasShopify ? ((shopify - returnGo) / 100).toFixed(2) : null,
			at: new Date(UNTIL - ageDays * DAY_MS - Math.floor(random() * DAY_MS)).toISOString(),
			ageDays,
			orderUrl: `https://admin.example/orders/${number}`,
			rmaUrl: `https://returns.example/rma/${40_000 + index}`,
		});
	});
}

/** Numbers from 0 to below 1, the same for the same seed. */
function numbersFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
