import type { AccessFound } from '@okienko/chassis/accesses-service';

export interface AccessesSummary {
  readonly rows: number;
  readonly persons: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Persons whose data of that kind were seen or changed. */
  readonly personsByFieldGroup: Readonly<Record<string, number>>;
  readonly rowsByPurpose: Readonly<Record<string, number>>;
  readonly rowsByService: Readonly<Record<string, number>>;
}

/** What an office has to know of a breach within 72 hours: how many persons, which kinds of data, when (GDPR art. 33(3)(a)). */
export function summaryOf(found: readonly AccessFound[]): AccessesSummary {
  const groups = new Map<string, Set<string>>();
  for (const { personId, fieldGroups } of found)
    for (const group of fieldGroups) groups.set(group, (groups.get(group) ?? new Set()).add(personId));
  const times = found.map(({ at }) => at).sort();
  const counted = (of: (row: AccessFound) => string): Record<string, number> => {
    const counts = new Map<string, number>();
    for (const row of found) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
    return Object.fromEntries([...counts].sort());
  };
  return {
    rows: found.length,
    persons: new Set(found.map(({ personId }) => personId)).size,
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    personsByFieldGroup: Object.fromEntries(
      [...groups].map(([group, persons]) => [group, persons.size] as const).sort(),
    ),
    rowsByPurpose: counted(({ purpose }) => purpose),
    rowsByService: counted(({ service }) => service),
  };
}
