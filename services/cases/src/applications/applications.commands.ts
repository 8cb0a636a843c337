import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Access, PersonalData } from '../access/personal-data';
import { unitOf } from '../access/visibility';
import { residentFor } from '../persons/standing';
import { Application } from './application';
import type { ApplicationFiled, FileApplication } from './applications.dto';
import { itemsFor, type Offer } from './offers';

@Injectable()
export class ApplicationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  file(command: FileApplication, access: Access): Promise<ApplicationFiled> {
    return this.work.run(async (work) => {
      const { personId, applicantRole, channel, statement } = command;
      const { terc } = await residentFor(work, personId, access.caller);
      const offerIds = command.items.map((item) => item.offerId);
      const items = itemsFor(offerIds, await openOffers(work, offerIds), uuidv7);
      const now = this.clock.now();
      const filedAt = command.filedAt ? new Date(command.filedAt) : now;
      const filing = { personId, applicantRole, channel, filedAt, clauseVersion: statement.clauseVersion, terc, items };
      const application = Application.file(uuidv7(), unitOf(access.caller), filing, access.caller.sub, now);
      await work.save(application, application.submitted());
      const { id, version, itemStates } = application;
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['APPLICATION'], caseRef: id });
      return { id, version, items: itemStates };
    });
  }
}

function openOffers({ query }: Work, offerIds: readonly string[]): Promise<Offer[]> {
  return query<Offer>(
    `select o.id, o.programme_id as "programmeId", o.service_code as "serviceCode"
     from offer o join programme p on p.id = o.programme_id and p.ended_on is null
     where o.id = any ($1::uuid[]) and o.published and o.service_code is not null`,
    [offerIds],
  );
}
