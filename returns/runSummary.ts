/**
 * What a run of reconciliation, month end, audit or the search for stuck returns says beside its findings: the item of its output *Summary*, and what
 * Report → Build reads. An operation may add fields of its own.
 */
export interface RunSummary {
	/** Domain of the store. */
	store: string | null;
	/** The period that was looked at; ISO 8601 in UTC. Null: from the beginning, until now. */
	since: string | null;
	until: string | null;
	/** How many cases agree, also those that no finding tells of; null where nothing is compared. */
	agreeing: number | null;
	/** Sums over everything compared, also over what no finding tells of; none where no amounts are compared. */
	totals: CurrencyTotals[];
	/** What was read: "RMAs", "Calls to ReturnGO". */
	read: NamedCount[];
	/** What was not read, one sentence each, in words for whoever reads the report. Empty only when nothing is missing. */
	notRead: string[];
}

export interface CurrencyTotals {
	/** ISO 4217. */
	currency: string;
	/** Decimal text in the currency's major units, in the order in which they are to be shown. */
	amounts: Array<{ name: string; amount: string }>;
}

export interface NamedCount {
	name: string;
	count: number;
}
