/** What can go wrong, one row each, and at which steps it can go wrong at all. */
import { makeCheaper, takeOff, takeOffLine, type Action, type Bounds, type Case, type Effects } from './actions';
import { SECOND_HALF, type Asked, type Asking, type Step } from './steps';
import type { Shop } from '../support/shop';
import type { Ending, Refusal, Trigger } from './wire';

/** Where in a settlement the fault strikes. `act` counts the acts of settlements that send two, and the halves of a claim; at verify, it is the act that is looked for. */
export interface Place {
	step: Step;
	act: number;
}

/** What a fault may use while it happens. */
export interface Scene {
	shop: Shop;
	made: Case;
	action: Action;
	/** Lets somebody else run the same settlement to its end; with a clock that is ahead, the first run's claim has run out for them. */
	rival(aheadMs: number): Promise<void>;
	/** The settling process has stood still for longer than its claim lasts. */
	stall(): void;
	/** Ends the process that settles. */
	kill(): Promise<void>;
	access: AccessControl;
}

/** What the shop's owner can do to the app that settles. */
export interface AccessControl {
	expireTokens(): void;
	uninstall(): Promise<void>;
	takeScopes(): Promise<void>;
	restore(): Promise<void>;
}

export interface Fault {
	name: string;
	group: string;
	/** What is planned at the wire. */
	plan(place: Place, scene: Scene): { triggers: Trigger[]; refusal?: Refusal };
	/** The steps that this fault can strike; a reason for the others. */
	reach: 'requests' | 'moments';
	/** Actions that it means something for; every one without it. */
	onlyFor?: (action: Action) => boolean;
	/** Where the settlement runs: the engine, unless the fault needs a process of its own. */
	process?: 'own';
	authentication?: 'clientCredentials';
	/** Which of the action's competitors by hand it is. */
	byHand?: number;
	/** What Shopify would allow; there is room for a second time unless the fault needs exact bounds. */
	bounds?: Bounds;
	/** The only steps where it means something, and why it does not elsewhere. */
	onlyAt?: { steps: readonly Step[]; because: string };
	/** What it does shows on the order, so that the guard under the claim can see it in the claim's answer. */
	leavesEvidence?: true;
	/** Whether what it leaves speaks against the act, so that a claim that sees it must not be followed by the act. */
	speaksAgainst?: (action: Action) => boolean;
	/** What it must come to, where that is not what the settlement does by itself. */
	expects?: (place: Place, action: Action, usual: Effects) => Expected;
	/** Options of the settlement that it needs. */
	options?: Readonly<Record<string, string>>;
	/** Actions and steps that nothing could save, each with its reason. */
	hopeless?: (action: Action, place: Place) => string | null;
}

export interface Expected {
	effects: Effects;
	/** A person has to deal with the rest, so the proper end is a named exception. */
	endsInException?: boolean;
}

const SECOND = 1_000;
/** Past the lease of a claim (120 s) and past any retryAt. */
export const PAST_LEASE_MS = 200 * SECOND;

const THROTTLED = JSON.stringify({
	errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/concepts/about-apis/rate-limits' } }],
	extensions: { cost: { requestedQueryCost: 300, actualQueryCost: null, throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 100, restoreRate: 100 } } },
});
const BROKEN_JSON = '{"data": {"interrupted": tr';
const GATEWAY_PAGE = '<html><body><h1>Bad Gateway</h1></body></html>';

const status = (code: number, headers?: Record<string, string>): Ending => ({ kind: 'answerBefore', status: code, body: code === 429 ? '{"errors":"Too Many Requests"}' : GATEWAY_PAGE, headers });

/** Faults of the network and of Shopify's answers: they need a request to strike. */
function onTheWire(group: string, name: string, times: Trigger['times'], ending: Ending): Fault {
	return {
		name,
		group,
		reach: 'requests',
		plan: (place) => ({ triggers: [...lostAnswerBefore(place), { step: asking(place.step), act: actOf(place), when: 'before', times, ending }] }),
	};
}

