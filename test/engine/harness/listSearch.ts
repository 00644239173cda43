/** Calls a node's list search (the *From List* mode of a resource locator) as the editor does. */
import './environment';
import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult } from 'n8n-workflow';
import { prepareNode, type NodeSetup } from './workflow';

export interface ListSearch extends NodeSetup {
	method: string;
	filter?: string;
	paginationToken?: string;
}

export async function searchList(search: ListSearch): Promise<INodeListSearchResult> {
	const prepared = prepareNode(search);
	const method = prepared.nodeType.methods?.listSearch?.[search.method];
	if (method === undefined) throw new Error(`The node has no list search "${search.method}"`);
	const additionalData = { ...prepared.additionalData, currentNodeParameters: prepared.node.parameters };
	const context = new LoadOptionsContext(prepared.workflow, prepared.node, additionalData, '');
	return await method.call(context, search.filter, search.paginationToken);
}
