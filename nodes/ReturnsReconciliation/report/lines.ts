/** The lines of a report: one section per owner, in it one table per kind of trouble, each line with its links. */
import type { Finding } from '../../../returns/finding';
import { casesOf, groupByOwner, type LineGroup, type OwnerGroup } from './figures';
import { html, NOTHING, webAddress, type Html } from './html';
import { CLASSES, OWNERS, SEVERITIES, type Report } from './report';
import { counted, dayOf, groupedAmount, shortId } from './wording';

/** Sections of all owners, then the lines in which nothing is wrong, where the report carries any. */
export function lineSections(report: Report): Html {
	const others = report.lines.filter(({ code }) => code === null);
	return html`${groupByOwner(casesOf(report.lines)).map((group) => ownerSection(group, report))}${others.length === 0 ? NOTHING : otherSection(others, report)}`;
}

function ownerSection({ owner, groups, counts }: OwnerGroup, report: Report): Html {
	const total = counts.critical + counts.warning + counts.info;
	return html`<section class="owner" id="${owner}"><h2>${OWNERS[owner]}: ${counted(total, 'case')}</h2>${groups.map((group) => groupTable(group, report))}</section>`;
}

function groupTable(group: LineGroup, report: Report): Html {
	const { severity, title, nextStep, lines } = group;
	return html`<h3><span class="badge" data-colour="${severity}">${SEVERITIES[severity]}</span>${title} (${lines.length})</h3>${nextStep ? html`<p class="next"><strong>Next step:</strong> ${nextStep}</p>` : NOTHING}${linesTable(lines, { ...report, caption: `${title}, ${SEVERITIES[severity]}`, eachNextStep: nextStep === null })}`;
}

function otherSection(lines: readonly Finding[], report: Report): Html {
	return html`<section class="owner"><h2>Nothing to do: ${counted(lines.length, 'case')}</h2>${linesTable(lines, { ...report, caption: 'Nothing to do', eachNextStep: false })}</section>`;
}

interface TableSettings extends Pick<Report, 'timeZone' | 'mostLines'> {
	/** Read out, not shown: the heading above says the same. */
	caption: string;
	eachNextStep: boolean;
}

interface Column {
	name: string;
	className?: string;
	cell: (line: Finding) => Html;
}

function linesTable(lines: readonly Finding[], settings: TableSettings): Html {
	const columns = columnsFor(lines, settings);
	const shown = lines.slice(0, settings.mostLines);
	const head = columns.map(({ name, className }) => html`<th scope="col" role="columnheader"${className ? html` class="${className}"` : NOTHING}>${name}</th>`);
	const rows = shown.map((line) => html`<tr role="row">${columns.map(({ name, className, cell }) => html`<td role="cell" data-label="${name}"${className ? html` class="${className}"` : NOTHING}>${cell(line)}</td>`)}</tr>\n`);
	const rest = lines.length - shown.length;
	return html`<table class="lines" role="table" aria-label="${settings.caption}"><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${rows}</tbody></table>${rest > 0 ? html`<p class="quiet">${counted(rest, 'more line')} of this kind ${rest === 1 ? 'is' : 'are'} not printed here.</p>` : NOTHING}`;
}

/** Columns that would be empty in every line are left out. */
function columnsFor(lines: readonly Finding[], { timeZone, eachNextStep }: TableSettings): Column[] {
	const some = (has: (line: Finding) => boolean) => lines.some(has);
	const columns: Array<Column | null> = [
		{ name: 'Order', className: 'name', cell: ({ orderName, orderUrl }) => linked(orderName, orderUrl) },
		{ name: 'RMA', className: 'name', cell: ({ rmaId, rmaUrl }) => linked(rmaId === null ? null : `RMA${rmaId}`, rmaUrl) },
		{ name: 'What', className: 'what', cell: (line) => html`${line.message}${references(line)}${eachNextStep ? html`<span class="references">Next step: ${line.nextStep}</span>` : NOTHING}` },
		some((line) => line.class !== null) ? { name: 'Comparison', className: 'name', cell: (line) => html`${line.class === null ? '' : CLASSES[line.class]}` } : null,
		some((line) => line.returnGoAmount !== null) ? { name: 'ReturnGO', className: 'number', cell: (line) => amount(line.returnGoAmount, line.currency) } : null,
		some((line) => line.shopifyAmount !== null) ? { name: 'Shopify', className: 'number', cell: (line) => amount(line.shopifyAmount, line.currency) } : null,
		some((line) => line.difference !== null) ? { name: 'Difference', className: 'number', cell: (line) => amount(signed(line.difference), line.currency) } : null,
		some((line) => line.at !== null) ? { name: 'Since', className: 'since', cell: (line) => since(line, timeZone) } : null,
	];
	return columns.filter((column) => column !== null);
}

function linked(name: string | null, address: string | null): Html {
	if (name === null) return NOTHING;
	const target = webAddress(address);
	return target === null ? html`<bdi>${name}</bdi>` : html`<a href="${target}" rel="noreferrer"><bdi>${name}</bdi></a>`;
}

function amount(decimal: string | null, currency: string | null): Html {
	return decimal === null ? NOTHING : html`${groupedAmount(decimal)} ${currency}`;
}

function signed(decimal: string | null): string | null {
	return decimal === null || decimal.startsWith('-') || /^0(\.0*)?$/.test(decimal) ? decimal : `+${decimal}`;
}

function since({ at, ageDays }: Finding, timeZone: string): Html {
	if (at === null) return NOTHING;
	return html`${dayOf(at, timeZone)}${ageDays === null ? NOTHING : html`<span class="references">${counted(ageDays, 'day')}</span>`}`;
}

/** What a person in finance looks the case up by. */
function references({ refundId, transactionIds, payoutId }: Finding): Html {
	const known = [
		...(refundId === null ? [] : [`refund ${shortId(refundId)}`]),
		...(transactionIds === '' ? [] : [`ReturnGO transaction ${transactionIds}`]),
		...(payoutId === null ? [] : [`payout ${shortId(payoutId)}`]),
	];
	return known.length === 0 ? NOTHING : html`<span class="references">${sentence(known.join(' · '))}</span>`;
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
