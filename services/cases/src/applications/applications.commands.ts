import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Access, PersonalData } from '../access/personal-data';
import { unitOf } from '../access/visibility';
import { livingPerson, residentFor } from '../persons/standing';
import { representationOn } from '../representations/representation-on';
import { NotTheirRepresentative } from './applicant';
import { Application } from './application';
import { startQualificationClock } from './application-clocks';
import { sealFacts } from './application-facts';
import type { ApplicationFiled, FileApplication } from './applications.dto';
import type { Filing } from './filing';
import type { ImportedFrom } from '../imports/data-import';
import { itemsFor, type Offer } from './offers';
import type { ClauseShown } from './statement-clauses';

@Injectable()
export class ApplicationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** `importedFrom` says where it was filed, if that was not here. */
  file(command: FileApplication, access: Access, importedFrom?: ImportedFrom): Promise<ApplicationFiled> {
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const id = uuidv7();
      const told = await this.filingOf(work, id, command, access, now);
      const filing = importedFrom ? { ...told, importedFrom } : told;
      const application = Application.file(id, unitOf(access.caller), filing, access.caller.sub, now);
      await assertMayApply(work, filing, access);
      await work.save(application, application.submitted());
      startQualificationClock(work, application, dayOf(application.filedAt));
      const { version, personId, itemStates } = application;
      const fieldGroups = command.facts ? ['APPLICATION', 'STATED_FACTS'] : ['APPLICATION'];
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups, caseRef: id });
      return { id, version, items: itemStates };
    });
  }

  private async filingOf(work: Work, id: string, command: FileApplication, access: Access, now: Date): Promise<Filing> {
    const { personId, applicantRole, applicantPersonId, channel, statement, facts, needReportId } = command;
    const offerIds = command.items.map((item) => item.offerId);
    const [{ terc }, offers] = await Promise.all([residentFor(work, personId, access), openOffers(work, offerIds)]);
    const items = itemsFor(command.items, offers, uuidv7);
    const matter = { id, personId, items };
    return {
      personId,
      applicantRole,
      ...(applicantPersonId === undefined ? {} : { applicantPersonId }),
      channel,
      filedAt: command.filedAt ? new Date(command.filedAt) : now,
      clauseVersion: statement.clauseVersion,
      ...shownIn(statement),
      terc,
      items,
      ...(needReportId === undefined ? {} : { needReportId }),
      ...(facts ? { facts: await sealFacts(work, this.personalData, matter, facts, dayOf(now)) } : {}),
    };
  }
}

const shownIn = ({ shownAt, manner }: FileApplication['statement']): { clauseShown?: ClauseShown } =>
  shownAt === undefined || manner === undefined ? {} : { clauseShown: { shownAt, manner } };

/** Who applies for another has to be recorded as their representative or carer on that day (art. 35). */
async function assertMayApply(work: Work, filing: Filing, access: Access): Promise<void> {
  const { applicantPersonId, personId, applicantRole, filedAt } = filing;
  if (applicantPersonId === undefined || applicantRole === 'PERSON') return;
  await livingPerson(work, applicantPersonId, access);
  const found = await representationOn(work, applicantPersonId, personId, applicantRole, dayOf(filedAt));
  if (found === undefined) throw new NotTheirRepresentative();
}

function openOffers({ query }: Work, offerIds: readonly string[]): Promise<Offer[]> {
  return query<Offer>(
    `select o.id, o.programme_id as "programmeId", o.service_code as "serviceCode"
     from offer o join programme p on p.id = o.programme_id and p.ended_on is null
     where o.id = any ($1::uuid[]) and o.published and o.service_code is not null`,
    [offerIds],
  );
}
