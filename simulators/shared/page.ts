/** The plain page that shows a simulator's state to a person. */

import type { LoggedRequest } from './log';
import type { WebhookAttempt } from './webhooks';

export interface PageTable {
	title: string;
	/** One sentence under the title. */
	note?: string;
	columns: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}

export interface PageContent {
	title: string;
	subtitle: string;
	tables: readonly PageTable[];
	requests: readonly LoggedRequest[];
	webhooks: readonly WebhookAttempt[];
}

const STYLE = `body{font:14px/1.45 system-ui,sans-serif;margin:2rem;color:#1c2733;max-width:1200px}h1{margin:0}h2{margin:1.8rem 0 .4rem;font-size:1.05rem}
p{margin:.2rem 0;color:#55606e}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #dfe4ea;vertical-align:top}
th{background:#f4f6f8;font-weight:600;white-space:nowrap}td{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}`;

export function renderPage(content: PageContent): string {
	const tables: PageTable[] = [
		...content.tables,
		{
			title: 'Latest webhooks',
			columns: ['When', 'Topic', 'To', 'Attempt', 'Outcome', 'Status'],
			rows: content.webhooks.map(({ at, topic, url, attempt, outcome, status }) => [at, topic, withoutQuery(url), String(attempt), outcome, String(status ?? '')]),
		},
		{
			title: 'Latest requests',
			columns: ['#', 'When', 'By', 'Request', 'Operations', 'Status', 'Fault'],
			rows: content.requests.map((entry) => [
				String(entry.seq),
				entry.at,
				entry.actor ?? '',
				`${entry.method} ${entry.path}`,
				entry.operations.join(', '),
				entry.status === null ? 'connection dropped' : String(entry.status),
				entry.faultIds.join(', '),
			]),
		},
	];
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(content.title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(content.title)}</h1><p>${escapeHtml(content.subtitle)}</p>${tables.map(renderTable).join('\n')}</body></html>`;
}

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function renderTable({ title, note, columns, rows }: PageTable): string {
	const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
	const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('');
	return `<h2>${escapeHtml(title)}</h2>${note ? `<p>${escapeHtml(note)}</p>` : ''}${
		rows.length === 0 ? '<p>None.</p>' : `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
	}`;
}

/** A receiver's secret may be in the query of its address. */
function withoutQuery(url: string): string {
	return url.split('?')[0] ?? '';
}
