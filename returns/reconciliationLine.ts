/** One line of a reconciliation, and the row that people read. */
import type { Case } from './case';
import { EXCEPTIONS, type ExceptionCode } from './exceptions';
import { blankFinding, type Finding, type FindingWords, type ReconciliationClass } from './finding';
import { formatMoney, subtract, zero, type Money } from './money';

/**
 * What a line is about: a refund in Shopify (with ReturnGO's transactions for it), a credit of ours outside orders, a transaction of ReturnGO
 * alone, or units that nothing was paid for.
 */
export type LineSubject = { kind: 'refund'; id: string } | { kind: 'credit'; id: string } | { kind: 'transaction'; id: string } | { kind: 'rma'; id: string };

export interface ReconciliationLine {
	subject: LineSubject;
	class: ReconciliationClass;
	code: ExceptionCode | null;
	/** One sentence with the facts of this case. */
	message: string;
	rmaId: string | null;
	transactionIds: string[];
	/** Each unit of the case is in one line only. */
	unitIds: string[];
	/** What ReturnGO says it paid; null when it says nothing. Both amounts are of one currency. */
	returnGo: Money | null;
	/** What Shopify moved; null when it shows nothing. */
	shopify: Money | null;
	at: string | null;
}

/** What the rows of one run have in common. */
export interface LineContext {
	now: Date;
	/** `example.myshopify.com`: orders are linked in its admin. */
	shopDomain: string;
	/** Address of an RMA at ReturnGO with `{rmaId}` in it; empty for no link. */
	rmaLink: string;
}

/** The row of a line. Its `incident` is made of what the line is about, so that the same case found again has the same name. */
export function toFinding(line: ReconciliationLine, found: Pick<Case, 'orderId' | 'orderName'>, context: LineContext): Finding {
	const money = line.shopify ?? line.returnGo;
	const words = line.code === null ? PLAIN[line.class] : EXCEPTIONS[line.code];
	return {
		...blankFinding(line.code, words, incidentOf(line), line.message),
		class: line.class,
		rmaId: line.rmaId,
		orderId: found.orderId,
		orderName: found.orderName,
		refundId: line.subject.kind === 'refund' ? line.subject.id : null,
		transactionIds: line.transactionIds.join(', '),
		unitIds: line.unitIds.join(', '),
		currency: money?.currency ?? null,
		returnGoAmount: line.returnGo === null ? null : formatMoney(line.returnGo),
		shopifyAmount: line.shopify === null ? null : formatMoney(line.shopify),
		difference: money === null ? null : formatMoney(subtract(line.shopify ?? zero(money.currency), line.returnGo ?? zero(money.currency))),
		at: line.at,
		ageDays: line.at === null ? null : wholeDays(line.at, context.now),
		orderUrl: found.orderId === null ? null : `https://${context.shopDomain}/admin/orders/${lastPart(found.orderId)}`,
		rmaUrl: line.rmaId === null || context.rmaLink === '' ? null : context.rmaLink.replace('{rmaId}', line.rmaId),
	};
}

/** Whole days from a time in ISO 8601 to the run; 0 for a time to come. */
export function wholeDays(at: string, now: Date): number {
	return Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 86_400_000));
}

/** The number at the end of a GID. */
export function lastPart(gid: string): string {
	return gid.slice(gid.lastIndexOf('/') + 1);
}

function incidentOf({ subject, unitIds }: ReconciliationLine): string {
	// What is left of an RMA may be several lines: its first unit tells them apart.
	const part = subject.kind === 'rma' && unitIds.length > 0 ? `/${unitIds[0] ?? ''}` : '';
	return `reconciliation/${subject.kind}/${lastPart(subject.id)}${part}`;
}

const nothingToDo = (title: string): FindingWords => ({ title, owner: 'nobody', severity: 'info', nextStep: 'Nothing to do.' });

/** Where nothing is wrong, and no exception has the words. */
const PLAIN: Record<ReconciliationClass, FindingWords> = {
	matched: nothingToDo('Both systems agree'),
	valueDiffers: nothingToDo('Amounts differ'),
	onlyInReturnGo: nothingToDo('In ReturnGO only'),
	onlyInShopify: nothingToDo('In Shopify only'),
	pending: nothingToDo('Still under way'),
	duplicate: nothingToDo('Counted twice'),
	exchange: nothingToDo('Exchange'),
	restockDiffers: nothingToDo('Stock differs'),
};
