/** Exception → Remember: keeps what a comparison found, once everybody was told, so that the next run does not tell it again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { memoryName, parseMemory, remember } from './memory';

export const description: INodeProperties[] = [
	{
		displayName: 'Memory',
		name: 'foundMemory',
		type: 'json',
		default: '={{ $json.memory }}',
		required: true,
		description: 'The field “memory” of the output “Comparison” of Exception > Compare With Last Run',
	},
	memoryName,
];

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[][]> {
	const memory = parseMemory(this, itemIndex, this.getNodeParameter('foundMemory', itemIndex));
	remember(this, itemIndex, memory);
	return [[{ json: { remembered: memory.incidents.length, at: memory.at } }]];
}
