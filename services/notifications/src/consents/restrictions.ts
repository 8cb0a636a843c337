import { personRestrictedV1 } from '@okienko/contracts/cases/person-restricted.v1';
import { personRestrictionLiftedV1 } from '@okienko/contracts/cases/person-restriction-lifted.v1';
import type { Work } from '@okienko/messaging/unit-of-work';

/** Whose data are kept and not used gets no extras (GDPR art. 18); what the law or the service wants told is told. */
export function noteRestriction({ send }: Work, name: string, subject: string): void {
  if (name === personRestrictedV1.$id)
    send('insert into restricted_person (person_id) values ($1) on conflict do nothing', [subject]);
  if (name === personRestrictionLiftedV1.$id) send('delete from restricted_person where person_id = $1', [subject]);
}
