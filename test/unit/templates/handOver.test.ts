/**
 * What a template hands over to a person is of the catalogue (code, title, owner), and *Report a workflow error* reads all of it: code, title, owner and
 * next step, by the very expression that it is shipped with.
 */
import { EXCEPTIONS, type ExceptionCode } from '../../../returns/exceptions';
import { readTemplates } from '../../../scripts/templates/template';

/** A code that a message spells out itself, at its beginning or at the beginning of a text in an expression. */
const SPELLED_OUT = /(?:^=|')([a-z][A-Za-z]+): ([^.]+)\.((?:(?!'[a-z][A-Za-z]+: ).)*)/gs;
/** The error workflow itself: whom it cannot tell, nobody reads with an expression. */
const LAST_RESORT = 'report-a-workflow-error';

const templates = readTemplates();
const messages = templates.flatMap(({ file, workflow }) =>
	workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stopAndError').map(({ name, parameters }) => ({ file, name, text: String(parameters.errorMessage) })),
);
const spelledOut = messages.flatMap(({ file, name, text }) => [...text.matchAll(SPELLED_OUT)].map(([, code = '', title = '', rest = '']) => ({ file, name, code, title, rest })));

it('there are messages to look at', () => {
	expect(spelledOut.length).toBeGreaterThan(5);
});

it.each(spelledOut)('$file: “$name” with $code', ({ code, title, rest }) => {
	expect(Object.keys(EXCEPTIONS)).toContain(code);
	const known = EXCEPTIONS[code as ExceptionCode];
	expect(title).toBe(known.title);
	expect(/Owner: (\w+)\. Next step: /.exec(rest)?.[1]).toBe(known.owner);
});

it.each(messages.filter(({ file }) => file !== LAST_RESORT))('the error workflow reads every case of $file: “$name”', ({ text }) => {
	const cases = said(text).split(' || ').flatMap((one) => one.split(' | '));
	expect(cases.filter((one) => !readByErrorWorkflow().test(one))).toEqual([]);
});

it('a message without its owner would be found', () => {
	expect(readByErrorWorkflow().test('writeBackFailed: ReturnGO was not told. The return is settled. Next step (customer service): add the comment.')).toBe(false);
});

/** The expression by which *Report a workflow error* takes a message apart. */
function readByErrorWorkflow(): RegExp {
	const source = templates.find(({ file }) => file === LAST_RESORT)?.workflow.nodes.find(({ name }) => name === 'What has happened?');
	const [, pattern, flags] = /one\.match\(\/(.+?)\/([a-z]*)\)/.exec(String(source?.parameters.jsonOutput)) ?? [];
	if (pattern === undefined) throw new Error('Report a workflow error does not take messages apart any more.');
	return new RegExp(pattern, flags);
}

/** What a message says when every expression in it finds what it asks for: one reason, one item, and words for everything else. */
function said(text: string): string {
	return text.replace(/^=/, '').replace(/\{\{(.*?)\}\}(?!\})/gs, (_all, expression: string) => String(new Function('$json', '$input', '$', '$now', `return (${expression});`)(anything(), anything(), () => anything(), anything())));
}

const WORDS: Record<string, string> = { code: 'someCode', title: 'Some title', message: 'Some words about it.', owner: 'finance', nextStep: 'Do something.', description: 'Do something' };

/** A list of one that is an object that is a function: whatever an expression does with it gives words in the end. */
function anything(): unknown {
	const one = (): unknown => anything();
	const methods: Record<string, unknown> = {
		map: (each: (item: unknown, index: number) => unknown) => listOf([each(one(), 0)]),
		flatMap: (each: (item: unknown, index: number) => unknown) => listOf([each(one(), 0)].flat()),
		some: () => true,
		every: () => true,
		includes: () => true,
		join: () => 'words',
		toString: () => 'words',
	};
	return new Proxy(one, {
		get: (_target, name) => {
			if (name === Symbol.iterator) return () => [one()][Symbol.iterator]();
			if (name === Symbol.toPrimitive) return () => 'words';
			if (name === Symbol.isConcatSpreadable) return false;
			return methods[String(name)] ?? WORDS[String(name)] ?? anything();
		},
	});
}

function listOf(items: unknown[]): unknown[] {
	return items;
}