function refused(name: string, times: Refusal['times']): Fault {
	return {
		name,
		group: 'refused connection',
		reach: 'requests',
		plan: (place, { action }) => ({ triggers: lostAnswerBefore(place), refusal: { after: requestBefore(place, action), times } }),
	};
}

/** The last request that gets through before the one that is refused. */
function requestBefore({ step, act }: Place, action: Action): Refusal['after'] {
	switch (step) {
		case 'snapshot':
			return null;
		case 'act':
			return act > 1 ? { step: 'act', act: act - 1 } : lastClaimOf(action);
		case 'verify':
			return { step: 'act', act };
		case 'record':
			return { step: 'act', act: action.acts };
		case 'claim':
			return act === SECOND_HALF ? { step: 'claim', act: 0 } : { step: 'snapshot', act: 0 };
		default:
			return { step: 'snapshot', act: 0 };
	}
}

function lastClaimOf({ claimHalves }: Action): Asked {
	return { step: 'claim', act: claimHalves === 2 ? SECOND_HALF : 0 };
}

/** Things that others do meanwhile: they can happen at any moment, also while nothing is asked. */
function meanwhile(group: string, name: string, event: (scene: Scene) => Promise<void>, more: Partial<Fault> = {}): Fault {
	const moment = more.leavesEvidence === true ? momentOfEvidence : momentOf;
	return {
		name,
		group,
		reach: 'moments',
		plan: (place, scene) => ({ triggers: [...lostAnswerBefore(place), { ...moment(place), times: 'once', event: async () => await event(scene) }] }),
		...more,
	};
}

/** An edit of the order shows on it. */
function edited(name: string, event: (scene: Scene) => Promise<void>, more: Partial<Fault>): Fault {
	return meanwhile('order edited', name, event, { leavesEvidence: true, ...more });
}

/** Whether the settlement has heard what the order is worth when the moment comes: what is edited after that changes nothing of an act under way. */
function isValued({ step }: Place): boolean {
	return step === 'claim' || step === 'act' || step === 'verify' || step === 'record';
}

/** Whether the units that were never sent have been paid for when the moment comes: always the last act, after the first one was recorded. */
function isCancelled({ step, act }: Place, { acts, passes }: Action): boolean {
	return (step === 'verify' && act === acts) || (step === 'record' && passes === undefined);
}

function killed(name: string, when: Trigger['when']): Fault {
	return {
		name,
		group: 'process killed',
		reach: 'moments',
		process: 'own',
		plan: (place, scene) => {
			const moment = momentOf(place);
			const isAfter = when === 'after' || moment.when === 'after';
			return { triggers: [...lostAnswerBefore(place), { ...moment, when: isAfter ? 'after' : 'before', times: 'once', event: scene.kill, ending: isAfter ? { kind: 'dropAfter' } : { kind: 'dropBefore' } }] };
		},
	};
}

