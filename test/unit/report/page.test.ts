/** The report as a page: what a person reads, that nothing of it can run, and that its figures are those of the lines. */
import { reportPage } from '../../../nodes/ReturnsReconciliation/report/page';
import { KINDS, namesOf } from '../../../nodes/ReturnsReconciliation/report/report';
import { EXCEPTIONS } from '../../../returns/exceptions';
import type { Finding } from '../../../returns/finding';
import { badMonth, line, report } from './invented';

/** What stands on the page as text, without markup, in one line. */
function textOf(page: string): string {
	return page
		.replace(/<style>[\s\S]*?<\/style>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ');
}

/** Every start tag of the page with its attributes. */
function tagsOf(page: string): string[] {
	return page.match(/<[a-z][^>]*>/gi) ?? [];
}

describe('the summary', () => {
	it('says first how many cases need somebody, and how many of them are critical', () => {
		const page = textOf(reportPage(report({ lines: [line(), line({ incident: 'b', code: 'returnMissing' }), line({ incident: 'c', code: 'refundPending' })], summary: { agreeing: 1204 } })));
		expect(page).toContain('2 cases need somebody; 1 of them is critical.');
		expect(page).toContain('1 Critical 1 Warning 1 Information 1,204 In agreement');
	});

	it('says so when nothing needs anybody, and does not call the unread part sound', () => {
		expect(textOf(reportPage(report({ lines: [] })))).toContain('Nothing needs anybody in what was read.');
		const page = textOf(reportPage(report({ lines: [], summary: { notRead: ['Details of 12 RMAs: the limit of 100 calls was reached.'] } })));
		expect(page).toContain('Nothing needs anybody in what was read. Not everything was read.');
		expect(page).toContain('Not read Details of 12 RMAs: the limit of 100 calls was reached.');
	});

	it('names period, store and moment in the given time zone', () => {
		expect(textOf(reportPage(report({ summary: { since: '2026-09-30T22:00:00Z', until: '2026-10-31T22:59:59Z' } })))).toContain('rain-and-wool.example · 1 Oct 2026 to 31 Oct 2026 · made 1 Nov 2026, 03:00');
		expect(() => reportPage(report({ timeZone: 'Nowhere/Town' }))).toThrow(RangeError);
	});

	it('shows sums of several currencies beside each other with all their digits', () => {
		const page = textOf(reportPage(report({ summary: { totals: [{ currency: 'EUR', amounts: [{ name: 'Shopify’s refunds', amount: '1234567.80' }] }, { currency: 'JPY', amounts: [{ name: 'Shopify’s refunds', amount: '-500' }, { name: 'Payouts', amount: '0' }] }] } })));
		expect(page).toContain('Amount EUR JPY Shopify’s refunds 1,234,567.80 −500 Payouts – 0');
	});

	it('counts per owner what is counted in the tiles', () => {
		const lines = badMonth();
		const page = reportPage(report({ lines }));
		const rows = [...page.matchAll(/<tr><th scope="row"><a href="#\w+">[^<]+<\/a><\/th>(.*?)<\/tr>/g)].map(([, cells = '']) => [...cells.matchAll(/>(\d+|–)</g)].map(([, figure]) => (figure === '–' ? 0 : Number(figure))));
		const sums = [0, 1, 2].map((column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0));
		expect(sums).toEqual((['critical', 'warning', 'info'] as const).map((severity) => lines.filter((known) => known.severity === severity).length));
	});
});

describe('the lines', () => {
	it('stand under their owner with the next step once, the oldest first, each with links to its order and its RMA', () => {
		const page = reportPage(report({ lines: [line({ incident: 'new', orderName: '#2', at: '2026-10-21T00:00:00Z', ageDays: 10 }), line({ incident: 'old', orderName: '#1', at: '2026-10-02T00:00:00Z', ageDays: 29 })] }));
		expect(page.split(EXCEPTIONS.valueMismatch.nextStep)).toHaveLength(2);
		expect(page.indexOf('>#1<')).toBeLessThan(page.indexOf('>#2<'));
		expect(page).toContain('<a href="https://admin.example/orders/1001" rel="noreferrer">');
		expect(page).toContain('<a href="https://returns.example/rma/4001" rel="noreferrer"><bdi>RMA4001</bdi></a>');
		expect(textOf(page)).toContain('Finance: 2 cases');
		expect(textOf(page)).toContain('41.00 EUR 40.86 EUR −0.14 EUR 2 Oct 2026 29 days');
		expect(textOf(page)).toContain('Refund 9001 · ReturnGO transaction 7001');
	});

	it('carry their own next step where lines of one kind differ in it', () => {
		const page = textOf(reportPage(report({ lines: [line({ nextStep: 'Ask Anna.' }), line({ incident: 'b', nextStep: 'Ask Ben.' })] })));
		expect(page).toContain('Next step: Ask Anna.');
		expect(page).toContain('Next step: Ask Ben.');
	});

	it('are cut off at the given number per kind, and the page says how many are missing', () => {
		const page = reportPage(report({ lines: Array.from({ length: 5 }, (_, index) => line({ incident: `case ${index}` })), mostLines: 2 }));
		expect(page.match(/<tr role="row"><td/g)).toHaveLength(2);
		expect(textOf(page)).toContain('3 more lines of this kind are not printed here.');
	});

	it('leave out columns that no line fills', () => {
		const none = { returnGoAmount: null, shopifyAmount: null, difference: null, class: null, at: null, ageDays: null };
		const page = reportPage(report({ lines: [line({ ...none, code: 'awaitingInspection' })] }));
		expect([...page.matchAll(/role="columnheader"[^>]*>([^<]+)</g)].map(([, name]) => name)).toEqual(['Order', 'RMA', 'What']);
	});

	it('in which nothing is wrong stand at the end and are not counted among those that need somebody', () => {
		const page = textOf(reportPage(report({ lines: [line({ code: null, class: 'matched', message: 'Refunded 40.86 EUR.' })] })));
		expect(page).toContain('Nothing needs anybody in what was read.');
		expect(page).toContain('Nothing to do: 1 case');
	});
});

describe('the charts', () => {
	const page = reportPage(report({ lines: badMonth() }));

	it('show kinds, ages, days, and values of each currency, with their figures in words for people who hear the page', () => {
		const labels = [...page.matchAll(/role="img" aria-label="([^"]+)"/g)].map(([, label = '']) => label);
		expect(labels.map((label) => label.split(':')[0])).toEqual(['By comparison', 'By kind', 'By value, EUR', 'By value, GBP', 'By age', 'By week']);
		const mismatches = badMonth().filter(({ code }) => code === 'valueMismatch').length;
		expect(labels[1]).toContain(`${EXCEPTIONS.valueMismatch.title} ${mismatches}`);
	});

	it('draw a bar as long as its figure', () => {
		const drawn = reportPage(report({ kind: 'audit', lines: [...Array.from({ length: 6 }, (_, index) => line({ incident: `${index}` })), ...Array.from({ length: 3 }, (_, index) => line({ incident: `s${index}`, code: 'skuMismatch' }))] }));
		const widths = [...(drawn.split('By kind').at(-1) ?? '').matchAll(/<path d="M[\d.]+ [\d.]+l([\d.]+) 0l0 [\d.]+l-[\d.]+ 0Z" fill="var\(--critical\)"/g)].slice(0, 2).map(([, width]) => Number(width));
		expect(widths).toHaveLength(2);
		expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(2, 1);
	});

	it('add amounts exactly and without their signs', () => {
		const drawn = reportPage(report({ lines: [line({ difference: '-0.10' }), line({ incident: 'b', difference: '0.20' })] }));
		expect(drawn).toContain(`By value, EUR: ${EXCEPTIONS.valueMismatch.title} 0.30.`);
	});

	it('are none where there is nothing to draw', () => {
		expect(reportPage(report({ lines: [] }))).not.toContain('<svg');
	});

	it('are the same for the same lines, however many reports were made before', () => {
		expect(reportPage(report({ lines: badMonth() }))).toBe(page);
	});

	it.each(namesOf(KINDS))('of the kind %s are all drawn', (kind) => {
		expect(reportPage(report({ kind, lines: badMonth() })).match(/<svg/g)?.length).toBeGreaterThanOrEqual(4);
	});
});

describe('nothing foreign', () => {
	it('is loaded or run: no scripts, no pictures, no style sheets, no fonts', () => {
		const page = reportPage(report({ lines: badMonth() }));
		for (const tag of tagsOf(page)) expect(tag).not.toMatch(/^<(script|img|link|iframe|object|embed|base|form)\b|\son\w+=|\ssrc=|xlink:href/i);
		expect(page).not.toMatch(/@import|url\(/);
		expect(page).toContain("default-src 'none'");
	});

	const HOSTILE = '"><script>alert(1)</script><img src=x onerror=\'alert(2)\'>&amp;`${1}</style></title><!--';
	const TEXT_FIELDS = ['incident', 'title', 'nextStep', 'message', 'rmaId', 'orderId', 'orderName', 'refundId', 'transactionIds', 'unitIds', 'payoutId', 'orderUrl', 'rmaUrl'] as const satisfies ReadonlyArray<keyof Finding>;

	it.each(TEXT_FIELDS)('comes in through the field %s', (field) => {
		const page = reportPage(report({ lines: [line({ [field]: HOSTILE }), line({ incident: 'b', code: null, [field]: HOSTILE })] }));
		expect(page).not.toMatch(/<script|<img|<!--/i);
		expect(tagsOf(page).filter((tag) => /onerror/.test(tag.replace(/"[^"]*"/g, '""')))).toEqual([]);
	});

	it.each([
		['heading', { heading: HOSTILE }],
		['the store', { summary: { store: HOSTILE } }],
	])('comes in through %s', (_name, fields) => {
		const page = reportPage(report(fields));
		expect(page).not.toMatch(/<script|<img|<!--/i);
		expect(page.match(/<\/title>/g)).toHaveLength(1);
	});

	it('comes in through what was read or not, and through sums', () => {
		const page = reportPage(report({ summary: { notRead: [HOSTILE], read: [{ name: HOSTILE, count: 1 }], totals: [{ currency: HOSTILE, amounts: [{ name: HOSTILE, amount: HOSTILE }] }] } }));
		expect(page).not.toMatch(/<script|<img|<!--/i);
	});

	it.each(['javascript:alert(1)', 'data:text/html,x', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'vbscript:x', 'not an address'])('is linked: %s stays text', (address) => {
		const page = reportPage(report({ lines: [line({ orderUrl: address, rmaUrl: address })] }));
		expect([...page.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['#finance']);
		expect(page).toContain('#1001');
	});

	it('hides in control characters, halves of characters and changes of direction', () => {
		const page = reportPage(report({ lines: [line({ message: 'a\u0000b\u202ec\ud800d\u0007e', orderName: '\u2066x' })] }));
		expect(page).not.toMatch(/[\u0000\u0007\u202e\u2066]|\p{Cs}/u);
		expect(page).toContain('a\ufffdb\ufffdc\ufffdd\ufffde');
	});

	it('stretches the page: a name of ten thousand characters is broken, and a year of nobody’s lifetime does not make the axis', () => {
		const page = reportPage(report({ lines: [line({ title: 'w'.repeat(10_000), at: '0001-01-01T00:00:00Z' }), line({ incident: 'b' }), line({ incident: 'c', at: '2026-10-25T00:00:00Z' })] }));
		expect(page.match(/<svg/g)?.length).toBe(5);
		expect(page).toContain('1 case without a date');
	});
});

describe('for everybody', () => {
	const page = reportPage(report({ lines: badMonth(), summary: { totals: [{ currency: 'EUR', amounts: [{ name: 'Refunds', amount: '1.00' }] }] } }));

	it('every table has a name and column headers, and rows of lines keep their roles where a phone shows them as cards', () => {
		for (const [table] of page.matchAll(/<table[\s\S]*?<\/table>/g)) {
			expect(table).toMatch(/<caption>|<table[^>]*aria-label=/);
			expect(table).toMatch(/<th scope="col"/);
		}
		expect(page).toContain('<html lang="en">');
		expect(page.match(/<h1>/g)).toHaveLength(1);
	});

	it.each([
		['light', 0],
		['dark', 1],
	])('text stands out from its ground in the %s colours by 4.5 to 1, bars by 3 to 1', (_name, index) => {
		const [set = ''] = [...page.matchAll(/--paper:[^}]+/g)].map(([found]) => found).slice(index);
		const colours = Object.fromEntries(set.split(';').map((entry) => entry.slice(2).split(':') as [string, string]));
		for (const ground of ['paper', 'panel', 'note']) for (const text of ['ink', 'quiet', 'link']) expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5);
		for (const badge of ['critical', 'warning', 'info', 'agree']) {
			expect(contrast(colours[badge], colours.paper)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(colours[badge], colours.panel)).toBeGreaterThanOrEqual(3);
		}
	});

	it('holds ten thousand lines without growing beyond what a mail takes', () => {
		const lines = Array.from({ length: 10_000 }, (_, index) => line({ incident: `case ${index}` }));
		expect(reportPage(report({ lines })).length).toBeLessThan(500_000);
	});
});

/** Ratio of the relative luminances, by the definition of WCAG 2.2. */
function contrast(one = '#000', other = '#000'): number {
	const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
	const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : (colour.slice(1).match(/../g) ?? []);
	const [red = 0, green = 0, blue = 0] = digits.map((pair) => parseInt(pair, 16) / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
