import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Person, type RestrictionGround } from './person';
import type { Restricted } from './restrictions.dto';
import { effectsOf, runningFor } from './running';

/** GDPR art. 18: begun here, asked for where something new is begun for a person (`standing.ts`). */
@Injectable()
export class RestrictionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** Answers what follows from it, and what goes on all the same. */
  restrict(id: string, version: number, ground: RestrictionGround, access: Access): Promise<Restricted> {
    return this.work.run(async (work) => {
      const changed = await this.change(work, id, version, access, (person) => {
        person.restrict(ground, dayOf(this.clock.now()));
        return person.restricted(ground);
      });
      return { ...changed, effects: effectsOf(id), running: await runningFor(work, id) };
    });
  }

  lift(id: string, version: number, reasonCode: string, access: Access): Promise<Changed> {
    return this.work.run((work) =>
      this.change(work, id, version, access, (person) => {
        person.liftRestriction();
        return person.restrictionLifted(reasonCode);
      }),
    );
  }

  private async change(
    work: Work,
    id: string,
    expectedVersion: number,
    access: Access,
    act: (person: Person) => DomainEvent,
  ): Promise<Changed> {
    const person = await loadVisible(work, Person, id, access.caller, expectedVersion);
    await work.save(person, act(person));
    await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups: ['RESTRICTION'] });
    return { id, version: person.version };
  }
}
