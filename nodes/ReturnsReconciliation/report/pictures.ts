/** Which charts a report shows, and what each is drawn from. */
import { formatMoney } from '../../../returns/money';
import type { Finding } from '../../../returns/finding';
import { drawBars, drawColumns, type Chart, type Series } from './charts';
import { countDays } from './days';
import { casesOf, countAges, countSeverities, countTitles, SEVERITY_NAMES, stakesOf, type Bar, type Stake } from './figures';
import { html, NOTHING, type Html } from './html';
import { CLASSES, KINDS, namesOf, SEVERITIES, type ChartName, type Report } from './report';
import { counted, groupedAmount } from './wording';

/** More bars than these are no picture any more; the least are left to the lines. */
const MOST_BARS = 10;

const DRAWN_BY: Readonly<Record<ChartName, (cases: readonly Finding[], report: Report) => Html[]>> = {
	byClass: (cases) => counts('By comparison', 'How many cases differ in which way.', byClass(cases)),
	byTitle: (cases) => counts('By kind', 'How many cases there are of each kind.', countTitles(cases)),
	byAge: (cases) => counts('By age', 'How long the cases have been open.', countAges(cases)),
	byValue: (cases) => values(cases),
	byDay: (cases, { timeZone }) => days(cases, timeZone),
};

/** All charts of the report's kind; those that would be empty are left out. */
export function chartSection(report: Report): Html {
	const cases = casesOf(report.lines);
	const charts = KINDS[report.kind].charts.flatMap((name) => DRAWN_BY[name](cases, report));
	return charts.length === 0 ? NOTHING : html`<section><h2>At a glance</h2><div class="charts">${charts}</div></section>`;
}

function byClass(cases: readonly Finding[]): Bar[] {
	return namesOf(CLASSES).flatMap((name) => {
		const own = cases.filter((line) => line.class === name);
		return own.length === 0 ? [] : [{ name: CLASSES[name], counts: countSeverities(own) }];
	});
}

function counts(title: string, meaning: string, bars: readonly Bar[]): Html[] {
	if (bars.every((bar) => totalOf(bar) === 0)) return [];
	const shown = bars.slice(0, MOST_BARS);
	const rest = bars.length - shown.length;
	return [
		drawBars({
			title,
			meaning: rest > 0 ? `${meaning} ${counted(rest, 'smaller kind')} not drawn.` : meaning,
			categories: shown.map(({ name }) => name),
			series: severitySeries(shown),
			labels: shown.map((bar) => groupedAmount(String(totalOf(bar)))),
		}),
	];
}

/** One chart per currency: amounts of different currencies have no common length. */
function values(cases: readonly Finding[]): Html[] {
	return [...stakesOf(cases)].map(([currency, stakes]) => {
		const shown = stakes.slice(0, MOST_BARS);
		const chart: Chart = {
			title: `By value, ${currency}`,
			meaning: 'The differences, or the amounts of which only one system knows.',
			categories: shown.map(({ title }) => title),
			series: SEVERITY_NAMES.flatMap((severity) => {
				const amounts = shown.map((stake: Stake) => (stake.severity === severity ? stake.amount.minor : 0));
				return amounts.some((minor) => minor > 0) ? [{ name: SEVERITIES[severity], colour: severity, values: amounts }] : [];
			}),
			labels: shown.map(({ amount }) => groupedAmount(formatMoney(amount))),
		};
		return drawBars(chart);
	});
}

function days(cases: readonly Finding[], timeZone: string): Html[] {
	const { unit, bars, undated } = countDays(cases, timeZone);
	if (bars.length < 2) return [];
	return [
		drawColumns({
			title: `By ${unit}`,
			meaning: `When the cases began${undated > 0 ? `; ${counted(undated, 'case')} without a date` : ''}.`,
			categories: bars.map(({ name }) => name),
			series: severitySeries(bars),
			labels: bars.map((bar) => (totalOf(bar) === 0 ? '' : String(totalOf(bar)))),
		}),
	];
}

function severitySeries(bars: readonly Bar[]): Series[] {
	return SEVERITY_NAMES.flatMap((severity) => {
		const own = bars.map((bar) => bar.counts[severity]);
		return own.some((count) => count > 0) ? [{ name: SEVERITIES[severity], colour: severity, values: own }] : [];
	});
}

function totalOf({ counts: { critical, warning, info } }: Bar): number {
	return critical + warning + info;
}
