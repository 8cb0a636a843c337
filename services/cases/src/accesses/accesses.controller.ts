import { Controller, Get, Header, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import { Clock } from '@okienko/messaging/clock';
import { pdfOf } from '@okienko/printing/pdf';
import { Purpose } from '../access/purpose.decorator';
import type { PersonAccesses } from './accesses.dto';
import { accessesInPrint } from './accesses-in-print';
import { AccessQueries } from './accesses.queries';

@Controller('persons/:id')
export class AccessController {
  constructor(
    private readonly queries: AccessQueries,
    private readonly clock: Clock,
  ) {}

  /** What a person may ask to be told: who saw or changed their data, in which role, when and what for. */
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  @Get('accesses')
  accesses(
    @Id() id: string,
    @Query() query: PageQuery,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonAccesses> {
    return this.queries.of(id, query, { caller, purpose });
  }

  /** The same on paper, in Polish, for the person to take home (PDF/UA); the roles alone, whoever asks for it. */
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  @Get('accesses.pdf')
  @Header('Content-Type', 'application/pdf')
  async print(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Buffer> {
    const { items, next } = await this.queries.forPrint(id, { caller, purpose });
    const now = this.clock.now();
    return pdfOf(accessesInPrint(id, items, next !== undefined, now), now);
  }
}
