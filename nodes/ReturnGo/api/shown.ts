/**
 * RMAs and transactions as outputs show them. ReturnGO refers to store credit by its code, and whoever holds the code can spend it: of a code the last four
 * characters are shown, as of a gift card. Inside the nodes the whole reference stays, because reconciliation recognises credits of ours by it.
 */
import type { Rma, RmaTransaction } from '../../../returns/rma';
import { maskCode } from './secrets';

type Reference = Pick<RmaTransaction, 'type' | 'externalReferenceId' | 'externalReferenceType'>;

export function shownRma(rma: Rma): Rma {
	return { ...rma, transactions: rma.transactions.map(shownTransaction) };
}

export function shownTransaction<Transaction extends Reference>(transaction: Transaction): Transaction {
	const { externalReferenceId } = transaction;
	return externalReferenceId !== null && isCode(transaction) ? { ...transaction, externalReferenceId: maskCode(externalReferenceId) } : transaction;
}

/** ReturnGO may have kinds of codes that nobody has seen, and leaves the kind out at times; what a refund of store credit refers to is then taken for one. */
function isCode({ type, externalReferenceType }: Reference): boolean {
	return externalReferenceType === null ? /credit|gift/i.test(type) : /code$/i.test(externalReferenceType);
}
