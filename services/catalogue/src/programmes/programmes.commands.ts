import { Injectable } from '@nestjs/common';
import { type Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
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
    return this.work.change(Programme, id, expectedVersion, (programme) => programme.consult(consultation, this.today));
  }

  adopt(id: string, expectedVersion: number, adoption: Adoption): Promise<Changed> {
    return this.work.change(Programme, id, expectedVersion, (programme) => programme.adopt(adoption, this.today));
  }

  publish(id: string, expectedVersion: number, publication: JournalPublication): Promise<Changed> {
    return this.work.change(Programme, id, expectedVersion, (programme) => programme.publish(publication, this.today));
  }

  amend(id: string, expectedVersion: number, content: ProgrammeContent): Promise<Changed> {
    return this.work.change(Programme, id, expectedVersion, (programme) => programme.amend(content));
  }

  withdrawAmendment(id: string, expectedVersion: number): Promise<Changed> {
    return this.work.change(Programme, id, expectedVersion, (programme) => programme.withdrawAmendment());
  }

  end(id: string, expectedVersion: number, repealedOn: Day): Promise<Changed> {
    return this.work.change(Programme, id, expectedVersion, (programme) => programme.end(repealedOn, this.today));
  }

  /** Brings about what the calendar asks of a programme; nothing when another replica was quicker. */
  keepCalendar(id: string): Promise<void> {
    return this.work.run(async ({ load, save }) => {
      const programme = await load(Programme, id);
      const [first, ...more] = programme.keepCalendar(this.today);
      if (first) await save(programme, first, ...more);
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}
