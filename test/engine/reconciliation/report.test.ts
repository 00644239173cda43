/** Report → Build in n8n's engine: findings and summary in, one HTML file out; whatever is neither is refused in words. */
import { ReturnsReconciliation } from '../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import type { INodeParameters } from 'n8n-workflow';
import { badMonth, line, summary } from '../../unit/report/invented';
import { runNode, type NodeRun } from '../harness';

const DAY = new Date().toISOString().slice(0, 10);

async function build(parameters: INodeParameters, more: Partial<NodeRun> = {}) {
	return await runNode({ node: ReturnsReconciliation, parameters: { resource: 'report', operation: 'build', reportKind: 'reconciliation', ...parameters }, credentials: {}, ...more });
}

const asJson = (value: unknown) => JSON.stringify(value);

it('makes one file of all findings, and says in the item what is in it, without a credential', async () => {
	const lines = badMonth();
	const { outputs, error } = await build({ findings: asJson(lines), summary: asJson(summary({ agreeing: 1204, totals: [{ currency: 'EUR', amounts: [{ name: 'Refunds', amount: '1.00' }] }] })) });
	expect(error).toBeUndefined();
	const [item] = outputs[0] ?? [];
	const count = (severity: string) => lines.filter((known) => known.severity === severity).length;
	expect(item?.json).toMatchObject({
		fileName: `reconciliation-${DAY}.html`,
		kind: 'reconciliation',
		findings: 210,
		needsAttention: true,
		verdict: `${count('critical') + count('warning')} cases need somebody; ${count('critical')} of them are critical.`,
		cases: { critical: count('critical'), warning: count('warning'), info: count('info') },
		agreeing: 1204,
		totals: [{ currency: 'EUR', amounts: [{ name: 'Refunds', amount: '1.00' }] }],
	});
	expect(item?.binary?.data).toMatchObject({ mimeType: 'text/html', fileName: `reconciliation-${DAY}.html`, fileExtension: 'html' });
	const page = Buffer.from(item?.binary?.data?.data ?? '', 'base64').toString('utf8');
	expect(page).toMatch(/^<!doctype html>[\s\S]*<svg[\s\S]*<\/html>\n$/);
	expect(item?.pairedItem).toEqual({ item: 0 });
});

it('takes the summary from the item and the findings from an expression', async () => {
	const { outputs, error } = await build({ findings: '={{ $json.found }}' }, { input: [{ ...summary(), found: [line()] }] });
	expect(error).toBeUndefined();
	expect(outputs[0]?.[0]?.json).toMatchObject({ findings: 1, verdict: '1 case needs somebody; 1 of them is critical.' });
});

it('makes a report of nothing found, which says so', async () => {
	const { outputs } = await build({ findings: '[]', summary: asJson(summary()), reportKind: 'monthEnd' });
	expect(outputs[0]?.[0]?.json).toMatchObject({ fileName: `month-end-${DAY}.html`, heading: 'Month-end of returns', needsAttention: false, verdict: 'Nothing needs anybody in what was read.' });
});

it('does not call quiet what was not read', async () => {
	const { outputs } = await build({ findings: '[]', summary: asJson(summary({ notRead: ['The limit was reached.'] })) });
	expect(outputs[0]?.[0]?.json).toMatchObject({ needsAttention: true, verdict: 'Nothing needs anybody in what was read. Not everything was read.' });
});

it('follows its options', async () => {
	const { outputs } = await build({
		findings: asJson([line(), line({ incident: 'b' })]),
		summary: asJson(summary({ since: '2026-09-30T22:00:00Z' })),
		options: { fileName: 'october.html', heading: 'October', mostLines: 1, binaryPropertyName: 'report', timeZone: 'Europe/Berlin' },
	});
	const file = outputs[0]?.[0]?.binary?.report;
	const page = Buffer.from(file?.data ?? '', 'base64').toString('utf8');
	expect(file?.fileName).toBe('october.html');
	expect(page).toContain('<h1>October</h1>');
	expect(page).toContain('1 Oct 2026 to');
	expect(page).toContain('1 more line of this kind is not printed here.');
});

describe('what cannot be used', () => {
	it.each([
		['findings that are empty', { findings: '' }, 'The findings are no list'],
		['findings that are no list', { findings: '{}' }, 'The findings are no list'],
		['an item of another kind among the findings', { findings: asJson([line(), { outcome: 'done' }]) }, 'Finding 2, field “incident”: Required'],
		['an amount that is no decimal', { findings: asJson([line({ difference: '1e3' })]) }, 'Finding 1, field “difference”: is no decimal amount'],
		['an amount with more decimals than its currency', { findings: asJson([line({ difference: '0.001' })]) }, 'More decimals than the currency has: "0.001" EUR'],
		['an owner that nobody knows', { findings: asJson([{ ...line(), owner: 'toString' }]) }, 'Finding 1, field “owner”: is none of the known values'],
		['a time that is none', { findings: asJson([line({ at: 'yesterday' })]) }, 'Finding 1, field “at”: Invalid datetime'],
		['the wrong item as summary', { summary: asJson(line()) }, 'The summary, field “store”: Required'],
		['a summary that does not say what was not read', { summary: asJson({ ...summary(), notRead: undefined }) }, 'The summary, field “notRead”: Required'],
		['a time zone that is none', { options: { timeZone: 'Berlin' } }, '“Berlin” is no time zone'],
		['a kind that is none', { reportKind: '={{ "constructor" }}' }, '“Kind” is “constructor”, and can be audit, exceptions, monthEnd, reconciliation. Correct the setting that the parameter reads.'],
	])('is named: %s', async (_name, parameters, message) => {
		const { error } = await build({ findings: '[]', summary: asJson(summary()), ...parameters } as INodeParameters);
		expect(error?.message).toBe(message);
	});

	it('does not keep the other items from their reports', async () => {
		const { outputs, error } = await build({ findings: '={{ $json.found }}' }, { input: [{ ...summary(), found: 'x' }, { ...summary(), found: [] }], continueOnFail: true });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json.code ?? json.verdict)).toEqual(['invalidInput', 'Nothing needs anybody in what was read.']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('List Rows', () => {
	const rows = async (findings: string, more: Partial<NodeRun> = {}) =>
		await runNode({ node: ReturnsReconciliation, parameters: { resource: 'report', operation: 'listRows', findings }, credentials: {}, ...more });

	it('gives one row per finding with plain headings, the gravest of each owner first, and amounts that a spreadsheet adds up', async () => {
		const { outputs, error } = await rows(asJson([line({ incident: 'mild', code: 'refundPending' }), line({ incident: 'grave' })]));
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json.Severity)).toEqual(['Critical', 'Information']);
		expect(outputs[0]?.[0]?.json).toMatchObject({ Owner: 'Finance', Order: '#1001', RMA: 'RMA4001', Comparison: 'Values differ', Currency: 'EUR', ReturnGO: 41, Shopify: 40.86, Difference: -0.14, Refund: '9001', Code: 'valueMismatch' });
	});

	it('gives none for no findings', async () => {
		expect((await rows('[]')).outputs[0]).toEqual([]);
	});

	it.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\tx'])('lets no spreadsheet run what stands in a text: %s', async (text) => {
		const { outputs } = await rows(asJson([line({ message: text, orderName: text, title: text })]));
		expect(outputs[0]?.[0]?.json).toMatchObject({ What: `'${text}`, Order: `'${text}`, Kind: `'${text}` });
	});

	it('names what is no finding', async () => {
		expect((await rows(asJson([{ outcome: 'done' }]))).error?.message).toBe('Finding 1, field “incident”: Required');
	});
});
