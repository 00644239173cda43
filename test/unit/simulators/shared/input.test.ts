import { HttpError } from '../../../../simulators/shared/http';
import { Input } from '../../../../simulators/shared/input';

function refusal(read: () => unknown): string {
	try {
		read();
	} catch (error) {
		if (error instanceof HttpError && error.status === 400) return (error.body as { message: string }).message;
	}
	throw new Error('It was not refused');
}

describe('reading control bodies', () => {
	it('gives what is there, in the type asked for', () => {
		const input = new Input({ name: 'x', id: 7, count: 3, on: false, parts: [{ sku: 'a' }], nothing: null });
		expect([input.string('name'), input.id('id'), input.optionalCount('count'), input.boolean('on'), input.optionalString('nothing'), input.optionalId('absent')]).toEqual(['x', '7', 3, false, undefined, undefined]);
		expect(input.list('parts').map((part) => part.string('sku'))).toEqual(['a']);
		expect(input.list('absent')).toEqual([]);
	});

	it.each<[string, unknown, (input: Input) => unknown]>([
		['body must be an object', [], (input) => input],
		['body.name is required', {}, (input) => input.string('name')],
		['body.name must be a string', { name: 1 }, (input) => input.string('name')],
		['body.count must be a whole number of at least 1', { count: 0 }, (input) => input.optionalCount('count', 1)],
		['body.count must be a number', { count: '1' }, (input) => input.number('count')],
		['body.kind must be one of a, b', { kind: 'c' }, (input) => input.oneOf('kind', ['a', 'b'])],
		['body.parts must be a list', { parts: {} }, (input) => input.list('parts')],
		['body.parts[1].sku is required', { parts: [{ sku: 'a' }, {}] }, (input) => input.list('parts').map((part) => part.string('sku'))],
		['body.part.on must be true or false', { part: { on: 'yes' } }, (input) => input.object('part').boolean('on')],
	])('says "%s"', (message, body, read) => {
		expect(refusal(() => read(new Input(body)))).toBe(message);
	});
});
