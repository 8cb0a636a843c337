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
  const keys = keysOf(named);
  if (keys.length === 0) return;
  send(
    `insert into person_match (person_id, kind, index)
     select $1, kind, index from unnest($2::text[], $3::bytea[]) key (kind, index) on conflict do nothing`,
    [personId, keys.map(({ kind }) => kind), keys.map((key) => seals.matchIndexOf(key))],
  );
}

/** Who may be the same person, of merged records the one that goes on. */
export async function findMatches(
  sql: Pick<Work, 'query'>,
  seals: Seals,
  caller: Principal,
  named: Named,
  identifier?: Identifier,
): Promise<Matches> {
  const probes = probesOf(named);
  if (probes.length === 0 && !identifier) return { seen: [], elsewhere: 0 };
  const rows = await sql.query<Match & { unit: string }>(
    `with hit as (
       select m.person_id, probe.because
       from unnest($1::text[], $2::bytea[], $3::text[]) probe (kind, index, because)
       join person_match m on (m.index, m.kind) = (probe.index, probe.kind)
       union all select id, 'IDENTIFIER' from person where identifier_index = $4
     )
     select s.id, s.version, s.unit, array_agg(distinct hit.because) as because
     from hit join person p on p.id = hit.person_id join person s on s.id = coalesce(p.merged_into, p.id)
     group by s.id order by s.id limit ${mostMatches}`,
    [
      probes.map(({ kind }) => kind),
      probes.map((probe) => seals.matchIndexOf(probe)),
      probes.map(({ because }) => because),
      identifier ? seals.indexOf(identifier) : null,
    ],
  );
  const seen = rows.filter((row) => maySee(caller, { unit: row.unit, personId: row.id }));
  return {
    seen: seen.map(({ id, version, because }) => ({ id, version, because })),
    elsewhere: rows.length - seen.length,
  };
}
