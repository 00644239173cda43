/** The options of payments: what goes back besides the units, what stops a payment, and how a credit is issued. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Payout } from '../../../returns/ledger';
import { toGid } from '../identifiers';
import { locatorOf } from '../locators';
import type { CreditChoices } from './credits';

/** ReturnGO's resolution type that each way of paying stands for. Its spelling for gift cards is not known, so that one is left to the consultant. */
export const DEFAULT_RESOLUTION: Record<Payout, string> = {
	tenders: 'RefundToPaymentMethod',
	storeCredit: 'RefundToStoreCredit',
	account: 'RefundToStoreCredit',
	giftCard: 'RefundToStoreCredit',
};

export const moneyOptionFields = {
	cancelLocationId: locatorOf('Location', 'searchLocations', { displayName: 'Location of Units Not Shipped', name: 'cancelLocationId', description: 'Location where cancelled units become available again. Empty: the restock location, where the operation has one.' }, 'e.g. 655441491'),
	exchangeItems: {
		displayName: 'Exchange Items in the Return',
		name: 'exchangeItems',
		type: 'options',
		default: 'stop',
		options: [
			{ name: 'Process With the Refund', value: 'process', description: 'Shopify sends the items and pays the difference, if there is one; nothing happens when the customer owes money' },
			{ name: 'Stop', value: 'stop', description: 'A person decides' },
		],
		description: 'What to do when the Shopify return holds exchange items that have not been sent',
	},
	maximumRunAmount: {
		displayName: 'Maximum Amount of This Run',
		name: 'maximumRunAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5000',
		description: 'Sum of everything that one execution of the workflow pays, in loops too, for each currency by itself. A sub-workflow has an execution of its own. A payment that would go beyond it waits for a person.',
	},
	otherReturnGoAmount: {
		displayName: 'When ReturnGO Shows Another Amount',
		name: 'otherReturnGoAmount',
		type: 'options',
		default: 'stop',
		options: [
			{ name: 'Ignore', value: 'ignore', description: 'The order alone decides' },
			{ name: 'Stop', value: 'stop', description: 'A person compares both figures' },
		],
		description: 'What to do when the prices, taxes and fees of the units in ReturnGO come to another amount than the order. What rounding unit by unit explains is no difference.',
	},
	refundDuties: {
		displayName: 'Refund Duties',
		name: 'refundDuties',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'All That Is Left', value: 'full', description: 'Of the returned lines, however many pieces come back' },
			{ name: 'In Proportion', value: 'proportional', description: 'The part of the returned pieces' },
			{ name: 'None', value: 'none' },
		],
		description: 'Import duties that are paid back with the units',
	},
	refundShipping: {
		displayName: 'Refund Shipping',
		name: 'refundShipping',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'All That Is Left', value: 'full' },
			{ name: 'Exactly the Shipping Amount', value: 'exact', description: 'Stops when less than that is left' },
			{ name: 'In Proportion', value: 'proportional', description: 'By the value of the returned pieces' },
			{ name: 'None', value: 'none' },
			{ name: 'Up to the Shipping Amount', value: 'capped' },
		],
		description: 'Shipping charges that are paid back with the units. A fixed amount goes with the first payment of an RMA only.',
	},
	refundShippingAmount: {
		displayName: 'Shipping Amount',
		name: 'refundShippingAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4.90',
		description: 'In the currency the customer paid in, as the order states shipping: with its tax when prices contain tax, without it otherwise',
	},
	unshippedUnits: {
		displayName: 'Units Not Shipped',
		name: 'unshippedUnits',
		type: 'options',
		default: 'stop',
		options: [
			{ name: 'Cancel and Refund', value: 'cancel', description: 'Shopify no longer ships them; they are paid back with a refund of their own, without an inspection' },
			{ name: 'Stop', value: 'stop', description: 'A person decides' },
		],
		description: 'What to do with units of the RMA that Shopify has not shipped, so that none of them can come back',
	},
	refundTip: { displayName: 'Refund Tip', name: 'refundTip', type: 'boolean', default: false, description: 'Whether the tip is paid back with the units' },
} satisfies Record<string, INodeProperties>;

export const creditOptionFields = {
	expiresAfterDays: {
		displayName: 'Expires After (Days)',
		name: 'expiresAfterDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How long the credit can be spent, counted from today. Zero: for ever.',
	},
	giftCardMessage: { displayName: 'Message', name: 'giftCardMessage', type: 'string', default: '', description: 'What the recipient reads with the gift card. Needs a Recipient Customer ID.' },
	recipientCustomerId: { displayName: 'Recipient Customer ID', name: 'recipientCustomerId', type: 'string', default: '', placeholder: 'e.g. 544365967', description: 'Another customer who is to get the gift card; Shopify sends it when Notify Customer is on. The card still belongs to the customer of the order.' },
	recipientName: { displayName: 'Recipient Name', name: 'recipientName', type: 'string', default: '', description: 'How the recipient is addressed' },
	returnTheCode: { displayName: 'Return the Code', name: 'returnTheCode', type: 'boolean', default: false, description: 'Whether the output holds the gift card’s whole code. Whoever sees the execution can then spend the card.' },
} satisfies Record<string, INodeProperties>;

export const CREDIT_OPTIONS_OF: Record<Payout, Array<keyof typeof creditOptionFields>> = {
	tenders: [],
	storeCredit: ['expiresAfterDays'],
	account: ['expiresAfterDays'],
	giftCard: ['expiresAfterDays', 'giftCardMessage', 'recipientCustomerId', 'recipientName', 'returnTheCode'],
};

const LONGEST_VALIDITY_DAYS = 36_500;

/**
 * Reads the options of a credit. The secret that codes are derived from is added by the operation that makes gift cards.
 * @throws NotAnId, RangeError
 */
export function readCreditChoices(options: IDataObject, now: Date): CreditChoices {
	const text = (name: keyof typeof creditOptionFields) => (typeof options[name] === 'string' || typeof options[name] === 'number' ? String(options[name]).trim() : '');
	const days = Number(options.expiresAfterDays ?? 0);
	if (!Number.isInteger(days) || days < 0 || days > LONGEST_VALIDITY_DAYS) throw new RangeError(`Expires After (Days) must be a whole number from 0 to ${LONGEST_VALIDITY_DAYS}`);
	const recipientId = text('recipientCustomerId');
	if (recipientId === '' && (text('giftCardMessage') !== '' || text('recipientName') !== '')) throw new RangeError('Message and Recipient Name need a Recipient Customer ID');
	return {
		expiresAt: days === 0 ? null : new Date(now.getTime() + days * 86_400_000).toISOString(),
		notifyCustomer: options.notifyCustomer === true,
		codeSecret: '',
		showsCode: options.returnTheCode === true,
		recipient: recipientId === '' ? null : { id: toGid('Customer', recipientId), preferredName: text('recipientName') || null, message: text('giftCardMessage') || null },
	};
}
