/** A report as one self-contained HTML page: the summary first, then charts, then every line with its links. */
import { casesOf, countSeverities, groupByOwner, SEVERITY_NAMES } from './figures';
import { html, NOTHING, type Html } from './html';
import { lineSections } from './lines';
import { chartSection } from './pictures';
import { KINDS, OWNERS, SEVERITIES, type Report } from './report';
import { STYLE } from './style';
import { verdictOf } from './verdict';
import { dayOf, groupedAmount, momentOf } from './wording';

/**
 * The whole page as text. It loads nothing, runs nothing and escapes every value it was given; of personal data it holds only what the
 * lines hold, which is names of orders and RMAs.
 * @throws RangeError when `timeZone` is none; InvalidMoney when a line carries no exact amount.
 */
export function reportPage(report: Report): string {
	const heading = report.heading ?? KINDS[report.kind].heading;
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">${
		html`<title>${heading}</title>`.text
	}<style>${STYLE}</style></head>
<body>${body(heading, report).text}</body></html>
`;
}

function body(heading: string, report: Report): Html {
	return html`<header><h1>${heading}</h1><p class="quiet">${headline(report)}</p><p>${KINDS[report.kind].purpose}</p></header>
<main><p class="verdict">${verdictOf(report)}</p>${tiles(report)}${notRead(report)}<div class="beside">${owners(report)}${totals(report)}</div>${wasRead(report)}
${chartSection(report)}
${lineSections(report)}</main>
<footer><p>Amounts are in the currency the customer paid in; a difference is Shopify’s amount less ReturnGO’s. Days are those of ${report.timeZone}. Ages are counted to the moment of this report. Sums by value add amounts without their signs, so that too much does not make up for too little.</p></footer>`;
}

function headline({ summary: { store, since, until }, madeAt, timeZone }: Report): string {
	const period = since === null && until === null ? null : `${since === null ? 'Until' : dayOf(since, timeZone)}${until === null ? ' until now' : `${since === null ? ' ' : ' to '}${dayOf(until, timeZone)}`}`;
	return [store, period, `made ${momentOf(madeAt, timeZone)}`].filter((part) => part !== null).join(' · ');
}

function tiles({ lines, summary: { agreeing } }: Report): Html {
	const counts = countSeverities(casesOf(lines));
	const tile = (colour: string, name: string, count: number) => html`<li data-colour="${colour}"><b>${groupedAmount(String(count))}</b>${name}</li>`;
	return html`<ul class="facts">${SEVERITY_NAMES.map((severity) => tile(severity, SEVERITIES[severity], counts[severity]))}${agreeing === null ? NOTHING : tile('agree', 'In agreement', agreeing)}</ul>`;
}

function notRead({ summary: { notRead: gaps } }: Report): Html {
	return gaps.length === 0 ? NOTHING : html`<div class="note"><strong>Not read</strong><ul>${gaps.map((gap) => html`<li>${gap}</li>`)}</ul></div>`;
}

function wasRead({ summary: { read } }: Report): Html {
	return read.length === 0 ? NOTHING : html`<p class="quiet">Read: ${read.map(({ name, count }) => `${groupedAmount(String(count))} ${name}`).join(', ')}.</p>`;
}

function owners({ lines }: Report): Html {
	const groups = groupByOwner(casesOf(lines));
	if (groups.length === 0) return NOTHING;
	const head = SEVERITY_NAMES.map((severity) => html`<th scope="col" class="number">${SEVERITIES[severity]}</th>`);
	const rows = groups.map(({ owner, counts }) => html`<tr><th scope="row"><a href="#${owner}">${OWNERS[owner]}</a></th>${SEVERITY_NAMES.map((severity) => html`<td class="number">${counts[severity] === 0 ? '–' : groupedAmount(String(counts[severity]))}</td>`)}</tr>`);
	return html`<table class="totals"><caption>Who has what</caption><thead><tr><th scope="col">Owner</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** Names of amounts down, currencies across: few currencies, many names. */
function totals({ summary: { totals: sums } }: Report): Html {
	if (sums.length === 0) return NOTHING;
	const names = [...new Set(sums.flatMap(({ amounts }) => amounts.map(({ name }) => name)))];
	const head = sums.map(({ currency }) => html`<th scope="col" class="number">${currency}</th>`);
	const rows = names.map((name) => {
		const cells = sums.map(({ amounts }) => amounts.find((known) => known.name === name)?.amount);
		return html`<tr><th scope="row">${name}</th>${cells.map((amount) => html`<td class="number">${amount === undefined ? '–' : groupedAmount(amount)}</td>`)}</tr>`;
	});
	return html`<table class="totals"><caption>Sums</caption><thead><tr><th scope="col">Amount</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}
