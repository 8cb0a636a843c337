import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import type { PersonAccesses } from './accesses.dto';
import { AccessQueries } from './accesses.queries';

@Controller('persons/:id')
export class AccessController {
  constructor(private readonly queries: AccessQueries) {}

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
}
