import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PlanVersionQueries } from './plan-versions.queries';
import { CompareVersions, type PlanComparison, type PlanVersionSummary } from './plans.dto';

@Controller('plans/:id/versions')
@Allow('coordinator', 'services-organiser', 'director')
export class PlanVersionController {
  constructor(private readonly queries: PlanVersionQueries) {}

  /** From the first to the one in force and the update on its way to approval. */
  @Get()
  list(@Id() id: string, @Caller() caller: Principal): Promise<{ items: PlanVersionSummary[] }> {
    return this.queries.list(id, caller);
  }

  /** What one has that the other has not, words included. */
  @Get('compare')
  compare(
    @Id() id: string,
    @Query() query: CompareVersions,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PlanComparison> {
    return this.queries.compare(id, query, { caller, purpose });
  }
}
