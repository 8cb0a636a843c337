import { Controller, Get } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { DispatchQueries } from './dispatches.queries';
import type { Backlog, DispatchOfEvent } from './dispatches.dto';

/** What partners have of events, across subscriptions. */
@Controller('operations')
@Allow('operator')
export class DispatchOperationsController {
  constructor(private readonly queries: DispatchQueries) {}

  /** What waits for each subscription, the longest wait first. */
  @Get('backlogs')
  backlogs(): Promise<Backlog[]> {
    return this.queries.backlogs();
  }

  /** Each subscription that the event was numbered for, and how far it has come there. */
  @Get('events/:id/dispatches')
  dispatches(@Id() id: string): Promise<DispatchOfEvent[]> {
    return this.queries.ofEvent(id);
  }
}
