/** Report → List Rows: findings as rows with plain headings, for n8n's Convert to File. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findingsParameter, readFindings } from '../findings';
import { rowsOf } from './table';

export const description: INodeProperties[] = [findingsParameter];

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[][]> {
	return [rowsOf(readFindings(this, itemIndex)).map((json) => ({ json }))];
}
