/** Every write has a Dry Run, whose item says what it would do: one more scene for each, made from its row. */
import type { Prepared, Table } from '../behaviours';
import type { Scene, Scenes } from '../outputs';
import type { NodeUnderTest } from '../play';
import type { Services } from '../services';

export function withRehearsals(scenes: Scenes, { resources }: NodeUnderTest, table: Table): Scenes {
	const isWrite = (operation: string) => {
		const [resource = '', name = ''] = operation.split('.');
		const registered = resources[resource]?.operations[name];
		return registered !== undefined && 'isWrite' in registered && registered.isWrite === true;
	};
	return Object.fromEntries(Object.keys(table).map((operation) => [operation, [...(scenes[operation] ?? []), ...(isWrite(operation) ? [rehearsalOf(table, operation)] : [])]]));
}

function rehearsalOf(table: Table, operation: string): Scene {
	return async (services) => {
		const { parameters } = await preparedBy(table, operation, services);
		return { parameters: { ...parameters, options: { ...(parameters.options as object | undefined), dryRun: true } } };
	};
}

/** What the row of an operation makes. */
export async function preparedBy(table: Table, operation: string, services: Services): Promise<Prepared> {
	const row = table[operation];
	if (row === undefined) throw new Error(`There is no row for ${operation}`);
	return await row.prepare(services);
}
