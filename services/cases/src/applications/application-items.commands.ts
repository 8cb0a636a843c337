import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { type Resident, residentOf } from '../persons/standing';
import type { Place } from '../programmes/places';
import {
  assertNobodyBefore,
  enterWaitingList,
  freePlace,
  leaveWaitingList,
  programmeService,
  takePlace,
} from '../programmes/places.commands';
import { assertMustWait, assertOpenTo, type ProgrammeService } from '../programmes/programme-service';
import { Application } from './application';

/** Acts on one requested service. Qualifying is for the centre alone (art. 42, 49). */
@Injectable()
export class ApplicationItemCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  qualify(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      application.assertMayBecome(itemId, 'QUALIFIED');
      const today = dayOf(this.clock.now());
      const resident = await residentOf(work, application.personId);
      const place = { ...placeOf(application, itemId), personId: resident.id };
      const service = await openService(work, place, resident, today);
      if (service.queueRule === 'FILING_TIME') await assertNobodyBefore(work, place, application.filedAt);
      await leaveWaitingList(work, itemId);
      await takePlace(work, place);
      application.qualify(itemId, service.programmeVersion);
      await work.save(application, application.qualified(itemId, today));
      return this.logged(work, application, access);
    });
  }

  waitlist(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      application.waitlist(itemId);
      const place = placeOf(application, itemId);
      const resident = await residentOf(work, application.personId);
      assertMustWait(await openService(work, place, resident, dayOf(this.clock.now())));
      await enterWaitingList(work, place, application.filedAt);
      await work.save(application, application.waitlisted(itemId));
      return this.logged(work, application, access);
    });
  }

  withdraw(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      const { state } = application.item(itemId);
      application.withdraw(itemId);
      if (state === 'QUALIFIED') await freePlace(work, placeOf(application, itemId));
      await leaveWaitingList(work, itemId);
      await work.save(application, application.withdrawn(itemId));
      return this.logged(work, application, access);
    });
  }

  private async logged(work: Work, { id, version, personId }: Application, access: Access): Promise<Changed> {
    await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['APPLICATION'], caseRef: id });
    return { id, version };
  }
}

function placeOf(application: Application, itemId: string): Place {
  const { programmeId, serviceCode } = application.item(itemId);
  return { itemId, personId: application.personId, programmeId, serviceCode };
}

/** The service as it stands today, open to where the person lives today. */
async function openService(
  work: Work,
  { programmeId, serviceCode }: Place,
  { terc }: Resident,
  today: Day,
): Promise<ProgrammeService> {
  const service = await programmeService(work, programmeId, serviceCode);
  assertOpenTo(service, terc, today);
  return service;
}
