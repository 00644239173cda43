/** Where a template itself spells out why it hands over to a person, the code is of the catalogue, and so are its title and its owner. */
import { EXCEPTIONS, type ExceptionCode } from '../../../returns/exceptions';
import { readTemplates } from '../../../scripts/templates/template';

/** A code that a message spells out itself, at its beginning or at the beginning of a text in an expression. */
const SPELLED_OUT = /(?:^=|')([a-z][A-Za-z]+): ([^.]+)\.((?:(?!'[a-z][A-Za-z]+: ).)*)/gs;

const messages = readTemplates().flatMap(({ file, workflow }) =>
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
	const owner = /Owner: (\w+)/.exec(rest)?.[1] ?? /Next step \(([\w ]+)\)/.exec(rest)?.[1]?.replace(/ (\w)/g, (_match, letter: string) => letter.toUpperCase());
	expect(owner).toBe(known.owner);
});
