import { readResponse, readTransportBreak, type LibraryResponse, type RawResponse, type SendSafety } from '../../../nodes/ShopifyReturns/api/exchange';

const raw = (status: number, more: Partial<RawResponse> = {}): RawResponse => ({ status, requestId: 'req-1', retryAfter: null, text: '', ...more });
const withErrors = (graphQLErrors: unknown, data?: unknown, extensions?: unknown): LibraryResponse => ({ data, extensions, errors: { networkStatusCode: 200, message: 'GraphQL', graphQLErrors } });
const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 40, restoreRate: 100 };

describe('a complete answer', () => {
	it('is handed out with its cost', () => {
		const extensions = { cost: { requestedQueryCost: 13, actualQueryCost: 7, throttleStatus } };
		expect(readResponse(raw(200), { data: { order: null }, extensions }, 'read')).toEqual({
			kind: 'answer',
			data: { order: null },
			cost: { requested: 13, actual: 7, bucket: { maximum: 2000, available: 40, restoreRate: 100 } },
		});
	});

	it.each([[undefined], [null], [[]], ['text']])('without data (%j) is no answer', (data) => {
		expect(readResponse(raw(200), { data }, 'once')).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous' } });
		expect(readResponse(raw(200), { data }, 'read')).toMatchObject({ kind: 'unknown', error: { kind: 'unavailable' } });
	});

	it('with parts missing is never handed out', () => {
		const denied = { message: 'Access denied for staffMember field.', extensions: { code: 'ACCESS_DENIED' }, path: ['order', 'staffMember'] };
		expect(readResponse(raw(200), withErrors([denied], { order: { id: '1', staffMember: null } }), 'read')).toMatchObject({ kind: 'final', error: { kind: 'accessDenied' } });
	});
});

describe('throttling', () => {
	const throttled = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];

	it.each<SendSafety>(['read', 'idempotent', 'once'])('in an HTTP 200 was not carried out (%s) and says how long to wait', (safety) => {
		const answer = readResponse(raw(200), withErrors(throttled, undefined, { cost: { requestedQueryCost: 240, actualQueryCost: null, throttleStatus } }), safety);
		expect(answer).toMatchObject({ kind: 'notExecuted', waitSeconds: 2, error: { kind: 'throttled' } });
	});

	it('by HTTP status names Shopify’s own waiting time', () => {
		expect(readResponse(raw(429, { retryAfter: '2.0' }), {}, 'once')).toMatchObject({ kind: 'notExecuted', waitSeconds: 2 });
		expect(readResponse(raw(429, { retryAfter: 'soon' }), {}, 'once')).toMatchObject({ kind: 'notExecuted', waitSeconds: null });
	});

	it('next to data is not proof that nothing was carried out', () => {
		expect(readResponse(raw(200), withErrors(throttled, { refundCreate: { refund: { id: '1' } } }), 'once')).toMatchObject({ kind: 'final', error: { kind: 'ambiguous' } });
	});
});

