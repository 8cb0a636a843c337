import type { Sql } from '@okienko/privacy/sql';
import type { PersonalData } from '../access/personal-data';
import type { Point } from '../allocations/distance';
import type { Contact } from './person-contact';

/** Where the person lives, when the desk has said so; of a record that was merged, where the one that goes on does. */
export async function homeOf(sql: Sql, personalData: PersonalData, personId: string): Promise<Point | null> {
  const [found] = await sql.query<{ id: string; contact: Buffer }>(
    'select c.id, c.contact from person p join person_contact c on c.id = coalesce(p.merged_into, p.id) where p.id = $1',
    [personId],
  );
  if (!found) return null;
  const row = await personalData.row(sql, found.id, 'person_contact', found.id);
  const { latitude, longitude } = row.openJson<Contact>('contact', found.contact);
  return latitude === undefined || longitude === undefined ? null : { latitude, longitude };
}
