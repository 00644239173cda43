import { hideIn, hiding } from '../../nodes/secrets';

const SECRET = 'a-secret-of-some-length';

describe('what a service repeats', () => {
	it('is hidden wherever it stands, and as often as it stands there', () => {
		expect(hiding([SECRET])(`key ${SECRET}, "${SECRET}"`)).toBe('key •••, "•••"');
	});

	it('is hidden by its looks, too', () => {
		expect(hiding([], /\bshp[a-z]{2}_\w+/g)('token shpat_0123 and shpss_4567')).toBe('token ••• and •••');
	});

	it.each([[undefined], [null], [''], ['short'], [12]])('is left alone where the credential holds %j', (held) => {
		expect(hiding([held])('a short text, 12')).toBe('a short text, 12');
	});

	it('is hidden in an answer that was read as JSON, which else stays the same object', () => {
		const hide = hiding([SECRET]);
		const honest = { rma: { id: '1' } };
		expect(hideIn(honest, hide)).toBe(honest);
		expect(hideIn({ headers: [{ 'x-api-key': SECRET }] }, hide)).toEqual({ headers: [{ 'x-api-key': '•••' }] });
		expect(hideIn(undefined, hide)).toBeUndefined();
	});

	it('may be nothing', () => expect(hiding([SECRET])(null)).toBeNull());
});
