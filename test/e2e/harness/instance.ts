/** What the test files of one end-to-end run share, and how they find it: the set-up leaves its description in the environment. */
import type { CredentialReference } from '../../../scripts/host/n8n';

const VARIABLE = 'RETURNGO_SHOPIFY_E2E';

export interface SharedInstance {
	userFolder: string;
	port: number;
	shopifyUrl: string;
	returnGoUrl: string;
	/** What this n8n was started with besides the usual environment. */
	env: NodeJS.ProcessEnv;
	/** Workers of queue mode; 0 in the usual mode. */
	workers: number;
	/** By credential type. */
	credentials: Record<string, CredentialReference>;
}

export function publishInstance(instance: SharedInstance): void {
	process.env[VARIABLE] = JSON.stringify(instance);
}

export function sharedInstance(): SharedInstance {
	const description = process.env[VARIABLE];
	if (!description) throw new Error('There is no running n8n for these tests. Run them with "npm run test:e2e", whose set-up starts one.');
	return JSON.parse(description) as SharedInstance;
}
