/** Store Credit → Debit Account: takes store credit back, e.g. what was credited before the units turned out to be damaged. Once per order and reference. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { compare, formatMoney, isPositive, negate, parseMoney, type Money } from '../../../returns/money';
import type { RecordedAct } from '../../../returns/recordedActs';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { DebitCreditAccountDocument } from '../api/generated';
import { failureInWords, refusalInWords } from '../api/refusal';
import { dryRunOptions, isDryRun } from '../../dryRun';
import { laneOfLocator } from '../locators';
import { codeOf, routeWrite } from '../outcome';
import { doOnce, type OnceResult, type Prepared, type Sent, type SingleAct } from '../recorded/once';
import { readChosenOrder, readReference, recordedParameters } from '../recorded/parameters';
import type { OrderWithActs } from '../recorded/record';
import { attempt } from '../settlement/attempt';
import { surroundings } from '../settlement/report';
import { readCreditOfOrder, type CreditAccount, type CustomerCredit } from './accounts';

export const description: INodeProperties[] = [
	...recordedParameters,
	{ displayName: 'Amount', name: 'amount', type: 'string', required: true, default: '', placeholder: 'e.g. 12.50', description: 'What to take off the account, above zero' },
	{ displayName: 'Currency', name: 'currency', type: 'string', required: true, default: '', placeholder: 'e.g. EUR', description: 'A customer has one account per currency; this one is debited' },
	dryRunOptions,
];

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'order');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const reference = readReference(this, itemIndex);
	const amount = readAmount(this, itemIndex);
	const stopsBeforeWriting = isDryRun(this, itemIndex);
	const { id, label } = await readChosenOrder(this, itemIndex, client);
	const missing = (why: Reason): OnceResult => ({ outcome: 'blocked', reasons: [why], order: null, reference, resultId: null });
	const credit = id === null ? 'noOrder' : await readCreditOfOrder(client, id);
	if (id === null || credit === 'noOrder') return routeWrite(missing(reason('orderNotFound', `The store has no order ${label}.`)), itemIndex);
	if (credit === null) return routeWrite(missing(reason('customerMissing', `The order ${label} has no customer.`)), itemIndex);
	const result = await doOnce(client, id, new Debit(client, id, credit.customerId, reference, amount), stopsBeforeWriting, surroundings);
	const told = { ...result, customerId: credit.customerId, amount: formatMoney(amount), currency: amount.currency };
	return routeWrite(told, itemIndex);
}

class Debit implements SingleAct {
	readonly kind = 'debit';
	readonly hasKey = false;
	readonly asked;
	readonly sentence: string;

	constructor(
		private readonly client: ShopifyClient,
		private readonly orderId: string,
		customerId: string,
		readonly reference: string,
		private readonly amount: Money,
	) {
		this.asked = { customerId, amount: formatMoney(amount), currency: amount.currency };
		this.sentence = `take ${formatMoney(amount)} ${amount.currency} off the customer’s store credit`;
	}

	async prepare(): Promise<Prepared | Reason> {
		const account = this.accountOf(await this.readCredit());
		if (account === undefined) return reason('creditAccountMissing', `The customer has no store credit in ${this.amount.currency}.`);
		if (compare(this.amount, parseMoney(account.balance, account.currency)) > 0) return reason('creditTooSmall', `The balance is ${account.balance} ${account.currency}, and ${this.asked.amount} are to be taken off.`);
		return { sent: { accountId: account.id }, idsBefore: account.transactions.flatMap(({ id }) => id ?? []) };
	}

	async send(act: RecordedAct, sendWithinMs: number): Promise<Sent> {
		const variables = { id: String(act.sent.accountId), amount: { amount: this.asked.amount, currencyCode: this.amount.currency as never } };
		const sent = await attempt(async () => await this.client.request(DebitCreditAccountDocument, variables, 'once', sendWithinMs), ShopifyRequestError);
		if (!sent.ok) {
			const { failure } = sent;
			if (failure.kind === 'ambiguous' || failure.kind === 'unavailable') return { kind: 'unknown', message: failureInWords(failure) };
			return { kind: 'refused', reason: reason(codeOf(failure), failureInWords(failure)) };
		}
		const answer = sent.value.storeCreditAccountDebit;
		if (answer?.storeCreditAccountTransaction && answer.userErrors.length === 0) return { kind: 'done', id: answer.storeCreditAccountTransaction.id };
		const text = refusalInWords(this.client, answer?.userErrors ?? []);
		const isShort = answer?.userErrors.some(({ code }) => code === 'INSUFFICIENT_FUNDS') === true;
		return { kind: 'refused', reason: reason(isShort ? 'creditTooSmall' : 'refusedByShopify', `Shopify did not debit the account: ${text}`) };
	}

	/** A debit has no key, no note and no mark: one that is new since the claim, of exactly this amount and made by an app or a person, counts as ours. */
	async find(act: RecordedAct, order: OrderWithActs): Promise<string | null> {
		const account = this.accountOf(await this.readCredit());
		const known = new Set([...act.idsBefore, ...order.record.acts.map(({ resultId }) => resultId)]);
		const fresh = (account?.transactions ?? []).filter(({ id, kind, event, amount }) => id !== null && kind === 'debit' && event === 'ADJUSTMENT' && !known.has(id) && this.isAmount(amount));
		return fresh.at(-1)?.id ?? null;
	}

	private accountOf(credit: CustomerCredit | null): CreditAccount | undefined {
		return credit?.accounts.find(({ currency }) => currency === this.amount.currency);
	}

	private async readCredit(): Promise<CustomerCredit | null> {
		const credit = await readCreditOfOrder(this.client, this.orderId);
		return credit === 'noOrder' ? null : credit;
	}

	/** Debits may be stated with or without their sign. */
	private isAmount(stated: string): boolean {
		const money = parseMoney(stated, this.amount.currency);
		return compare(isPositive(money) ? money : negate(money), this.amount) === 0;
	}
}

function readAmount(context: IExecuteFunctions, itemIndex: number): Money {
	const text = String(context.getNodeParameter('amount', itemIndex)).trim();
	const currency = String(context.getNodeParameter('currency', itemIndex)).trim().toUpperCase();
	const refuse = (message: string) => new NodeOperationError(context.getNode(), message, { description: 'Enter a plain decimal above zero, such as 12.50, and the currency’s three letters.', itemIndex });
	const money = (() => {
		try {
			return parseMoney(text, currency);
		} catch (failure) {
			throw refuse(failure instanceof Error ? failure.message : 'The amount cannot be read');
		}
	})();
	if (!isPositive(money)) throw refuse(`The amount ${text} is not above zero`);
	return money;
}
