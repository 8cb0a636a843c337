import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Programme } from '../programmes/programme';
import type { ClosingAdditions } from './closing-information';
import { generate } from './closing-information.queries';

@Injectable()
export class ClosingInformationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Fixes what the copies say at this moment. Whatever comes later changes the document no more. */
  publish(programmeId: string, expectedVersion: number, additions: ClosingAdditions): Promise<Changed> {
    return this.work.run(async ({ load, save, query, send }) => {
      const now = this.clock.now();
      const programme = await load(Programme, programmeId, expectedVersion);
      const published = programme.report(dayOf(now));
      const document = await generate(query, programmeId, now, additions);
      await save(programme, published);
      send('insert into closing_information (programme_id, document, published_on) values ($1, $2, $3)', [
        programmeId,
        JSON.stringify(document),
        dayOf(now),
      ]);
      return { id: programme.id, version: programme.version };
    });
  }
}
