/** Plays every behaviour of every operation of one node against the simulators. What goes for all operations is written here once; the tables say what differs. */
import '../harness/environment';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runNode, TESTED_NODE, type NodeClass, type NodeRun, type NodeRunResult } from '../harness';
import { BEHAVIOURS, cellsOf, countCells, isNever, type Asked, type Failing, type Prepared, type Row, type Shown, type Table } from './behaviours';
import { expectError, expectNoSecretIn, wordsOf } from './expectations';
import { Outputs, type Scene, type Scenes } from './outputs';
import { SentDocuments, type ListedCalls } from './sent';
import { Services, WRONG_KEYS, type Keys } from './services';

export interface NodeUnderTest {
	node: NodeClass;
	/** The node's own registry. */
	resources: Readonly<Record<string, { operations: Readonly<Record<string, object>> }>>;
	/** Names of its credentials. */
	credentials: readonly string[];
	/** Number of the output that failed items take. */
	failuresOn: (operation: string) => number;
	/** Parameters that every operation has, and that make an item fail within a request, where rows fail before or after one. */
	breaks?: { good: INodeParameters; bad: INodeParameters; says: RegExp };
	/** What the node says it sends to Shopify. */
	listed?: ListedCalls;
}

/** `resource.operation` of everything that the node has registered. */
export function operationsOf({ resources }: NodeUnderTest): string[] {
	return Object.entries(resources).flatMap(([resource, { operations }]) => Object.keys(operations).map((operation) => `${resource}.${operation}`));
}

/** Rows that are missing, and rows that belong to no operation. */
export function gaps(node: NodeUnderTest, table: Table): { missing: string[]; unknown: string[] } {
	const registered = operationsOf(node);
	return { missing: registered.filter((operation) => table[operation] === undefined), unknown: Object.keys(table).filter((operation) => !registered.includes(operation)) };
}

/** Defines the tests; to be called once per file, at its top. */
export function playEveryOperation(node: NodeUnderTest, table: Table, scenes: Scenes): void {
	jest.setTimeout(60_000);
	let services: Services;
	beforeAll(async () => {
		services = await Services.open();
	}, 240_000);
	beforeEach(async () => await services.reset());
	afterAll(async () => await services.close());

	const { played, doNotApply } = countCells(Object.values(table).map(cellsOf));
	it(`has a row for every operation: ${played} cells are played, ${doNotApply} do not apply`, () => {
		expect(gaps(node, table)).toEqual({ missing: [], unknown: [] });
		expect(played + doNotApply).toBe(BEHAVIOURS.length * operationsOf(node).length);
		for (const row of Object.values(table)) for (const cell of Object.values(cellsOf(row))) if (isNever(cell)) expect(cell.never).toMatch(/^[A-Z].{20,}\.$/);
	});

	describe.each(Object.entries(table))('%s', (operation, row) => {
		const outputs = new Outputs(node.node.name, operation, node.failuresOn(operation));
		const sent = new SentDocuments();
		const play = () => new Player(services, node, operation, row, outputs, sent);

		it('success', async () => await play().success());
		if (!isNever(row.empty)) it('empty result', async () => await play().empty());
		if (!isNever(row.notFound)) it('not found', async () => await play().notFound());
		if (!isNever(row.refused)) it.each(row.refused.map(({ says }, number) => [String(says), number] as const))('refused by the service: %s', async (_says, number) => await play().refused(number));
		if (!isNever(row.asks)) {
			it.each(row.asks.map((asked) => [asked.service, asked.operation, asked] as const))('throttled: %s, %s', async (_service, _operation, asked) => await play().throttled(asked));
			it.each([...new Set(row.asks.map(({ service }) => service))])('unauthorised: %s', async (service) => await play().unauthorised(service));
		}
		it('one of two items fails', async () => await play().oneOfTwoFails());
		it('one of two items fails, and the error names it', async () => await play().secondOfTwoFails());
		const { breaks } = node;
		if (breaks !== undefined) it('one of two items fails, within a request', async () => await play().oneOfTwoBreaks(breaks));
		const further = scenes[operation] ?? [];
		if (further.length > 0) it.each(further.map((scene, number) => [number + 1, scene] as const))('further scene %i', async (_number, scene) => await play().further(scene));
		it('gives out what its schema says', () => outputs.expectSchema());
		const { listed } = node;
		if (listed !== undefined) it('sends the documents that are listed for it, and no others', () => sent.expectListed(listed, operation));
	});
}

class Player {
	private readonly failuresOn: number;

	constructor(
		private readonly services: Services,
		private readonly node: NodeUnderTest,
		private readonly operation: string,
		private readonly row: Row,
		private readonly outputs: Outputs,
		private readonly sent: SentDocuments,
	) {
		this.failuresOn = node.failuresOn(operation);
	}

