import type { Day } from '@okienko/contracts/calendar';
import type { Sql } from '@okienko/privacy/sql';
import { recordsOf } from '../persons/standing';

const inForce = `r.basis in ('PARENT', 'GUARDIAN') and r.valid_from <= $1::date
  and (r.valid_to is null or $1::date <= r.valid_to) and (r.ended_on is null or $1::date <= r.ended_on)`;

/** Record of the living guardian of `who`, a person's id in SQL, on the day `$1`: the one whom a court appointed before a parent. */
const guardianOf = (who: string): string => `(
  select r.representative_id from representation r
  where r.person_id in (${recordsOf.replace('?', who)}) and ${inForce}
    and not exists (select from person g where g.id = r.representative_id and g.death is not null)
  order by r.basis, r.id limit 1)`;

/** Who is written to instead of the person: a legal guardian or a parent; a curator assists and does not stand in the person's place. */
export async function guardianOn(sql: Sql, personId: string, day: Day): Promise<string | null> {
  const [found] = await sql.query<{ guardianId: string | null }>(`select ${guardianOf('$2')} as "guardianId"`, [
    day,
    personId,
  ]);
  return found?.guardianId ?? null;
}

/** Persons of whose guardian the notifications service knows otherwise. */
export async function guardianshipsToTell(sql: Sql, day: Day, limit: number): Promise<string[]> {
  const found = await sql.query<{ id: string }>(
    `with ward as (
       select coalesce(p.merged_into, p.id) as id from representation r join person p on p.id = r.person_id where ${inForce}
       union select id from person_contact where guardian_id is not null)
     select ward.id from ward left join person_contact c on c.id = ward.id
     where c.guardian_id is distinct from ${guardianOf('ward.id')}
       and not exists (select from person_key k where k.person_id = ward.id and k.destroyed_at is not null)
     order by ward.id limit $2`,
    [day, limit],
  );
  return found.map(({ id }) => id);
}
