import { Injectable } from '@nestjs/common';
import { type Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Adoption, type Consultation, type JournalPublication, Programme } from './programme';
import type { ProgrammeContent } from './programme-content';

@Injectable()
export class ProgrammeCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  draft(content: ProgrammeContent): Promise<Changed> {
    return this.work.run(async ({ save }) => {
      const programme = Programme.draft(uuidv7(), content);
      await save(programme, programme.drafted());
      return { id: programme.id, version: programme.version };
    });
  }

  consult(id: string, expectedVersion: number, consultation: Consultation): Promise<Changed> {
    return this.change(id, expectedVersion, (programme, today) => programme.consult(consultation, today));
  }

  adopt(id: string, expectedVersion: number, adoption: Adoption): Promise<Changed> {
    return this.change(id, expectedVersion, (programme, today) => programme.adopt(adoption, today));
  }

  publish(id: string, expectedVersion: number, publication: JournalPublication): Promise<Changed> {
    return this.change(id, expectedVersion, (programme, today) => programme.publish(publication, today));
  }

  enterIntoForce(id: string, expectedVersion: number): Promise<Changed> {
    return this.change(id, expectedVersion, (programme, today) => programme.enterIntoForce(today));
  }

  end(id: string, expectedVersion: number, repealedOn: Day | undefined): Promise<Changed> {
    return this.change(id, expectedVersion, (programme, today) => programme.end(repealedOn, today));
  }

  private change(
    id: string,
    expectedVersion: number,
    act: (programme: Programme, today: Day) => DomainEvent,
  ): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const programme = await load(Programme, id, expectedVersion);
      await save(programme, act(programme, dayOf(this.clock.now())));
      return { id: programme.id, version: programme.version };
    });
  }
}
