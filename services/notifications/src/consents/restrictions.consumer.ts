import { Controller } from '@nestjs/common';
import { type PersonRestrictedV1, personRestrictedV1 } from '@okienko/contracts/cases/person-restricted.v1';
import {
  type PersonRestrictionLiftedV1,
  personRestrictionLiftedV1,
} from '@okienko/contracts/cases/person-restriction-lifted.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

/** Whose data are kept and not used gets no extras (GDPR art. 18); what the law or the service wants told is told. */
@Controller()
export class RestrictionConsumer {
  constructor(private readonly work: UnitOfWork) {}

  @On(personRestrictedV1)
  restricted({ subject }: CloudEvent<PersonRestrictedV1>): Promise<void> {
    return this.work.run(({ send }) =>
      send('insert into restricted_person (person_id) values ($1) on conflict do nothing', [subject]),
    );
  }

  @On(personRestrictionLiftedV1)
  lifted({ subject }: CloudEvent<PersonRestrictionLiftedV1>): Promise<void> {
    return this.work.run(({ send }) => send('delete from restricted_person where person_id = $1', [subject]));
  }
}
