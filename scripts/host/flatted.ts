/**
 * Reads the format in which n8n stores the data of an execution: a JSON array whose first entry is the root, and in which
 * every string inside an object or array is the index of the entry it stands for. Entries that are strings stand for themselves.
 */
export function parseFlatted<Value>(text: string): Value {
	const entries = JSON.parse(text) as unknown[];
	const finished = new Map<number, unknown>();

	const entryAt = (index: number): unknown => {
		if (finished.has(index)) return finished.get(index);
		const entry = entries[index];
		// Registered before it is filled, because an entry may refer to itself.
		finished.set(index, entry);
		if (typeof entry === 'object' && entry !== null) resolveInside(entry as Record<string, unknown>);
		return entry;
	};
	const resolveInside = (container: Record<string, unknown>): void => {
		for (const [key, value] of Object.entries(container)) {
			if (typeof value === 'string') container[key] = entryAt(Number(value));
		}
	};

	return entryAt(0) as Value;
}
