/** The charts of a report, drawn as SVG without a browser. Colours are those of the page, so that they follow light, dark and print. */
import { init } from '../../../vendor/charts';
import { Html, html, NOTHING } from './html';

export interface Series {
	name: string;
	/** Name of the page's colour, as its style sheet defines it. */
	colour: string;
	values: readonly number[];
}

export interface Chart {
	title: string;
	/** What the chart shows, as a sentence; read out instead of the picture together with the figures. */
	meaning: string;
	categories: readonly string[];
	series: readonly Series[];
	/** What stands at the end of each bar. */
	labels: readonly string[];
}

type Option = Parameters<ReturnType<typeof init>['setOption']>[0];

const WIDTH = 460;
const ROW_HEIGHT = 34;
const COLUMNS_HEIGHT = 190;
const FONT = { fontSize: 12.5, color: 'var(--ink)' };
const NAMES_WIDTH = 190;
const LABELS_WIDTH = 96;
/** Characters of a name that fit beside the bars, on each of two lines. */
const LINE_LENGTH = 24;

/** Bars from left to right, one below the other. */
export function drawBars(chart: Chart): Html {
	return figure(chart, WIDTH, chart.categories.length * ROW_HEIGHT + 8, {
		grid: { left: NAMES_WIDTH, right: LABELS_WIDTH, top: 4, bottom: 4, outerBoundsMode: 'none' },
		xAxis: { type: 'value', show: false },
		yAxis: {
			type: 'category',
			inverse: true,
			data: chart.categories.map(onTwoLines),
			axisLine: { lineStyle: { color: 'var(--rule)' } },
			axisTick: { show: false },
			axisLabel: { ...FONT, interval: 0 },
		},
		series: seriesOf(chart, 'right'),
	});
}

/** Columns along a time axis. */
export function drawColumns(chart: Chart): Html {
	return figure(chart, WIDTH, COLUMNS_HEIGHT, {
		grid: { left: 36, right: 8, top: 20, bottom: 26, outerBoundsMode: 'none' },
		xAxis: { type: 'category', data: [...chart.categories], axisLine: { lineStyle: { color: 'var(--rule)' } }, axisTick: { show: false }, axisLabel: { ...FONT, hideOverlap: true } },
		yAxis: { type: 'value', minInterval: 1, splitNumber: 4, axisLabel: FONT, splitLine: { lineStyle: { color: 'var(--rule)' } } },
		series: seriesOf(chart, 'top'),
	});
}

function seriesOf({ series, labels }: Chart, position: 'right' | 'top'): Option['series'] {
	const bars = series.map(({ name, colour, values }) => ({
		type: 'bar' as const,
		name,
		stack: 'all',
		silent: true,
		emphasis: { disabled: true },
		barMaxWidth: 18,
		itemStyle: { color: `var(--${colour})` },
		data: [...values],
	}));
	// A bar of no length on top of the stack carries the label of the whole.
	const label = {
		type: 'bar' as const,
		stack: 'all',
		silent: true,
		emphasis: { disabled: true },
		data: labels.map(() => 0),
		label: { ...FONT, show: true, position, formatter: ({ dataIndex }: { dataIndex: number }) => labels[dataIndex] ?? '' },
	};
	return [...bars, label];
}

function figure(chart: Chart, width: number, height: number, option: Option): Html {
	const legend = chart.series.length < 2 ? NOTHING : html`<p class="legend">${chart.series.map(({ name, colour }) => html`<span><i class="swatch" data-colour="${colour}"></i>${name}</span>`)}</p>`;
	return html`<figure class="chart"><figcaption><strong>${chart.title}</strong><span>${chart.meaning}</span></figcaption>${legend}<div role="img" aria-label="${figuresOf(chart)}">${svgOf(width, height, option)}</div></figure>`;
}

/** The chart in words, for people who hear the page. */
function figuresOf({ title, categories, labels }: Chart): string {
	const figures = categories.flatMap((category, index) => (labels[index] ? [`${category} ${labels[index]}`] : []));
	return `${title}: ${figures.join('; ')}.`;
}

function svgOf(width: number, height: number, option: Option): Html {
	const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
	try {
		// An animation would leave a timer behind that keeps the process alive.
		drawing.setOption({ ...option, animation: false });
		return new Html(withoutMarks(drawing.renderToSVGString()));
	} finally {
		drawing.dispose();
	}
}

/** What the library adds for scripts and pointers goes, and the picture takes the width that the page has. */
function withoutMarks(svg: string): string {
	return svg
		.replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
		.replace(/ (?:ecmeta_\w+|class|baseProfile|xmlns(?::\w+)?|version)="[^"]*"/g, '')
		.replace(/^<svg width="\d+" height="\d+"/, '<svg aria-hidden="true" focusable="false"');
}

function onTwoLines(name: string): string {
	const [first, ...others] = wrapped(name);
	return others.length === 0 ? (first ?? '') : `${first}\n${others.length > 1 ? `${others[0]}…` : others[0]}`;
}

/** Broken between words where possible, inside a word that is longer than a line. */
function wrapped(text: string): string[] {
	const lines: string[] = [];
	let rest = [...text.trim()];
	while (rest.length > LINE_LENGTH) {
		const gap = rest.lastIndexOf(' ', LINE_LENGTH);
		const end = gap > 0 ? gap : LINE_LENGTH;
		lines.push(rest.slice(0, end).join(''));
		rest = [...rest.slice(end).join('').trimStart()];
	}
	return [...lines, rest.join('')];
}
