/** The whole report in one sentence. */
import { casesOf, countSeverities } from './figures';
import type { Report } from './report';
import { counted, groupedAmount } from './wording';

/** What somebody who reads nothing else has to know. What was not read is never called sound. */
export function verdictOf({ lines, summary: { notRead } }: Report): string {
	const { critical, warning } = countSeverities(casesOf(lines));
	const caution = notRead.length > 0 ? ' Not everything was read.' : '';
	if (critical + warning === 0) return `Nothing needs anybody in what was read.${caution}`;
	return `${counted(critical + warning, 'case needs', 'cases need')} somebody${critical > 0 ? `; ${groupedAmount(String(critical))} of them ${critical === 1 ? 'is' : 'are'} critical` : ''}.${caution}`;
}