export const FAULTS: Fault[] = [
	refused('once', 'once'),
	refused('all run long', 'always'),
	onTheWire('time-out before', 'once', 'once', { kind: 'hang' }),
	onTheWire('connection dropped before', 'all run long', 'always', { kind: 'dropBefore' }),
	onTheWire('commit, then lost answer', 'once', 'once', { kind: 'dropAfter' }),
	onTheWire('commit, then lost answer', 'all run long', 'always', { kind: 'dropAfter' }),
	onTheWire('commit, then 502', 'once', 'once', { kind: 'answerAfter', status: 502, body: GATEWAY_PAGE }),
	onTheWire('429', 'once', 'once', status(429, { 'retry-after': '2' })),
	onTheWire('429', 'all run long', 'always', status(429)),
	onTheWire('THROTTLED', 'once', 'once', { kind: 'answerBefore', status: 200, body: THROTTLED }),
	onTheWire('THROTTLED', 'all run long', 'always', { kind: 'answerBefore', status: 200, body: THROTTLED }),
	onTheWire('500', 'once', 'once', status(500)),
	onTheWire('502', 'once', 'once', status(502)),
	onTheWire('503', 'all run long', 'always', status(503)),
	onTheWire('malformed body', 'before the commit', 'always', { kind: 'answerBefore', status: 200, body: BROKEN_JSON }),
	onTheWire('malformed body', 'after the commit', 'once', { kind: 'answerAfter', status: 200, body: BROKEN_JSON }),
	meanwhile('token expired', 'and renewed', async ({ access }) => access.expireTokens(), { authentication: 'clientCredentials' }),
	meanwhile('token expired', 'and no new one to be had', async ({ access }) => await access.uninstall(), { authentication: 'clientCredentials' }),
	meanwhile('access revoked', 'app uninstalled', async ({ access }) => await access.uninstall()),
	meanwhile('access revoked', 'scopes taken away', async ({ access }) => await access.takeScopes()),
	edited('a line is added', async ({ shop, made }) => void (await shop.shopify.post('/__sim/admin/edit-order', { orderId: made.orderId, add: [{ title: 'Umbrella', unitPrice: '10.00' }] })), {}),
	edited('the returned line loses pieces that were never sent', async ({ shop, made, action }) => await takeOff(shop, made, action.spare(made)), { bounds: 'unsent' }),
	edited('the line of the units is taken off', async ({ shop, made, action }) => await takeOffLine(shop, made, action.unsent?.line ?? 0), {
		onlyFor: ({ unsent }) => unsent !== undefined,
		// Where they are paid for in a second pass, the first claim is not about them.
		speaksAgainst: ({ passes }) => passes === undefined,
		expects: (place, action, usual) => (action.unsent === undefined || isCancelled(place, action) ? { effects: usual } : { effects: action.unsent.without, endsInException: true }),
	}),
	edited('the returned line gets cheaper', async ({ shop, made }) => await makeCheaper(shop, made), {
		onlyFor: ({ cheaper }) => cheaper !== undefined,
		// ReturnGO still has the old price, which would stop every one of them.
		options: { otherReturnGoAmount: 'ignore' },
		speaksAgainst: () => true,
		expects: (place, { cheaper }, usual) => {
			const come = isValued(place) ? undefined : cheaper?.('room');
			if (come === 'exception') return { effects: { payments: [], decisions: [], stock: usual.stock.map(() => 0) }, endsInException: true };
			return { effects: { ...usual, ...come } };
		},
	}),
	byHand(0),
	byHand(1),
	byHand(2),
	meanwhile('competing worker', 'settles in between', async (scene) => await scene.rival(0)),
	{
		name: 'takes over from one that stood still past its lease',
		group: 'competing worker',
		reach: 'moments',
		plan: (place, { stall, rival, action }) => {
			const event = async () => {
				stall();
				await rival(PAST_LEASE_MS);
			};
			return { triggers: [...lostAnswerBefore(place), { ...beforeSending(place, action), times: 'once', event }] };
		},
	},
	lateArrival('and Shopify would allow it once', 'exact', ({ name }) => (name.startsWith('credit to the account') ? 'Shopify has neither a key nor a bound for this payment: a request that outlives the lease pays a second time, which is why no request may live that long' : null)),
	lateArrival('and Shopify would allow it twice', 'room', ({ keyedActs }, { step, act }) => (step === 'act' && keyedActs?.includes(act) !== true ? 'Shopify has no key for this act: only its own bounds stop a request that outlives the lease, which is why no request may live that long' : null)),
	killed('before Shopify sees the request', 'before'),
	killed('after Shopify carried it out', 'after'),
];

/** The request is under way for longer than the claim lasts, so that somebody else takes over; then it arrives after all. */
function lateArrival(name: string, bounds: Bounds, hopeless: Fault['hopeless']): Fault {
	return {
		name: `takes over, and the old request arrives after all, ${name}`,
		group: 'competing worker',
		reach: 'moments',
		bounds,
		hopeless,
		onlyAt: { steps: ['claim', 'act', 'record'], because: 'a request that changes nothing can arrive as late as it likes' },
		plan: (place, { stall, rival }) => {
			const event = async () => {
				stall();
				await rival(PAST_LEASE_MS);
			};
			return { triggers: [{ step: asking(place.step), act: actOf(place), when: 'before', times: 'once', event }] };
		},
	};
}

