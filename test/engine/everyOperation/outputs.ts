/**
 * What the operations really give out, held against the schemas that n8n's editor shows. `npm run schemas` plays the same cells and writes the schemas instead
 * (WRITE_SCHEMAS), so nothing in them is written by hand.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readSchema, writeSchema } from '../../../scripts/schemas/files';
import { inferSchema, misfits } from '../../../scripts/schemas/outputSchema';
import type { NodeRunResult } from '../harness';
import type { Keys, Services } from './services';

const isWriting = process.env.WRITE_SCHEMAS === '1';

/** A further run of an operation, in which fields have values that the table's runs leave empty: it sets the stage and answers the parameters. */
export type Scene = (services: Services) => Promise<{ parameters: INodeParameters; keys?: Keys }>;

/** By `resource.operation`. */
export type Scenes = Readonly<Record<string, readonly Scene[]>>;

/** The outputs of one operation, over all of its cells. */
export class Outputs {
	private readonly seen: IDataObject[] = [];

	/** @param failuresOn number of the output that failed items take */
	constructor(
		private readonly nodeFolder: string,
		private readonly operation: string,
		private readonly failuresOn: number,
	) {}

	/**
	 * n8n knows one schema per operation: that of the items themselves, as they are when things go well and when they need attention. Progress and summaries have another shape and
	 * are left out, and so is the error that stands for a failed item of a read.
	 * @returns how many items say something of the schema
	 */
	add({ outputs }: NodeRunResult): number {
		const described = this.failuresOn === 0 ? (outputs[0] ?? []).filter(({ json }) => json.error === undefined) : [...(outputs[0] ?? []), ...(outputs[this.failuresOn] ?? [])];
		// As n8n stores it: what is no JSON does not leave it.
		const items = described.map(({ json }) => JSON.parse(JSON.stringify(json)) as IDataObject);
		this.seen.push(...items);
		const schema = readSchema(this.nodeFolder, this.operation);
		if (!isWriting) for (const item of items) expect(misfits(schema ?? undefined, item)).toEqual([]);
		return items.length;
	}

	/** To be called when all cells were played. */
	expectSchema(): void {
		expect(this.seen.length).toBeGreaterThan(0);
		const schema = inferSchema(this.seen);
		if (isWriting) writeSchema(this.nodeFolder, this.operation, schema);
		// Also the order of the fields, which is the one that people see.
		expect(JSON.stringify(readSchema(this.nodeFolder, this.operation), null, 1)).toBe(JSON.stringify(schema, null, 1));
	}
}
