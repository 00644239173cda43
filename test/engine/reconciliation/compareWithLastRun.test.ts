/** Exception → Compare With Last Run and Remember in n8n's engine, with the workflow's static data as memory. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnsReconciliation } from '../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import type { Finding } from '../../../returns/finding';
import { line, summary } from '../../unit/report/invented';
import { runNode, type NodeRun } from '../harness';

async function run(operation: string, parameters: INodeParameters, more: Partial<NodeRun> = {}) {
	const { outputs, error, staticData } = await runNode({ node: ReturnsReconciliation, parameters: { resource: 'exception', operation, ...parameters }, credentials: {}, ...more });
	const [toTell = [], cleared = [], comparison = []] = outputs.map((items) => items.map(({ json }) => json));
	return { toTell, cleared, comparison: comparison[0] ?? {}, outputs, error, staticData };
}

async function compare(findings: readonly Finding[], parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) {
	return await run('compareWithLastRun', { findings: JSON.stringify(findings), summary: JSON.stringify(summary()), ...parameters }, more);
}

const stuck = line({ incident: 'stuck', code: 'returnMissing' });
const AT_ONCE = { memory: 'atOnce' };

it('tells everything at first, and nothing of the same when it runs again', async () => {
	const first = await compare([stuck], AT_ONCE);
	expect(first.error).toBeUndefined();
	expect(first.toTell).toMatchObject([{ incident: 'stuck', news: 'new', nextStep: stuck.nextStep }]);
	expect(first.comparison).toMatchObject({ isFirst: true, isNews: true, toTell: 1, cleared: 0, isComplete: true });
	const second = await compare([stuck], AT_ONCE, { staticData: first.staticData });
	expect([second.toTell, second.cleared]).toEqual([[], []]);
	expect(second.comparison).toMatchObject({ isFirst: false, isNews: false, unchanged: 1 });
});

it('says what is over, once', async () => {
	const first = await compare([stuck], AT_ONCE);
	const second = await compare([], AT_ONCE, { staticData: first.staticData });
	expect(second.cleared).toMatchObject([{ incident: 'stuck', title: stuck.title, rmaId: '4001' }]);
	expect((await compare([], AT_ONCE, { staticData: second.staticData })).cleared).toEqual([]);
});

it('forgets nothing and tells again when telling did not work: the memory is kept by Remember only', async () => {
	const first = await compare([stuck]);
	expect(JSON.stringify(first.staticData)).not.toContain('stuck');
	const again = await compare([stuck], {}, { staticData: first.staticData });
	expect(again.toTell).toHaveLength(1);
	const remembered = await run('remember', { foundMemory: JSON.stringify(again.comparison.memory) }, { staticData: again.staticData });
	expect(remembered.outputs[0]?.[0]?.json).toMatchObject({ remembered: 1 });
	expect((await compare([stuck], {}, { staticData: remembered.staticData })).toTell).toEqual([]);
});

it('works without the workflow’s memory where the last one is given', async () => {
	const first = await compare([stuck], { memory: 'given' });
	expect(first.toTell).toHaveLength(1);
	expect(first.staticData).toEqual({});
	const second = await compare([stuck], { memory: 'given', lastMemory: JSON.stringify(first.comparison.memory) });
	expect(second.toTell).toEqual([]);
	const third = await compare([stuck], { memory: 'given', lastMemory: '={{ $json.memory }}' }, { input: [{ memory: first.comparison.memory as IDataObject }] });
	expect(third.toTell).toEqual([]);
});

it('keeps comparisons of different names apart', async () => {
	const nightly = await compare([stuck], { ...AT_ONCE, memoryName: 'nightly' });
	const hourly = await compare([stuck], { ...AT_ONCE, memoryName: 'hourly' }, { staticData: nightly.staticData });
	expect(hourly.toTell).toHaveLength(1);
	expect((await compare([stuck], { ...AT_ONCE, memoryName: 'nightly' }, { staticData: hourly.staticData })).toTell).toEqual([]);
});

it('leaves out what is below the least severity, and what agrees', async () => {
	const lines = [stuck, line({ incident: 'info', code: 'refundPending' }), line({ incident: 'grave' }), line({ incident: 'same', code: null, class: 'matched' })];
	expect((await compare(lines)).toTell.map(({ incident }) => incident)).toEqual(['stuck', 'grave']);
	expect((await compare(lines, { leastSeverity: 'critical' })).toTell.map(({ incident }) => incident)).toEqual(['grave']);
	expect((await compare(lines, { leastSeverity: 'info' })).toTell.map(({ incident }) => incident)).toEqual(['stuck', 'info', 'grave']);
});

it('does not call over what it could not see', async () => {
	const first = await compare([stuck], AT_ONCE);
	const half = await compare([], { ...AT_ONCE, summary: JSON.stringify(summary({ notRead: ['12 RMAs.'] })) }, { staticData: first.staticData });
	expect(half.cleared).toEqual([]);
	expect(half.comparison).toMatchObject({ isComplete: false, unseen: 1, isNews: false });
	expect((await compare([], AT_ONCE, { staticData: half.staticData })).cleared).toHaveLength(1);
});

it('begins anew where the workflow’s memory is not its own any more', async () => {
	expect((await compare([stuck], AT_ONCE, { staticData: { global: { returnsExceptions: 'x' } } })).toTell).toHaveLength(1);
});

it.each([
	['a memory that is none', { memory: 'given', lastMemory: '{"version":2}' }, 'What is given as memory is not what an earlier comparison has put out'],
	['findings that are none', { findings: '[{}]' }, 'Finding 1, field “incident”: Required'],
	['a summary that is none', { summary: '{}' }, 'The summary, field “store”: Required'],
])('names %s', async (_name, parameters, message) => {
	expect((await compare([], parameters)).error?.message).toBe(message);
});

it('gives the failing item on the first output and goes on with the others, where the workflow continues on fail', async () => {
	const { outputs, error } = await run('compareWithLastRun', { findings: '={{ $json.found }}', summary: '={{ $json.summary }}' }, {
		input: [{ found: 'x', summary: { ...summary() } }, { found: [{ ...stuck }], summary: { ...summary() } }],
		continueOnFail: true,
	});
	expect(error).toBeUndefined();
	expect(outputs[0]?.map(({ json }) => json.incident ?? json.code)).toEqual(['invalidInput', 'stuck']);
	expect(outputs[2]).toHaveLength(1);
});
