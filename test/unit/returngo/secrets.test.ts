/** What an output may show of a web address: host and common words, and nothing that could let a stranger in. */
import fc from 'fast-check';
import { hideSecrets, isMasked, maskAddress, maskCode, maskSecrets } from '../../../nodes/ReturnGo/api/secrets';

const UUID = '0b6d8f3a-5f0e-4c1d-9a55-7c0e2f9f4a11';

const ADDRESSES = [
	// the path
	['https://hooks.example.com/services/T0/B0/abcDEF123ghiJKL456', 'https://hooks.example.com/services/•••/•••/•••'],
	[`https://n8n.example/webhook/${UUID}`, 'https://n8n.example/webhook/•••'],
	[`https://n8n.example/webhook-test/${UUID}/returns`, 'https://n8n.example/webhook-test/•••/returns'],
	['https://wms.example/api/v2/inbound/returns', 'https://wms.example/api/v2/inbound/returns'],
	['https://wms.example/returngo/rma-status-updated', 'https://wms.example/returngo/rma-status-updated'],
	['https://wms.example/returnsWebhook/index.php', 'https://wms.example/returnsWebhook/index.php'],
	['https://zap.example/hooks/catch/123456/qwzxkv/', 'https://zap.example/hooks/catch/•••/•••/'],
	['https://wms.example/hook/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmVk', 'https://wms.example/hook/•••'],
	['https://wms.example/hook/correct-horse-battery-staple', 'https://wms.example/hook/•••'],
	['https://wms.example/hook/hook-hook-hook-hook-hook', 'https://wms.example/hook/•••'],
	['https://wms.example/hook;key=abc123', 'https://wms.example/•••'],
	['https://wms.example/hook/%73ecret', 'https://wms.example/hook/•••'],
	['https://wms.example//hook//abc123', 'https://wms.example//hook//•••'],
	['https://wms.example/hook/v1x9', 'https://wms.example/hook/•••'],
	// the query
	['https://wms.example/hook?SECRET', 'https://wms.example/hook?•••'],
	['https://wms.example/hook?c2VjcmV0==', 'https://wms.example/hook?•••'],
	['https://wms.example/hook?=abc123', 'https://wms.example/hook?•••=•••'],
	['https://wms.example/hook?token=abc&x=1', 'https://wms.example/hook?token=•••&x=•••'],
	['https://wms.example/hook?token=a=b?c/d@e', 'https://wms.example/hook?token=•••'],
	['https://wms.example/hook?abc123&token=abc', 'https://wms.example/hook?•••&token=•••'],
	['https://wms.example/hook?9f8e7d6c5b=1', 'https://wms.example/hook?•••=•••'],
	['https://wms.example/hook?X-Access-Key=a', 'https://wms.example/hook?X-Access-Key=•••'],
	['https://wms.example?token=abc', 'https://wms.example?token=•••'],
	['https://wms.example/hook?', 'https://wms.example/hook?'],
	// the rest
	['https://user:pass@wms.example/hook', 'https://•••@wms.example/hook'],
	['https://us"er:p@ss@wms.example:8443/hook', 'https://•••@wms.example:8443/hook'],
	['https://token@wms.example', 'https://•••@wms.example'],
	['https://wms.example/hook#abc123', 'https://wms.example/hook#•••'],
	['https://wms.example/hook?token=abc def', 'https://wms.example/hook?token=•••'],
	['http://127.0.0.1:5678/webhook/abc123', 'http://127.0.0.1:5678/webhook/•••'],
	['http://localhost:5678/webhook', 'http://localhost:5678/webhook'],
	['http://[::1]:5678/webhook/abc123', 'http://[::1]:5678/webhook/•••'],
	// what is no address
	['https://user:p/ss@wms.example/hook', 'https://•••'],
	['hooks.example.com/services/abc123?token=abc', 'hooks.example.com/services/•••?token=•••'],
	['string', 'string'],
	['aVerySecretThing9', '•••'],
	['', ''],
] as const;

