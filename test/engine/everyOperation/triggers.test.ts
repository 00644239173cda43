/** Every trigger: all seven behaviours, against the simulators. */
import '../harness/environment';
import type * as workflow from 'n8n-workflow';
import { n8n } from '../../../package.json';
import { BEHAVIOURS, countCells, isNever } from './behaviours';
import { cellsOfTrigger, TRIGGER_TABLE, TriggerStage } from './rows/triggers';
import { Services } from './services';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));
jest.setTimeout(60_000);

let stage: TriggerStage;
beforeAll(async () => {
	stage = new TriggerStage(await Services.open());
}, 240_000);
beforeEach(async () => await stage.services.reset());
afterEach(async () => await stage.close());
afterAll(async () => await stage.services.close());

const { played, doNotApply } = countCells(Object.values(TRIGGER_TABLE).map(cellsOfTrigger));
it(`has a row for every trigger of the package: ${played} cells are played, ${doNotApply} do not apply`, () => {
	const triggers = n8n.nodes.flatMap((path) => /(\w+Trigger)\.node\.js$/.exec(path)?.[1] ?? []);
	expect(Object.keys(TRIGGER_TABLE).sort()).toEqual(triggers.sort());
	expect(played + doNotApply).toBe(BEHAVIOURS.length * triggers.length);
});

describe.each(Object.entries(TRIGGER_TABLE))('%s', (_name, row) => {
	for (const behaviour of BEHAVIOURS) {
		const cell = row[behaviour];
		if (isNever(cell)) continue;
		it(behaviour, async () => await cell(stage));
	}
});
