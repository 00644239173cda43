/** Exception → Find Open: the returns that are stuck now, among those that are not finished. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { detect } from '../../../returns/detection';
import type { Finding } from '../../../returns/finding';
import type { LineContext } from '../../../returns/reconciliationLine';
import { daysField, inspectionField, knowledgeFields, readDetectionSettings } from '../detection/parameters';
import { leftOut, outputs, toOutputs } from '../detection/summary';
import type { Services } from '../operation';
import { callLimitField, readRmaLink, readWholeNumber, rmaLinkField } from '../parameters';
import { startOfProgress } from '../reading/cases';
import { readOpenCases } from '../reading/openCases';

export { outputs };

export const description: INodeProperties[] = [
	inspectionField,
	{ ...callLimitField, default: 300, description: 'How many calls to ReturnGO the search may make, of the 2,000 that ReturnGO allows a day: one for each open RMA, and a few for the lists. The oldest are looked at first; what is left over is named as not looked at.' },
	rmaLinkField,
	daysField,
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: knowledgeFields },
];

export async function execute(this: IExecuteFunctions, itemIndex: number, services: () => Promise<Services>): Promise<INodeExecutionData[][]> {
	const now = new Date();
	const callLimit = readWholeNumber(this, itemIndex, 'callLimit', 'ReturnGO Call Limit', 1, 300);
	const settings = readDetectionSettings(this, itemIndex);
	const rmaLink = readRmaLink(this, itemIndex);
	const sides = await services();
	const context: LineContext = { now, shopDomain: sides.shopify.shopDomain, rmaLink };
	const callsBefore = sides.returnGo.callsMade;
	const progress = startOfProgress();
	const findings: Finding[] = [];
	let agreeing = 0;
	for await (const found of readOpenCases(sides, callLimit, progress)) {
		const inCase = detect(found, settings, context);
		findings.push(...inCase);
		if (inCase.length === 0) agreeing += 1;
	}
	findings.sort((left, right) => (left.incident < right.incident ? -1 : 1));
	return toOutputs({ findings, agreeing, since: null, until: now.toISOString(), progress, callsBefore, notRead: leftOut(progress) }, sides);
}