it.each(ADDRESSES)('%s is shown as %s', (address, shown) => {
	expect(maskAddress(address)).toBe(shown);
	// Shown once more, nothing is left to hide.
	expect(maskAddress(shown)).toBe(shown);
});

it.each(ADDRESSES.filter(([address]) => /^https?:\/\/\S+$/.test(address)))('in the middle of a text, %s shows nothing more', (address, shown) => {
	expect(maskSecrets(`Bad url "${address}", try another`)).toBe(`Bad url "${shown}", try another`);
});

it.each([
	['unknown order gid://shopify/Order/5100000001', 'unknown order gid://shopify/Order/5100000001'],
	['RMA 1000001 was validated 1/2 on 2026-01-31, e.g. by WMS.', 'RMA 1000001 was validated 1/2 on 2026-01-31, e.g. by WMS.'],
	['{"url":"https://wms.example/hook/abc123","eventName":"RMA_CREATED"}', '{"url":"https://wms.example/hook/•••"}'],
	['Post to hooks.example.com/services/T0/abcDEF123 was refused', 'Post to hooks.example.com/services/•••/••• was refused'],
	['…/hook?token=abc123', '…/hook?token=•••'],
])('of the text %j stays %j', (text, shown) => {
	expect(maskSecrets(text)).toBe(shown);
});

it('hides secrets wherever they are in an object, and what is named so', () => {
	expect(hideSecrets({ url: 'https://wms.example/hook?token=abc def', more: [{ fallback: { url: 'https://spare.example/hook/abc123' } }], secret: 'abc', api_key: 12, authorization: '', orderId: 'gid://shopify/Order/5', count: 3, none: null })).toEqual({
		url: 'https://wms.example/hook?token=•••',
		more: [{ fallback: { url: 'https://spare.example/hook/•••' } }],
		secret: '•••',
		api_key: '•••',
		authorization: '',
		orderId: 'gid://shopify/Order/5',
		count: 3,
		none: null,
	});
});

describe('a secret that a machine has made', () => {
	const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~';
	const made = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 10, maxLength: 60 }).filter((text) => /^[a-z0-9]/i.test(text));
	const secret = fc.oneof(made, fc.uuid(), fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 8, maxLength: 40 }), fc.base64String({ minLength: 12, maxLength: 48 }).map((text) => encodeURIComponent(text)));
	const places: Array<(secret: string) => string> = [
		(s) => `https://wms.example/${s}`,
		(s) => `https://wms.example/hook/${s}/returns`,
		(s) => `https://wms.example/services/T0/B0/${s}`,
		(s) => `https://wms.example/hook-${s}`,
		(s) => `https://wms.example/hook.${s}`,
		(s) => `https://wms.example/hook?${s}`,
		(s) => `https://wms.example/hook?${s}&x=1`,
		(s) => `https://wms.example/hook?token=${s}`,
		(s) => `https://wms.example/hook?x=1&token=${s}`,
		(s) => `https://${s}@wms.example/hook`,
		(s) => `https://user:${s}@wms.example/hook`,
		(s) => `https://wms.example/hook#${s}`,
		(s) => `wms.example/hook/${s}`,
	];

	it('shows nowhere, and the host stays', () => {
		fc.assert(
			fc.property(secret, fc.constantFrom(...places), (text, place) => {
				const address = place(text);
				for (const shown of [maskAddress(address), maskSecrets(`Bad address ${address} here`), JSON.stringify(hideSecrets({ url: address, answer: [{ text: `see ${address}` }] }))]) {
					expect(shown).not.toContain(text);
					expect(shown).toContain('wms.example');
					expect(isMasked(shown)).toBe(true);
				}
			}),
			{ numRuns: 3000, seed: 20260511 },
		);
	});
});

it.each([
	['a1b2c3d4', '•••c3d4'],
	['RG-2026-ABCDEF', '•••CDEF'],
	['abc123', '•••'],
	['', '•••'],
])('the code %j is shown as %j', (code, shown) => {
	expect(maskCode(code)).toBe(shown);
});
