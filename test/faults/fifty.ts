/** Many processes settle the same return at the same moment. */
import { ACTIONS, availableOf, observe, type Case } from './actions';
import type { Answer, SettleJob } from './messages';
import { World } from './world';
import type { Worker, WorkerProgram } from './workers';

export interface CrowdResult {
	action: string;
	processes: number;
	/** Runs that say that they did it. */
	winners: number;
	/** What is wrong; empty when there was one effect and everybody knows. */
	findings: string[];
}

/** Processes that are started at the same time; more would only wait for the same two cores. */
const STARTED_TOGETHER = 6;

/** Every action in turn, each with a return of its own and the same processes. */
export async function runCrowd(processes: number, options: { seed: number; program: WorkerProgram; actions?: typeof ACTIONS }): Promise<CrowdResult[]> {
	const world = await World.open(options.seed);
	const crowd: Worker[] = [];
	try {
		while (crowd.length < processes) crowd.push(...(await Promise.all(Array.from({ length: Math.min(STARTED_TOGETHER, processes - crowd.length) }, async () => await options.program.start(1)))));
		const results: CrowdResult[] = [];
		for (const [index, action] of (options.actions ?? ACTIONS).entries()) {
			const app = await world.installApp(`crowd-${index}`);
			const made: Case = { ...(await action.prepare(world.shop, `CROWD-${index}`, 'room')), locationId: world.locationId };
			const before = await availableOf(world.shop, made.skus, made.locationId);
			const rma = await (crowd[0] as Worker).readRma({ kind: 'readRma', access: world.returnGoAccess, rmaId: made.rmaId });
			const job: SettleJob = { kind: 'settle', via: 'pipeline', access: { url: world.shopifyUrl, authentication: 'accessToken', accessToken: app.token, apiSecretKey: app.clientSecret }, resource: action.resource, operation: action.operation, parameters: action.parameters(made), rma, aheadMs: 0 };
			const answers = await Promise.all(crowd.map(async (worker) => await worker.settle(job)));
			const effects = await observe(world.shop, made);
			const expected = action.expected(made, 'room');
			const findings: string[] = [];
			const seen = { ...effects, stock: effects.stock.map((pieces, at) => pieces - (before[at] ?? 0)) };
			if (JSON.stringify(seen) !== JSON.stringify(expected)) findings.push(`${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
			const winners = answers.filter((answer) => answer.settled[0]?.outcome === 'done').length;
			if (winners < 1 || winners > (action.passes ?? 1)) findings.push(`${winners} runs say that they did it`);
			findings.push(...answers.filter(isSpeechless).map((answer) => `a run said ${JSON.stringify(answer)}`));
			results.push({ action: action.name, processes, winners, findings });
		}
		return results;
	} finally {
		await Promise.all(crowd.map(async (worker) => await worker.kill()));
		await world.close();
	}
}

/** The others know that it is done, or that somebody is at it. */
function isSpeechless({ settled, attention, error }: Answer): boolean {
	const codes = attention.flatMap((item) => (item.reasons as Array<{ code: string }>).map(({ code }) => code));
	return error !== null || settled.length + attention.length === 0 || codes.some((code) => code !== 'claimedElsewhere' && code !== 'awaitingInspection');
}
