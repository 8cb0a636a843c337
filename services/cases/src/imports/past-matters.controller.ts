import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Purpose } from '../access/purpose.decorator';
import { ListPastMatters, type PastMatters } from './past-matters.dto';
import { PastMatterQueries } from './past-matters.queries';

@Controller('past-matters')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class PastMatterController {
  constructor(private readonly queries: PastMatterQueries) {}

  /** What predecessors had done for a person, to be read. */
  @Get()
  ofPerson(
    @Query() { personId }: ListPastMatters,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PastMatters> {
    return this.queries.ofPerson(personId, { caller, purpose });
  }
}
