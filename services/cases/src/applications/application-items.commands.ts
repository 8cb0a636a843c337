import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { endFeesOfItems } from '../fees/fee-ending';
import { letGo } from '../programmes/places.commands';
import { keepQualificationClock } from '../qualifications/qualification-clock';
import { Application } from './application';
import { dropSettledClocks } from './application-clocks';

/** What the applicant does about one requested service. */
@Injectable()
export class ApplicationItemCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  withdraw(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      const today = dayOf(this.clock.now());
      const item = application.item(itemId);
      application.withdraw(itemId);
      await letGo(work, application.personId, item, today);
      dropSettledClocks(work, application, [itemId]);
      await work.save(application, application.withdrawn(itemId));
      await keepQualificationClock(work, application, today);
      await endFeesOfItems(work, [itemId], today, today);
      const { version, personId } = application;
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['APPLICATION'], caseRef: id });
      return { id, version };
    });
  }
}
