/** The schemas that are checked in, and what n8n's editor asks of them. That they say what the nodes give out is seen where every operation is played. */
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { RESOURCES as RETURN_GO } from '../../../nodes/ReturnGo/registry';
import { RESOURCES as RECONCILIATION } from '../../../nodes/ReturnsReconciliation/registry';
import { ReturnsReconciliation } from '../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { RESOURCES as SHOPIFY_RETURNS } from '../../../nodes/ShopifyReturns/registry';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { readSchema, storedSchemas } from '../../../scripts/schemas/files';
import type { OutputSchema } from '../../../scripts/schemas/outputSchema';

const NODES = [
	[ReturnGo, RETURN_GO],
	[ShopifyReturns, SHOPIFY_RETURNS],
	[ReturnsReconciliation, RECONCILIATION],
] as const;

describe.each(NODES.map(([node, resources]) => [node.name, node, resources] as const))('%s', (folder, node, resources) => {
	const operations = Object.entries(resources).flatMap(([resource, entry]) => Object.keys(entry.operations).map((name) => `${resource}.${name}`));

	it('has one for each operation, and none that is left over', () => {
		expect(storedSchemas(folder).sort()).toEqual(operations.sort());
	});

	it('has them in the folder of its only version', () => {
		expect([new node().description.version].flat()).toEqual([1]);
	});

	it.each(operations)('%s can be shown', (operation) => {
		const schema = readSchema(folder, operation);
		// Otherwise the editor says "Invalid JSON schema", to nobody.
		expect(schema?.type).toBe('object');
		expect(Object.keys(schema?.properties ?? {})).not.toEqual([]);
		expect(schema === null ? [] : closedFor(schema, operation)).toEqual([]);
	});
});

/** Objects and lists that may also be something else: the editor would not open them. */
function closedFor({ type, properties = {}, items }: OutputSchema, place: string): string[] {
	const own = Array.isArray(type) && (type.includes('object') || type.includes('array')) ? [place] : [];
	return [...own, ...Object.entries(properties).flatMap(([name, field]) => closedFor(field, `${place}.${name}`)), ...(items === undefined ? [] : closedFor(items, `${place}[]`))];
}
