/** Every operation of the ReturnGO node: all seven behaviours, against the simulator. */
import type * as workflow from 'n8n-workflow';
import { playEveryOperation } from './play';
import { RETURN_GO, RETURN_GO_TABLE } from './rows/returnGo';
import { RETURN_GO_SCENES } from './scenes/returnGo';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

playEveryOperation(RETURN_GO, RETURN_GO_TABLE, RETURN_GO_SCENES);
