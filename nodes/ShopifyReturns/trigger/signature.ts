/** Whether a delivery comes from Shopify: the HMAC-SHA256 of its exact bytes, keyed with the app's secret. Only the body is signed, no header. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const DIGEST_BYTES = 32;

/** Takes the same time whatever is wrong with the signature. A blank secret never proves anything. */
export function isSignedByShopify(rawBody: Buffer, signature: unknown, secret: string): boolean {
	const given = typeof signature === 'string' ? Buffer.from(signature, 'base64') : Buffer.alloc(0);
	const expected = createHmac('sha256', secret).update(rawBody).digest();
	const comparable = given.length === DIGEST_BYTES ? given : Buffer.alloc(DIGEST_BYTES);
	const isSame = timingSafeEqual(comparable, expected);
	return isSame && given.length === DIGEST_BYTES && secret.trim() !== '';
}

/** The secret that Shopify signs with, as the credential holds it; empty when it holds none. */
export function signingSecretOf(credential: { authentication?: unknown; apiSecretKey?: unknown; clientSecret?: unknown }): string {
	const secret = credential.authentication === 'accessToken' ? credential.apiSecretKey : credential.clientSecret;
	return typeof secret === 'string' ? secret.trim() : '';
}
