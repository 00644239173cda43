/** Whether what a template's nodes are told exists in the nodes: type, version, every parameter for the chosen operation, every chosen value. */
import { NodeHelpers, type INode, type INodeParameters, type INodeProperties, type INodePropertyCollection, type INodePropertyOptions, type INodeTypeDescription } from 'n8n-workflow';
import { STICKY_NOTE, workingNodes, type Template } from './template';

interface Place {
	node: INode;
	type: INodeTypeDescription;
	/** All parameters of the node with the values they have by default. */
	root: INodeParameters;
}

/**
 * One sentence per thing that the given node types do not have.
 * @param covers which types the list speaks for; nodes of other types are left to another list
 */
export function unknownParameters(template: Template, types: readonly INodeTypeDescription[], covers: (type: string) => boolean): string[] {
	return [...workingNodes(template), ...template.workflow.nodes.filter((node) => node.type === STICKY_NOTE)]
		.filter((node) => covers(node.type))
		.flatMap((node) => unknownIn(node, types).map((finding) => `“${node.name}”: ${finding}`));
}

function unknownIn(node: INode, types: readonly INodeTypeDescription[]): string[] {
	const named = types.filter((type) => type.name === node.type);
	if (named.length === 0) return [`there is no node type ${node.type}`];
	const type = named.find(({ version }) => [version].flat().includes(node.typeVersion));
	if (type === undefined) return [`${node.type} has no version ${node.typeVersion}`];
	const root = NodeHelpers.getNodeParameters(type.properties, node.parameters, true, false, node, type) ?? {};
	const place = { node, type, root };
	return [...undeclared(place, type.properties, node.parameters, root, ''), ...missing(place)];
}

function undeclared(place: Place, properties: readonly INodeProperties[], given: INodeParameters, siblings: INodeParameters, path: string): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const named = properties.filter((property) => property.name === name);
		const shown = named.filter((property) => NodeHelpers.displayParameter(siblings, property, place.node, place.type, place.root));
		if (named.length === 0) return [`there is no parameter ${path}${name}`];
		if (shown.length === 0) return [`the parameter ${path}${name} is not there with the other choices`];
		const findings = shown.map((property) => refused(place, property, value, `${path}${name}`));
		return findings.some((list) => list.length === 0) ? [] : (findings[0] ?? []);
	});
}

/** What one parameter does not take of its value. Expressions are worked out at run time and cannot be looked at here. */
function refused(place: Place, property: INodeProperties, value: unknown, path: string): string[] {
	if (typeof value === 'string' && value.startsWith('=')) return [];
	switch (property.type) {
		case 'options':
		case 'multiOptions':
			return unknownChoices(property, value, path);
		case 'collection':
			return isParameters(value) ? undeclared(place, (property.options ?? []) as INodeProperties[], value, value, `${path}.`) : [];
		case 'fixedCollection':
			return isParameters(value) ? undeclaredGroups(place, (property.options ?? []) as INodePropertyCollection[], value, path) : [];
		case 'resourceLocator':
			return isParameters(value) && !(property.modes ?? []).some(({ name }) => name === value.mode) ? [`${path} has no mode ${String(value.mode)}`] : [];
		case 'boolean':
		case 'number':
			return typeof value === property.type ? [] : [`${path} takes no ${typeof value}`];
		default:
			return [];
	}
}

function unknownChoices({ options, typeOptions }: INodeProperties, value: unknown, path: string): string[] {
	const choices = (options ?? []) as INodePropertyOptions[];
	// The service is asked for the choices when the editor opens.
	if (typeOptions?.loadOptionsMethod !== undefined || typeOptions?.loadOptions !== undefined) return [];
	return [value].flat().filter((chosen) => !choices.some((choice) => choice.value === chosen)).map((chosen) => `${path} has no choice ${String(chosen)}`);
}

function undeclaredGroups(place: Place, groups: readonly INodePropertyCollection[], given: INodeParameters, path: string): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const group = groups.find((candidate) => candidate.name === name);
		if (group === undefined) return [`there is no group ${path}.${name}`];
		return [value].flat().flatMap((entry) => {
			if (!isParameters(entry)) return [];
			const siblings = { ...defaultsOf(group.values), ...entry };
			return undeclared(place, group.values, entry, siblings, `${path}.${name}.`);
		});
	});
}

function missing({ node, type, root }: Place): string[] {
	return type.properties
		.filter((property) => property.required === true && (property.type === 'string' || property.type === 'json'))
		.filter((property) => NodeHelpers.displayParameter(root, property, node, type, root))
		.filter(({ name }) => root[name] === undefined || root[name] === '')
		.map(({ name }) => `the parameter ${name} needs a value`);
}

function defaultsOf(properties: readonly INodeProperties[]): INodeParameters {
	return Object.fromEntries(properties.map(({ name, default: value }) => [name, value])) as INodeParameters;
}

function isParameters(value: unknown): value is INodeParameters {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
