/** Bulk operations: each app begins, sees and cancels its own. */

import { fieldsOf, type Resolvers } from '../context';
import { idOf } from '../gid';
import type { BulkOperation } from '../model';
import { searchBulkOperations } from '../search';
import { answering } from '../user-errors';

export const bulkResolvers: Resolvers = {
	BulkOperation: fieldsOf<BulkOperation>({
		type: () => 'QUERY',
		objectCount: ({ objectCount }) => String(objectCount),
		rootObjectCount: ({ rootObjectCount }) => String(rootObjectCount),
		fileSize: (operation, _args, { bulk }) => (bulk.urlOf(operation) === null && bulk.partialUrlOf(operation) === null ? null : String(operation.fileSize)),
		completedAt: ({ status, endedAt }) => (status === 'COMPLETED' || status === 'EXPIRED' || status === 'FAILED' ? endedAt : null),
		errorCode: ({ status, errorCode }) => (status === 'FAILED' ? errorCode : null),
		url: (operation, _args, { bulk }) => bulk.urlOf(operation),
		partialDataUrl: (operation, _args, { bulk }) => bulk.partialUrlOf(operation),
	}),
	QueryRoot: fieldsOf({
		bulkOperation: (_source, { id }, { app, bulk }) => {
			const wanted = idOf(String(id), 'BulkOperation');
			const operation = bulk.of(app).find((candidate) => candidate.id === wanted);
			return operation ? bulk.look(operation) : null;
		},
		bulkOperations: async (_source, { query, sortKey }, { app, bulk }) => {
			const looked = await Promise.all(bulk.of(app).map((operation) => bulk.look(operation)));
			const moment = ({ createdAt, endedAt }: BulkOperation) => (sortKey === 'COMPLETED_AT' ? (endedAt ?? '') : createdAt);
			return searchBulkOperations(looked, query as string | null | undefined).sort((a, b) => (moment(a) === moment(b) ? b.id - a.id : moment(a) < moment(b) ? 1 : -1));
		},
		currentBulkOperation: (_source, { type }, { app, bulk }) => {
			const latest = type === 'MUTATION' ? undefined : bulk.of(app).at(-1);
			return latest ? bulk.look(latest) : null;
		},
	}),
	Mutation: fieldsOf({
		bulkOperationRunQuery: (_source, { query, groupObjects }, { app, bulk, bulkEngine }) =>
			answering(() => ({ bulkOperation: bulk.begin(app, bulkEngine, String(query), groupObjects === true) })),
		bulkOperationCancel: (_source, { id }, { app, bulk }) => {
			const wanted = idOf(String(id), 'BulkOperation');
			return answering(
				() => ({ bulkOperation: bulk.cancel(app, wanted) as BulkOperation | null }),
				() => ({ bulkOperation: bulk.of(app).find((candidate) => candidate.id === wanted) ?? null }),
			);
		},
	}),
};
