/** Every operation of the Shopify Returns node: all seven behaviours, against the simulators. */
import type * as workflow from 'n8n-workflow';
import { playEveryOperation } from './play';
import { SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE } from './rows/shopifyReturns';
import { SHOPIFY_RETURNS_SCENES } from './scenes/shopifyReturns';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

playEveryOperation(SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE, SHOPIFY_RETURNS_SCENES);
