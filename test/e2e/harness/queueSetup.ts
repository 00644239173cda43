/** The set-up of an end-to-end run in n8n's queue mode: a main process and two workers on Redis and PostgreSQL. */
import { startQueueServices } from '../../../scripts/host/queueServices';
import { startRun } from './globalSetup';

/** Two, so that the executions of one scenario land in different processes. */
const WORKERS = 2;

export default async function queueSetup(): Promise<void> {
	const services = await startQueueServices();
	try {
		await startRun({ services, workers: WORKERS });
	} catch (error) {
		await services.stop();
		throw error;
	}
}
