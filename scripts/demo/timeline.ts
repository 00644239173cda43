/** The demo's story as a table that grows line by line in the terminal. */
const COLUMNS = [
	{ title: 'Time', width: 6 },
	{ title: 'What happens', width: 40 },
	{ title: 'ReturnGO shows', width: 36 },
	{ title: 'Shopify shows', width: 44 },
	{ title: 'Calls by n8n', width: 22 },
];
const GAP = '  ';

export interface TimelineEntry {
	what: string;
	returnGo: string[];
	shopify: string[];
	calls: string;
}

export class Timeline {
	private readonly started = Date.now();

	constructor(private readonly write: (line: string) => void) {
		this.write('');
		this.row(COLUMNS.map(({ title }) => [title]));
		this.write(COLUMNS.map(({ width }) => '-'.repeat(width)).join(GAP));
	}

	add({ what, returnGo, shopify, calls }: TimelineEntry): void {
		const seconds = (Date.now() - this.started) / 1000;
		this.row([[`${seconds.toFixed(1)} s`], [what], returnGo, shopify, [calls]]);
		this.write('');
	}

	/** One entry over as many terminal lines as its tallest cell needs. */
	private row(cells: string[][]): void {
		const wrapped = cells.map((lines, column) => lines.flatMap((line) => wrap(line, COLUMNS[column]?.width ?? 20)));
		const height = Math.max(...wrapped.map((lines) => lines.length));
		for (let line = 0; line < height; line += 1) {
			this.write(wrapped.map((lines, column) => (lines[line] ?? '').padEnd(COLUMNS[column]?.width ?? 20)).join(GAP).trimEnd());
		}
	}
}

function wrap(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length <= width) {
			line = longer;
		} else {
			if (line !== '') lines.push(line);
			line = word;
		}
	}
	return [...lines, line];
}