	async success(): Promise<void> {
		const prepared = await this.row.prepare(this.services);
		if (prepared.effect !== undefined) expect(await prepared.effect.read()).not.toEqual(prepared.effect.once);
		const result = await this.run(prepared, prepared.parameters);
		this.expectGood(result, prepared, 0);
		await this.expectOnce(prepared);
	}

	async empty(): Promise<void> {
		if (isNever(this.row.empty)) return;
		const prepared = await this.row.prepare(this.services);
		const empty = await this.row.empty(this.services, prepared);
		const untouched = await this.remember(prepared);
		const result = await this.run(prepared, empty.parameters);
		this.expectGood(result, empty, 0);
		await untouched();
	}

	async notFound(): Promise<void> {
		if (isNever(this.row.notFound)) return;
		const prepared = await this.row.prepare(this.services);
		const untouched = await this.remember(prepared);
		const failing = this.row.notFound(prepared);
		const result = await this.run(prepared, failing.parameters);
		this.expectFailure(result, failing, 0);
		await untouched();
	}

	async refused(number: number): Promise<void> {
		if (isNever(this.row.refused)) return;
		const refusal = this.row.refused[number];
		if (refusal === undefined) throw new Error(`There is no refusal ${number}`);
		const prepared = await this.row.prepare(this.services);
		const untouched = await this.remember(prepared);
		const keys = (await refusal.arrange(this.services)) ?? {};
		const result = await this.run(prepared, prepared.parameters, keys);
		this.expectFailure(result, { parameters: prepared.parameters, says: refusal.says }, 0);
		await this.expectFaultsUsed();
		await untouched();
	}

	/** Turned away once, asked again, done once. */
	async throttled({ service, operation }: Asked): Promise<void> {
		const prepared = await this.row.prepare(this.services);
		await this.services.control(service).addFaults({ match: { operation }, action: { kind: 'throttled' } });
		const result = await this.run(prepared, prepared.parameters);
		this.expectGood(result, prepared, 0);
		await this.expectFaultsUsed();
		await this.expectOnce(prepared);
	}

	async unauthorised(service: Asked['service']): Promise<void> {
		const prepared = await this.row.prepare(this.services);
		const untouched = await this.remember(prepared);
		const keys: Keys = service === 'ReturnGO' ? { apiKey: WRONG_KEYS.ReturnGO } : { accessToken: WRONG_KEYS.Shopify };
		const result = await this.run(prepared, prepared.parameters, keys);
		// Which credential it is, and what to do with it.
		const says = service === 'ReturnGO' ? /ReturnGO refuses the key of this credential.*Check the key .* in the ReturnGO credential/ : /Shopify does not accept the credential.*Open the Shopify Returns credential, renew/;
		this.expectFailure(result, { parameters: prepared.parameters, says }, 0);
		await untouched();
	}

	async oneOfTwoFails(): Promise<void> {
		const prepared = await this.row.prepare(this.services);
		await this.runBoth(prepared, this.failingOf(prepared));
	}

	/** Without Continue On Fail: n8n shows the user the item that the error names. */
	async secondOfTwoFails(): Promise<void> {
		const prepared = await this.row.prepare(this.services);
		const failing = this.failingOf(prepared);
		const { parameters, input } = itemByItem([prepared.parameters, failing.parameters]);
		const result = await this.run(prepared, parameters, {}, { input });
		this.expectFailure(result, failing, 1);
	}

	private failingOf(prepared: Prepared): Failing {
		const failing = this.row.failing?.(prepared) ?? (isNever(this.row.notFound) ? undefined : this.row.notFound(prepared));
		if (failing === undefined) throw new Error(`The row of ${this.operation} names no item that fails`);
		return failing;
	}

	async oneOfTwoBreaks({ good, bad, says }: NonNullable<NodeUnderTest['breaks']>): Promise<void> {
		const { parameters, ...prepared } = await this.row.prepare(this.services);
		await this.runBoth({ ...prepared, parameters: { ...parameters, ...good } }, { parameters: { ...parameters, ...bad }, says });
	}

	/** The failing item comes first, so that a good one is lost if the node gives up. */
	private async runBoth(prepared: Prepared, failing: Failing): Promise<void> {
		const { parameters, input } = itemByItem([failing.parameters, prepared.parameters]);
		const result = await this.run(prepared, parameters, {}, { input, continueOnFail: true });
		expect(result.error).toBeUndefined();
		this.expectFailure(result, failing, 0);
		this.expectGood(result, prepared, 1);
		await this.expectOnce(prepared);
	}

