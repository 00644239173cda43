import { NotAStore, parseStoreDomain } from '../../../nodes/ShopifyReturns/api/storeDomain';

describe('the store domain of a credential', () => {
	it.each([
		['example.myshopify.com', 'https://example.myshopify.com'],
		['  Example-Shop.MyShopify.com ', 'https://example-shop.myshopify.com'],
		['https://example.myshopify.com', 'https://example.myshopify.com'],
		['https://example.myshopify.com/', 'https://example.myshopify.com'],
		['https://example.myshopify.com/admin', 'https://example.myshopify.com'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://localhost:4010/', 'http://localhost:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
	])('reads %j', (typed, origin) => {
		expect(parseStoreDomain(typed).origin).toBe(origin);
	});

	it.each([
		'',
		'example.com',
		'example.myshopify.com.evil.example',
		'evil.example/example.myshopify.com',
		'https://evil.example#.myshopify.com',
		'https://user@example.myshopify.com',
		'a.b.myshopify.com',
		'.myshopify.com',
		'example.myshopify.com:8443',
		'http://example.myshopify.com',
		'http://10.0.0.5:4010',
		'http://127.0.0.1.evil.example',
		'http://user:secret@127.0.0.1:4010',
		'https://127.0.0.1:4010',
		'file:///etc/passwd',
		'javascript:alert(1)',
	])('never sends a token to %j', (typed) => {
		expect(() => parseStoreDomain(typed)).toThrow(NotAStore);
	});
});