/** A person does the same in the admin. The admin refuses what is not there any more, as it would in earnest. */
function byHand(index: number): Fault {
	return meanwhile(
		'person in the admin',
		`by hand ${index + 1}`,
		async ({ shop, made, action }) => {
			await action.byHand[index]?.act(shop, made).catch((refused: unknown) => {
				if (!String(refused).includes('with 422')) throw refused;
			});
		},
		{ onlyFor: (action) => action.byHand.length > index, bounds: 'exact', byHand: index, leavesEvidence: true, speaksAgainst: (action) => action.byHand[index]?.besides === undefined },
	);
}

/** Why a fault cannot strike a step of an action; null where it can. */
export function whyNot(fault: Fault, action: Action, place: Place): string | null {
	const { step } = place;
	if (fault.onlyFor?.(action) === false) return 'the action has no such competitor, and no such line or price to be edited';
	if (isTooLate(fault, action, step)) return 'nothing in Shopify ties this payment to the other: whoever pays while it is under way, or after it, pays twice, and no program could prevent it';
	if (fault.onlyAt !== undefined && !fault.onlyAt.steps.includes(step)) return fault.onlyAt.because;
	const hopeless = fault.hopeless?.(action, place) ?? null;
	if (hopeless !== null) return hopeless;
	if (step === 'guard') return whyNoGuard(fault);
	if (step !== 'plan') return null;
	if (fault.reach === 'requests') return 'planning asks nobody, so no request can go wrong';
	return fault.name === 'after Shopify carried it out' ? 'planning carries nothing out; the moment is tested by the other kill' : null;
}

/** The guard judges what the snapshot shows, at once, and then what the claim's answer shows. Its own moment lies between the two. */
function whyNoGuard({ reach, leavesEvidence }: Fault): string | null {
	if (reach === 'requests') return 'the guard asks nobody itself: its facts come with the snapshot and with the answer to the claim, whose faults are tested there';
	return leavesEvidence === true ? null : 'the guard looks for evidence, and this leaves none that it could find: its moments are tested at plan and at claim';
}

function isTooLate({ byHand: index }: Fault, action: Action, step: Step): boolean {
	const hand = index === undefined ? undefined : action.byHand[index];
	return hand?.isUnboundedFrom === 'act' && ['claim', 'act', 'verify', 'record'].includes(step);
}

/** Reading back happens only where an act's answer was lost, every time it was asked for. */
function lostAnswerBefore({ step, act }: Place): Trigger[] {
	return step === 'verify' ? [{ step: 'act', act, when: 'after', times: 'always', ending: { kind: 'dropAfter' } }] : [];
}

function actOf(place: Place): number | undefined {
	if (place.step === 'claim') return place.act === SECOND_HALF ? SECOND_HALF : 0;
	return place.step === 'act' || place.step === 'verify' ? place.act : undefined;
}

function asking(step: Step): Asking {
	return step === 'plan' || step === 'guard' ? 'claim' : step;
}

/** A process can stand still before it sends a request, not while one is under way: that one dies of its time-out long before the lease ends. */
function beforeSending(place: Place, action: Action): Pick<Trigger, 'step' | 'act' | 'when'> {
	if (place.step !== 'act') return momentOf(place);
	return place.act > 1 ? { step: 'act', act: place.act - 1, when: 'after' } : { ...lastClaimOf(action), when: 'after' };
}

/**
 * Evidence has moments of its own around the claim. What appears between the snapshot and the claim is in the claim's answer, and for the guard to
 * find; what appears when Shopify has answered the claim is for nobody but Shopify's own bounds.
 */
function momentOfEvidence(place: Place): Pick<Trigger, 'step' | 'act' | 'when'> {
	if (place.step === 'guard') return { step: 'claim', act: 0, when: 'before' };
	return place.step === 'claim' ? { step: 'claim', act: actOf(place), when: 'after' } : momentOf(place);
}

/** The moment of planning is when the snapshot has been taken and not been told yet. */
function momentOf(place: Place): Pick<Trigger, 'step' | 'act' | 'when'> {
	if (place.step === 'plan' || place.step === 'guard') return { step: 'snapshot', when: 'after' };
	return { step: asking(place.step), act: actOf(place), when: 'before' };
}
