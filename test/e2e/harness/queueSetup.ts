/** The set-up of an end-to-end run in n8n's queue mode: for each of jest's workers a main process and two workers of n8n, on Redis and PostgreSQL of their own. */
import { startInstances } from './globalSetup';

/** Two, so that the executions of one scenario land in different processes. */
const WORKERS_OF_N8N = 2;

export default async function queueSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
	await startInstances(maxWorkers, WORKERS_OF_N8N);
}
