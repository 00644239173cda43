import { getNamedType, Kind, NoDeprecatedCustomRule, parse, TypeInfo, validate, visit, visitWithTypeInfo, type GraphQLSchema } from 'graphql';
import { bulkCaseOrders } from '../../nodes/ReturnsReconciliation/reading/orderStream';
import { API_VERSIONS } from '../../nodes/ShopifyReturns/api/client';
import { ADMIN_VERSIONS, loadAdminSchema, type AdminVersion } from '../../scripts/shopify-schema';
import { estimateCost } from '../../scripts/documentCost';
import { sentDocuments, writtenOperationNames, type SentDocument } from '../../scripts/sentDocuments';

const COST_LIMIT = 1000;
const documents = sentDocuments();

it('sends exactly the operations that are written down', () => {
	expect(documents.map((document) => document.name).sort()).toEqual(writtenOperationNames().sort());
	expect(documents.length).toBeGreaterThan(0);
});

it('offers exactly the API versions that the documents are checked against', () => {
	expect([...API_VERSIONS].sort()).toEqual([...ADMIN_VERSIONS].sort());
});

describe.each(ADMIN_VERSIONS)('Admin API %s', (version: AdminVersion) => {
	let schema: GraphQLSchema;
	beforeAll(async () => {
		({ schema } = await loadAdminSchema(version));
	}, 240_000);

	it.each(documents)('accepts $name', ({ document }) => {
		expect(validate(schema, document).map((fault) => fault.message)).toEqual([]);
	});

	it.each(documents)('deprecates nothing that $name uses', ({ document }) => {
		expect(validate(schema, document, [NoDeprecatedCustomRule]).map((fault) => fault.message)).toEqual([]);
	});

	it.each(documents)(`reserves at most ${COST_LIMIT} points for $name`, (document) => {
		expect(estimateCost(schema, document)).toBeLessThanOrEqual(COST_LIMIT);
	});

	it.each(documents)('has @idempotent in $name exactly where Shopify documents it', (document) => {
		expect(idempotentFields(document)).toEqual(rootFields(document).filter((name) => documentsIdempotency(schema, name)));
	});

	it.each(documents)('knows the key of every @idempotent in $name from a variable', ({ document, operation }) => {
		const keys: string[] = [];
		visit(document, {
			Directive(directive) {
				if (directive.name.value !== 'idempotent') return;
				const value = directive.arguments?.find((argument) => argument.name.value === 'key')?.value;
				keys.push(value?.kind === Kind.VARIABLE ? value.name.value : 'not a variable');
			},
		});
		const required = (operation.variableDefinitions ?? []).filter(({ type }) => type.kind === Kind.NON_NULL_TYPE).map(({ variable }) => variable.name.value);
		expect(required).toEqual(expect.arrayContaining(keys));
	});
});

describe.each(ADMIN_VERSIONS)('the query of the bulk read, Admin API %s', (version: AdminVersion) => {
	it('is one that Shopify runs in bulk: nothing deprecated, at most five connections, two below the outermost, none in a list', async () => {
		const { schema } = await loadAdminSchema(version);
		const document = parse(bulkCaseOrders("updated_at:>='2026-01-01T00:00:00Z'"));
		expect([...validate(schema, document), ...validate(schema, document, [NoDeprecatedCustomRule])].map((fault) => fault.message)).toEqual([]);
		const info = new TypeInfo(schema);
		const open: string[] = [];
		let connections = 0;
		visit(
			document,
			visitWithTypeInfo(info, {
				Field: {
					enter() {
						const type = info.getType();
						const isConnection = getNamedType(type ?? null)?.name.endsWith('Connection') === true;
						const isList = !isConnection && String(type).includes('[') && getNamedType(type ?? null)?.name.endsWith('Edge') === false;
						if (isConnection) connections += 1;
						if (isConnection) expect(open).not.toContain('list');
						open.push(isConnection ? 'connection' : isList ? 'list' : 'field');
						expect(open.filter((kind) => kind === 'connection').length).toBeLessThanOrEqual(3);
					},
					leave() {
						open.pop();
					},
				},
			}),
		);
		expect(connections).toBe(2);
	}, 240_000);
});

