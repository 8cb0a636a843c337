import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { recordsOf } from '../persons/standing';
import type { RepresentativeRole } from './representation';

/** Id of what lets the applicant act for the person in that role on that day, whichever of their records it names; undefined when nothing does. */
export async function representationOn(
  { query }: Pick<Work, 'query'>,
  applicantPersonId: string,
  personId: string,
  role: RepresentativeRole,
  day: Day,
): Promise<string | undefined> {
  const [found] = await query<{ id: string }>(
    `select id from representation
     where representative_id in (${recordsOf.replace('?', '$1')}) and person_id in (${recordsOf.replace('?', '$2')}) and role = $3
       and valid_from <= $4::date and (valid_to is null or $4::date <= valid_to) and (ended_on is null or $4::date <= ended_on)
     order by id limit 1`,
    [applicantPersonId, personId, role, day],
  );
  return found?.id;
}
