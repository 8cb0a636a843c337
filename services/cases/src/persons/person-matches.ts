import type { Principal } from '@okienko/chassis/access';
import type { Work } from '@okienko/messaging/unit-of-work';
import { maySee } from '../access/visibility';
import type { Identifier } from './identifier';
import { keysOf, type MatchReason, type Named, probesOf } from './matching';
import type { Seals } from './seals';

/** Enough to look through; more would be a list of people. */
const mostMatches = 20;

export interface Match {
  readonly id: string;
  readonly version: number;
  readonly because: MatchReason[];
}

export interface Matches {
  readonly seen: Match[];
  /** How many more there are in units that the caller does not see. */
  readonly elsewhere: number;
}

/** Enters the person in the index of names. */
export function indexNames({ send }: Pick<Work, 'send'>, seals: Seals, personId: string, named: Named): void {
  const keys = keysOf(named).flatMap((key) =>
    seals.matchIndexesOf(key).map((indexed) => ({ kind: key.kind, ...indexed })),
  );
  if (keys.length === 0) return;
  send(
    `insert into person_match (person_id, kind, index, key_version)
     select $1, kind, index, version from unnest($2::text[], $3::bytea[], $4::int[]) key (kind, index, version)
     on conflict do nothing`,
    [personId, keys.map(({ kind }) => kind), keys.map(({ index }) => index), keys.map(({ version }) => version)],
  );
}

/** Enters the identifier; fails when somebody else has it, under whichever version of the key that was entered. */
export function indexIdentifier({ send }: Pick<Work, 'send'>, seals: Seals, personId: string, its: Identifier): void {
  const indexed = seals.indexesOf(its);
  send(
    `insert into person_match (person_id, kind, index, key_version)
     select $1, 'IDENTIFIER', index, version from unnest($2::bytea[], $3::int[]) key (index, version)`,
    [personId, indexed.map(({ index }) => index), indexed.map(({ version }) => version)],
  );
}

/** Ids of those who have that identifier, whichever version of the key they were entered under; its indexes stand at `?`. */
export const identified = `
  select coalesce(m.person_id, p.id) from unnest(?::bytea[]) wanted (index)
  left join person_match m on m.kind = 'IDENTIFIER' and m.index = wanted.index
  left join person p on p.identifier_index = wanted.index where coalesce(m.person_id, p.id) is not null`;

export const indexesOf = (seals: Seals, identifier: Identifier): Buffer[] =>
  seals.indexesOf(identifier).map(({ index }) => index);

/** Who may be the same person, of merged records the one that goes on. */
export async function findMatches(
  sql: Pick<Work, 'query'>,
  seals: Seals,
  caller: Principal,
  named: Named,
  identifier?: Identifier,
): Promise<Matches> {
  const probes = probesOf(named).flatMap(({ because, ...key }) =>
    seals.matchIndexesOf(key).map(({ index }) => ({ kind: key.kind, index, because })),
  );
  if (probes.length === 0 && !identifier) return { seen: [], elsewhere: 0 };
  const rows = await sql.query<Match & { unit: string }>(
    `with hit as (
       select m.person_id, probe.because
       from unnest($1::text[], $2::bytea[], $3::text[]) probe (kind, index, because)
       join person_match m on (m.index, m.kind) = (probe.index, probe.kind)
       union all select id, 'IDENTIFIER' from (${identified.replace('?', '$4')}) identified (id)
     )
     select s.id, s.version, s.unit, array_agg(distinct hit.because) as because
     from hit join person p on p.id = hit.person_id join person s on s.id = coalesce(p.merged_into, p.id)
     group by s.id order by s.id limit ${mostMatches}`,
    [
      probes.map(({ kind }) => kind),
      probes.map(({ index }) => index),
      probes.map(({ because }) => because),
      identifier ? indexesOf(seals, identifier) : [],
    ],
  );
  const seen = rows.filter((row) => maySee(caller, { unit: row.unit, personId: row.id }));
  return {
    seen: seen.map(({ id, version, because }) => ({ id, version, because })),
    elsewhere: rows.length - seen.length,
  };
}