it('stays under the limit also where each of the ids that are asked about counts on its own', async () => {
	const { schema } = await loadAdminSchema('2026-10');
	const cost = (name: string) => {
		const document = documents.find((candidate) => candidate.name === name);
		if (document === undefined) throw new Error(`No document ${name}`);
		return estimateCost(schema, document);
	};
	const line = cost('SettlementLines');
	const mark = cost('SettlementReverseLines') - (1 + 2 + 100 * 5);
	expect({
		snapshot: cost('SettlementSnapshot') + 3 * line <= COST_LIMIT,
		lines: 25 * line <= COST_LIMIT,
		refunds: mark + 10 * (cost('SettlementRefunds') - mark) <= COST_LIMIT,
		charges: 20 * cost('SettlementMoreCharges') <= COST_LIMIT,
	}).toEqual({ snapshot: true, lines: true, refunds: true, charges: true });
}, 240_000);

describe('the checks themselves', () => {
	let schema: GraphQLSchema;
	beforeAll(async () => {
		({ schema } = await loadAdminSchema('2026-10'));
	}, 240_000);

	it('know the mutations that Shopify carries out once per key', () => {
		expect(documentsIdempotency(schema, 'refundCreate')).toBe(true);
		expect(documentsIdempotency(schema, 'inventoryAdjustQuantities')).toBe(true);
		expect(documentsIdempotency(schema, 'returnProcess')).toBe(false);
		expect(documentsIdempotency(schema, 'metafieldsSet')).toBe(false);
	});

	it('notice a deprecated field, argument, input field and enum value', () => {
		const deprecations = (text: string) => validate(schema, parse(text), [NoDeprecatedCustomRule]).length;
		expect(deprecations('query A { order(id: "1") { refunds { totalRefunded { amount } } } }')).toBe(1);
		expect(deprecations('mutation B { returnCancel(id: "1", notifyCustomer: true) { return { id } } }')).toBe(1);
		expect(deprecations('mutation C { returnCreate(returnInput: { orderId: "1", returnLineItems: [], notifyCustomer: true }) { return { id } } }')).toBe(1);
		expect(deprecations('query D { order(id: "1") { refunds { totalRefundedSet { shopMoney { amount } } } } }')).toBe(0);
	});

	it('count points as Shopify states them', () => {
		const cost = (text: string) => estimateCost(schema, asSent(text));
		// One order (1), its connection (2) and ten returns (1 each).
		expect(cost('query A { order(id: "1") { returns(first: 10) { nodes { id status } pageInfo { hasNextPage } } } }')).toBe(13);
		// Twenty refunds with both currencies of their total.
		expect(cost('query B { order(id: "1") { refunds(first: 20) { totalRefundedSet { shopMoney { amount } presentmentMoney { amount } } } } }')).toBe(1 + 20 * 4);
		// The page size comes from the variable's default; nested pages multiply.
		expect(cost('query C($n: Int = 3) { orders(first: $n) { nodes { lineItems(first: 5) { nodes { id } } } } }')).toBe(2 + 3 * (1 + 2 + 5));
		expect(cost('mutation D { returnClose(id: "1") { return { id } userErrors { message } } }')).toBe(10 + 1 + 1 + 1);
		expect(() => cost('query E($n: Int!) { orders(first: $n) { nodes { id } } }')).toThrow('no page size');
	});
});

function asSent(text: string): SentDocument {
	const document = parse(text);
	const [operation] = document.definitions;
	if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Not an operation');
	return { name: operation.name?.value ?? '', document, operation };
}

function rootFields({ operation }: SentDocument): string[] {
	return operation.selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}

function idempotentFields({ operation }: SentDocument): string[] {
	return operation.selectionSet.selections.flatMap((selection) =>
		selection.kind === Kind.FIELD && selection.directives?.some((directive) => directive.name.value === 'idempotent') ? [selection.name.value] : [],
	);
}

/** Shopify says in the mutation's description whether it takes the directive. */
function documentsIdempotency(schema: GraphQLSchema, field: string): boolean {
	return schema.getMutationType()?.getFields()[field]?.description?.includes('@idempotent') ?? false;
}
