import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { type Ended, endMatters } from '../matters/end-matters';
import { Person } from './person';
import type { EndedMatters, PersonEnding, RecordDeath, RecordDeparture } from './person-endings.dto';

/** Death and moving out, with all that they end. The person is locked before anything of theirs, so nothing new begins meanwhile. */
@Injectable()
export class PersonEndingCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  recordDeath(id: string, version: number, { diedOn, source }: RecordDeath, access: Access): Promise<PersonEnding> {
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller, version);
      const row = await this.personalData.row(work, id, 'person', id);
      const today = dayOf(this.clock.now());
      person.assertMayDie(diedOn, row.openIfGiven('birth_date', person.birthDate), today);
      const ended = await endMatters(work, id, { reason: 'DEATH', endedOn: diedOn }, today);
      const death = { diedOn, source, ended };
      person.die(death);
      await work.save(person, person.died(death));
      return this.logged(work, person, ended, access);
    });
  }

  recordDeparture(id: string, version: number, given: RecordDeparture, access: Access): Promise<PersonEnding> {
    const { leftOn, toTerc = null } = given;
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller, version);
      const { terc: fromTerc } = person;
      const today = dayOf(this.clock.now());
      person.assertMayDepart(leftOn, toTerc, today);
      const ended = await endMatters(work, id, { reason: 'LEFT_GMINA', endedOn: leftOn, terc: fromTerc }, today);
      const departure = { leftOn, fromTerc, toTerc, ended };
      person.depart(departure);
      await work.save(person, person.departed(departure));
      return this.logged(work, person, ended, access);
    });
  }

  correctDeath(id: string, version: number, reasonCode: string, access: Access): Promise<PersonEnding> {
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller, version);
      const { ended } = person.correctDeath();
      await work.save(person, person.deathCorrected(reasonCode));
      return this.logged(work, person, ended, access);
    });
  }

  correctDeparture(id: string, version: number, reasonCode: string, access: Access): Promise<PersonEnding> {
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller, version);
      const { ended } = person.correctDeparture();
      await work.save(person, person.departureCorrected(reasonCode));
      return this.logged(work, person, ended, access);
    });
  }

  private async logged(work: Work, { id, version }: Person, ended: Ended, access: Access): Promise<PersonEnding> {
    await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups: ['IDENTITY'] });
    return { id, version, ended: ended as EndedMatters };
  }
}