describe('a refused change', () => {
	const at = (path: Array<string | number>, code: string | undefined, message = 'No') => withErrors([{ message, path, extensions: code === undefined ? {} : { code } }], { refundCreate: null });

	it.each([
		[['refundCreate'], 'BAD_REQUEST', 'invalid'],
		[['refundCreate'], 'ACCESS_DENIED', 'accessDenied'],
		[['refundCreate'], 'RESOURCE_NOT_FOUND', 'notFound'],
		[[], 'INVALID_VARIABLE', 'invalid'],
		// Validation points into the document; nothing was carried out.
		[['mutation PostRefund', 'refundCreate', 'userErrors', 'code'], 'undefinedField', 'invalid'],
		[['mutation', 'refundCreate', 'userErrors', 'code'], 'undefinedField', 'invalid'],
	])('at %j with %s is %s and stays refused', (path, code, kind) => {
		expect(readResponse(raw(200), at(path, code), 'once')).toMatchObject({ kind: 'final', error: { kind } });
	});

	it('whose payload could not be built has been carried out for all anybody knows', () => {
		expect(readResponse(raw(200), at(['refundCreate', 'refund', 'staffMember'], 'ACCESS_DENIED'), 'once')).toMatchObject({ kind: 'final', error: { kind: 'ambiguous' } });
	});

	it('by an internal fault of Shopify may have been carried out', () => {
		expect(readResponse(raw(200), at([], 'INTERNAL_SERVER_ERROR'), 'once')).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous' } });
		expect(readResponse(raw(200), at([], 'INTERNAL_SERVER_ERROR'), 'read')).toMatchObject({ kind: 'unknown', error: { kind: 'unavailable' } });
	});

	it('names the scope that is missing, from either place Shopify puts it', () => {
		const extension = withErrors([{ message: 'Access denied for returnClose field.', path: ['returnClose'], extensions: { code: 'ACCESS_DENIED', requiredAccess: '`write_returns` access scope.' } }], { returnClose: null });
		expect(readResponse(raw(200), extension, 'once')).toMatchObject({ error: { kind: 'accessDenied', requiredAccess: '`write_returns` access scope.' } });
		const sentence = at(['returnClose'], 'ACCESS_DENIED', 'Access denied for returnClose field. Required access: `write_returns` access scope.');
		expect(readResponse(raw(200), sentence, 'once')).toMatchObject({ error: { requiredAccess: '`write_returns` access scope' } });
	});
});

describe('an HTTP status', () => {
	it.each([
		[301, 'notFound'],
		[400, 'invalid'],
		[401, 'unauthorised'],
		[402, 'unavailable'],
		[403, 'accessDenied'],
		[404, 'notFound'],
		[422, 'invalid'],
		[423, 'unavailable'],
	])('%d is final: %s', (status, kind) => {
		expect(readResponse(raw(status), { errors: {} }, 'once')).toMatchObject({ kind: 'final', error: { kind, httpStatus: status, requestId: 'req-1' } });
	});

	it.each([408, 500, 502, 503, 504])('%d leaves a change in doubt and a read without answer', (status) => {
		expect(readResponse(raw(status), { errors: {} }, 'once')).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous' } });
		expect(readResponse(raw(status), { errors: {} }, 'idempotent')).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous' } });
		expect(readResponse(raw(status), { errors: {} }, 'read')).toMatchObject({ kind: 'unknown', error: { kind: 'unavailable' } });
	});

	it('keeps Shopify’s sentence and drops its pages', () => {
		expect(readResponse(raw(403, { text: '{"errors":"[API] This action requires merchant approval for read_orders scope."}' }), {}, 'read')).toMatchObject({ error: { message: '[API] This action requires merchant approval for read_orders scope.' } });
		expect(readResponse(raw(403, { text: '<html>nothing to see</html>' }), {}, 'read')).toMatchObject({ error: { message: 'The store refused access' } });
	});
});

describe('a broken connection', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('%s never carried the request', (code) => {
		expect(readTransportBreak({ code, message: '', token: null }, 'once')).toMatchObject({ kind: 'notExecuted', error: { kind: 'notSent' } });
	});

	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'SOMETHING_NEW', null])('%s may have carried it', (code) => {
		expect(readTransportBreak({ code, message: '', token: null }, 'once')).toMatchObject({ kind: 'unknown', isCancelled: false, error: { kind: 'ambiguous' } });
		expect(readTransportBreak({ code, message: '', token: null }, 'read')).toMatchObject({ kind: 'unknown', error: { kind: 'unavailable' } });
	});

	it('that somebody asked for is not tried again', () => {
		expect(readTransportBreak({ code: 'ERR_CANCELED', message: '', token: null }, 'read')).toMatchObject({ isCancelled: true });
	});

	it('before there was a token was no request at all', () => {
		expect(readTransportBreak({ code: null, message: 'no', token: { isRefused: true } }, 'once')).toMatchObject({ kind: 'final', error: { kind: 'unauthorised' } });
		expect(readTransportBreak({ code: null, message: 'no', token: { isRefused: false } }, 'once')).toMatchObject({ kind: 'notExecuted', error: { kind: 'notSent' } });
	});
});
