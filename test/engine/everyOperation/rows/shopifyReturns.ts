/** The operations of the Shopify Returns node. */
import { OPERATION_CALLS } from '../../../../nodes/ShopifyReturns/access';
import { findOperation, RESOURCES } from '../../../../nodes/ShopifyReturns/registry';
import { ShopifyReturns } from '../../../../nodes/ShopifyReturns/ShopifyReturns.node';
import type { Table } from '../behaviours';
import type { NodeUnderTest } from '../play';
import type { ListedCalls } from '../sent';
import { ORDERS } from './orders';
import { REFUNDS_AND_STOCK } from './refundsAndStock';
import { RETURNS } from './returns';
import { STORE_AND_CREDIT } from './storeAndCredit';

const LISTED: ListedCalls = {
	calls: OPERATION_CALLS,
	furtherPages: { OrderLines: 'OrderReturnContext', ReturnReverseOrders: 'ReturnById', ReturnsOfOrder: 'OrderReturnContext', ReverseOrderLines: 'ReturnById', SettlementLines: 'SettlementSnapshot', ...Object.fromEntries(['SettlementOrderLines', 'SettlementRefunds', 'SettlementRest', 'SettlementReturns', 'SettlementReverseLines', 'SettlementTransactions'].map((document) => [document, 'SettlementSnapshot'])), SettlementMoreCharges: 'SettlementCharges' },
	notPlayed: {},
};

export const SHOPIFY_RETURNS: NodeUnderTest = { node: ShopifyReturns, resources: RESOURCES, credentials: ['shopifyReturnsApi'], failuresOn: outputOfFailures, listed: LISTED, breaks: { good: { apiVersion: '2026-10' }, bad: { apiVersion: '2019-04' }, says: /Shopify does not know what was asked for/ } };

/** A write that failed is for people to look at; a read has one output. */
function outputOfFailures(operation: string): number {
	const [resource = '', name = ''] = operation.split('.');
	return findOperation(resource, name)?.isWrite === true ? 1 : 0;
}

export const SHOPIFY_RETURNS_TABLE: Table = { ...ORDERS, ...REFUNDS_AND_STOCK, ...RETURNS, ...STORE_AND_CREDIT };
