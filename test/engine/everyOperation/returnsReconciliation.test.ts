/** Every operation of the Returns Reconciliation node: all seven behaviours, between both simulators. */
import type * as workflow from 'n8n-workflow';
import { playEveryOperation } from './play';
import { RETURNS_RECONCILIATION, RETURNS_RECONCILIATION_TABLE } from './rows/returnsReconciliation';
import { RETURNS_RECONCILIATION_SCENES } from './scenes/returnsReconciliation';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

playEveryOperation(RETURNS_RECONCILIATION, RETURNS_RECONCILIATION_TABLE, RETURNS_RECONCILIATION_SCENES);
