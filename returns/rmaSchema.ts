/** Reads an RMA that comes from a workflow item: whatever a person wired there, it is checked before anything is sent. */
import { z } from 'zod';
import type { ProvidedInspection } from './inspection';
import type { Rma } from './rma';
import type { WarehouseCount } from './warehouse';

/** ReturnGO's ids are digits; anything else would travel into a key or a note unseen. */
const digits = z.string().regex(/^\d{1,20}$/, 'must be digits');
const gid = (type: string) => z.string().regex(new RegExp(`^gid://shopify/${type}/\\d{1,20}$`), `must be a Shopify ${type} id`);
const text = z.string().max(2000);
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'must be a decimal amount');
const money = z.object({ amount: decimal, currency: text, shopAmount: decimal, shopCurrency: text });

const unit = z.object({
	id: digits,
	lineItemId: gid('LineItem').nullable(),
	productId: text.nullable().default(null),
	variantId: text.nullable().default(null),
	sku: text.nullable().default(null),
	title: text.default(''),
	returnReason: text.nullable().default(null),
	resolutionType: text.nullable().default(null),
	resolutionName: text.nullable().default(null),
	pricePaid: money.nullable().default(null),
	taxPaid: money.nullable().default(null),
	taxIncluded: z.boolean().default(false),
	fees: z.object({ restocking: decimal, return: decimal, shipment: decimal }).default({ restocking: '0', return: '0', shipment: '0' }),
	shipmentId: text.nullable().default(null),
	validation: z.object({
		validatedAt: text.nullable(),
		validatedBy: text.nullable().default(null),
		isReturned: z.boolean(),
		isRestockable: z.boolean(),
		nonReturnedReason: text.nullable().default(null),
		nonRestockableReason: text.nullable().default(null),
		storeLocationId: text.nullable().default(null),
	}),
});

const rmaSchema = z.object({
	id: digits,
	status: text,
	order: z.object({ id: gid('Order').nullable(), name: text.default('') }),
	createdAt: text.nullable().default(null),
	lastUpdated: text.nullable().default(null),
	isOutOfPolicy: z.boolean().default(false),
	cancellationFee: decimal.default('0'),
	units: z.array(unit).max(1000),
	shipments: z
		.array(
			z.object({
				id: text,
				status: text,
				carrierName: text.nullable().default(null),
				trackingNumber: text.nullable().default(null),
				trackingUrl: text.nullable().default(null),
				labelUrl: text.nullable().default(null),
				isOutbound: z.boolean().default(false),
				originCountry: text.nullable().default(null),
			}),
		)
		.default([]),
	transactions: z
		.array(
			z.object({
				id: text,
				type: text,
				status: text,
				amount: money.nullable().default(null),
				externalReferenceId: text.nullable().default(null),
				externalReferenceType: text.nullable().default(null),
				processor: text.nullable().default(null),
				unitIds: z.array(text).default([]),
				createdAt: text.nullable().default(null),
				lastUpdated: text.nullable().default(null),
			}),
		)
		// Without them nobody could tell whether ReturnGO has paid already.
		.describe('transactions'),
	exchangeOrders: z.array(z.object({ draftOrderId: text.nullable(), orderId: text.nullable(), orderName: text.nullable(), type: text })).default([]),
	shopifyReturnName: text.nullable().default(null),
	lastActivityAt: text.nullish(),
	milestones: z.object({ approvedAt: text.nullable(), shippedAt: text.nullable(), deliveredAt: text.nullable(), receivedAt: text.nullable() }).optional(),
});

const inspectionsSchema = z
	.array(
		z.object({
			unitId: digits,
			state: z.enum(['notReceived', 'awaitingInspection', 'sellable', 'damaged', 'missing']),
			inspectedAt: text.nullish(),
			inspectedBy: text.nullish(),
			locationId: gid('Location').nullish(),
			reason: text.nullish(),
			components: z.array(z.object({ sku: text, quantity: z.number().int().positive().max(1000) })).nullish(),
		}),
	)
	.max(1000);

const pieces = z.number().int().nonnegative().max(1000).default(0);

const warehouseCountsSchema = z
	.array(z.object({ sku: z.string().trim().min(1).max(255), sellable: pieces, damaged: pieces, missing: pieces, reason: text.nullish().transform((given) => given ?? null), locationId: gid('Location').nullish().transform((given) => given ?? null) }))
	.min(1)
	.max(1000);

/** What is wrong with an input, in one sentence that names the place. */
export class InvalidRma extends Error {
	constructor(readonly issues: string[]) {
		super(issues.join('; '));
		this.name = 'InvalidRma';
	}
}

/** @throws InvalidRma */
export function parseRma(value: unknown): Rma {
	return parseWith(rmaSchema, value);
}

/** @throws InvalidRma */
export function parseInspections(value: unknown): ProvidedInspection[] {
	return parseWith(inspectionsSchema, value);
}

/** @throws InvalidRma */
export function parseWarehouseCounts(value: unknown): WarehouseCount[] {
	return parseWith(warehouseCountsSchema, value);
}

function parseWith<TOutput>(schema: z.ZodType<TOutput, z.ZodTypeDef, unknown>, value: unknown): TOutput {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new InvalidRma(parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'the value'}: ${issue.message}`));
}
