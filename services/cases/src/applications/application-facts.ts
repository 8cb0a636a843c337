import type { Day } from '@okienko/contracts/calendar';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { PersonalData } from '../access/personal-data';
import type { Application } from './application';

/** All that is known on that day of the person and the requested service, for its fee. */
export async function factsOf(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  on: Day,
): Promise<FeeFacts> {
  const { personId, itemStates } = application;
  const { serviceCode } = application.item(itemId);
  const [person] = await work.query<{ terc: string; birthDate: Buffer | null }>(
    'select terc, birth_date as "birthDate" from person where id = $1',
    [personId],
  );
  const row = await personalData.row(work, personId, 'person', personId);
  const birthDate = row.openIfGiven('birth_date', person?.birthDate ?? null);
  return {
    on,
    serviceCode,
    appliedFor: itemStates.map(({ id }) => application.item(id).serviceCode),
    ...(person ? { residence: person.terc } : {}),
    ...(birthDate === null ? {} : { birthDate }),
  };
}
