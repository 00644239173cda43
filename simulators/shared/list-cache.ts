/** Remembers filtered and sorted lists while nothing changes, so that turning pages does not search and sort again. */

/** Whoever reads a long list reads one or two at a time. */
const REMEMBERED = 8;

export class ListCache<T> {
	private revision = -1;

	private readonly lists = new Map<string, readonly T[]>();

	/** The list under this key as of this revision of the data; made when it is not known. */
	get(key: string, revision: number, make: () => readonly T[]): readonly T[] {
		if (revision !== this.revision) {
			this.lists.clear();
			this.revision = revision;
		}
		const known = this.lists.get(key);
		if (known) return known;
		const made = make();
		const [oldest] = this.lists.keys();
		if (this.lists.size >= REMEMBERED && oldest !== undefined) this.lists.delete(oldest);
		this.lists.set(key, made);
		return made;
	}
}
