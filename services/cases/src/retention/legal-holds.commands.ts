import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, DataErased, PersonalData } from '../access/personal-data';
import { Person } from '../persons/person';
import { LegalHold } from './legal-hold';
import type { PlaceHold } from './legal-holds.dto';

@Injectable()
export class LegalHoldCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** The person is locked: a hold comes before an erasure or after it, never beside it. */
  place({ personId, kind }: PlaceHold, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, personId, access.caller);
      if (person.erasedAt !== null) throw new DataErased();
      const hold = LegalHold.place(uuidv7(), person, kind, access.caller.sub, this.today);
      await work.save(hold, hold.placed());
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['RETENTION'] });
      return { id: hold.id, version: hold.version };
    });
  }

  end(id: string, version: number, reasonCode: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const hold = await loadVisible(work, LegalHold, id, access.caller, version);
      await work.save(hold, hold.end(access.caller.sub, reasonCode, this.today));
      await this.personalData.record(work, 'WRITE', access, { personId: hold.personId, fieldGroups: ['RETENTION'] });
      return { id, version: hold.version };
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}