	async further(scene: Scene): Promise<void> {
		const { parameters, keys } = await scene(this.services);
		const result = await this.run({}, parameters, keys, { continueOnFail: true });
		if (result.error !== undefined) throw result.error;
		// A failed item of a read says nothing of what it gives out.
		if (this.failuresOn === 0) for (const { json } of result.outputs.flat()) expect(json).not.toHaveProperty('error');
		expect(result.outputs.flat()).not.toEqual([]);
	}

	private async run(prepared: Pick<Prepared, 'secrets'>, parameters: INodeParameters, keys: Keys = {}, more: Partial<NodeRun> = {}): Promise<NodeRunResult> {
		const [resource = '', operation = ''] = this.operation.split('.');
		const [last] = await this.services.shopify.requests({ limit: 1 });
		const result = await runNode({
			node: this.node.node,
			credentialTypes: this.services.credentialTypes,
			credentials: this.services.credentials(this.node.credentials, keys),
			parameters: { resource, operation, ...parameters },
			...more,
		});
		const items = (more.input ?? [{}]).length;
		for (const item of result.outputs.flat()) expect(allLinks(items)).toContainEqual(item.pairedItem);
		this.outputs.add(result);
		this.sent.add(await this.services.shopifyRequests({ since: last?.seq ?? 0 }));
		expectNoSecret(result, [...(await this.services.secrets()), ...(prepared.secrets ?? [])]);
		return result;
	}

	private expectGood(result: NodeRunResult, { shows }: Pick<Prepared, 'shows'>, itemIndex: number): void {
		if (result.error !== undefined) throw result.error;
		const shown = shownFor(result, itemIndex);
		for (const json of shown.flat()) expect(json).not.toHaveProperty('error');
		shows(shown);
	}

	private async expectOnce({ effect }: Prepared): Promise<void> {
		await this.services.clearFaults();
		if (effect !== undefined) expect(await effect.read()).toEqual(effect.once);
	}

	/** @returns what makes sure, later, that nothing was changed */
	private async remember({ effect }: Prepared): Promise<() => Promise<void>> {
		const before = await effect?.read();
		return async () => {
			await this.services.clearFaults();
			expect(await effect?.read()).toEqual(before);
		};
	}

	/** A fault that struck nobody would make its cell a second "success". */
	private async expectFaultsUsed(): Promise<void> {
		for (const control of [this.services.shopify, this.services.returnGo]) for (const { applied, times } of await control.faults()) expect(applied).toBe(times);
	}

	/** Exactly one answer for the item: n8n's error where the node stopped, one item on the proper output otherwise; in words, with a way on. */
	private expectFailure(result: NodeRunResult, { says, answeredOn }: Failing, itemIndex: number): void {
		if (result.error !== undefined) {
			expect(answeredOn).toBeUndefined();
			expect(result.error.context).toMatchObject({ itemIndex });
			expectError(result.error, says);
			return;
		}
		const shown = shownFor(result, itemIndex);
		const output = answeredOn ?? this.failuresOn;
		expect(shown.map((items) => items.length)).toEqual(shown.map((_items, index) => (index === output ? 1 : 0)));
		expect(wordsOf(shown[output]?.[0] ?? {})).toMatch(says);
	}
}

/** One run for several items: what differs between them becomes an expression over the item, as in the editor. */
function itemByItem(calls: readonly INodeParameters[]): { parameters: INodeParameters; input: IDataObject[] } {
	const names = [...new Set(calls.flatMap((call) => Object.keys(call)))].filter((name) => new Set(calls.map((call) => JSON.stringify(call[name]))).size > 1);
	const last = calls.at(-1) ?? {};
	const expressions = names.map((name) => [name, isLocator(last[name]) ? { ...last[name], value: `={{ $json.${name} }}` } : `={{ $json.${name} }}`] as const);
	const input = calls.map((call) => Object.fromEntries(names.map((name) => [name, valueOf(call[name])])) as IDataObject);
	return { parameters: { ...last, ...Object.fromEntries(expressions) } as INodeParameters, input };
}

function isLocator(value: unknown): value is { __rl: true; mode: string; value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

function valueOf(value: unknown): unknown {
	return isLocator(value) ? value.value : value;
}

/** The json of the items that belong to one input item, by output. */
function shownFor({ outputs }: NodeRunResult, itemIndex: number): Shown {
	const belongs = ({ pairedItem }: INodeExecutionData) => JSON.stringify(pairedItem) === JSON.stringify({ item: itemIndex });
	return outputs.map((items) => items.filter(belongs).map(({ json }) => json));
}

const allLinks = (items: number) => Array.from({ length: items }, (_none, item) => ({ item }));

/** Looked for in everything that the node gives out, and in n8n's record of its run. */
export function expectNoSecret({ outputs, error, hints, run }: NodeRunResult, secrets: readonly string[]): void {
	expectNoSecretIn([outputs, hints, run.data.resultData.runData[TESTED_NODE], ...(error === undefined ? [] : [error])], secrets);
}
