/** Case → Get: what both systems say of one RMA and its order, side by side. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Case } from '../../../returns/case';
import { parseRmaId } from '../../ReturnGo/api/contract';
import { shownRma, shownTransaction } from '../../ReturnGo/api/shown';
import type { Services } from '../operation';
import { refuse } from '../outcome';
import { readCaseOfRma } from '../reading/case';

export const description: INodeProperties[] = [
	{
		displayName: 'RMA ID',
		name: 'rmaId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1000001',
		description: 'The number that ReturnGO shows after RMA; with or without these letters',
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, services: () => Promise<Services>): Promise<INodeExecutionData[][]> {
	const value: unknown = this.getNodeParameter('rmaId', itemIndex, '');
	const rmaId = parseRmaId(value);
	if (rmaId === null) throw refuse(this.getNode(), 'invalidInput', `“${String(value).slice(0, 40)}” is not an RMA ID`, itemIndex);
	const found = await readCaseOfRma(await services(), rmaId);
	return [[{ json: shown(found) as unknown as IDataObject }]];
}

/** Codes of store credit are money to whoever reads them. */
function shown(found: Case): Case {
	return { ...found, rmas: found.rmas.map((rma) => ({ ...rma, details: rma.details === null ? null : shownRma(rma.details) })), transactions: found.transactions.map(shownTransaction) };
}
