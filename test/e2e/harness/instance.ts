/** What the test files of one worker share, and how they find it: the set-up leaves its description in the environment. */
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

/** One for each of jest's workers. */
export function publishInstances(instances: readonly SharedInstance[]): void {
	process.env[VARIABLE] = JSON.stringify(instances);
}

/** This worker's own; jest numbers its workers from 1. */
export function sharedInstance(): SharedInstance {
	const description = process.env[VARIABLE];
	if (!description) throw new Error('There is no running n8n for these tests. Run them with "npm run test:e2e", whose set-up starts one.');
	const instances = JSON.parse(description) as SharedInstance[];
	const worker = Number(process.env.JEST_WORKER_ID ?? 1);
	const instance = instances[worker - 1];
	if (!instance) throw new Error(`The set-up has started ${instances.length} n8n, and this is worker ${worker}.`);
	return instance;
}
