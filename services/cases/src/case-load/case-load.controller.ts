import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { AskForCaseLoad, type CaseLoadView } from './case-load.dto';
import { CaseLoadQueries } from './case-load.queries';

@Controller('case-load')
@Allow('services-organiser', 'director', 'auditor')
export class CaseLoadController {
  constructor(private readonly queries: CaseLoadQueries) {}

  /**
   * What the coordinators of a unit have in hand, how old it is, who waits for what, and how long things took. For a reader of another
   * unit what could tell of a few persons is withheld.
   */
  @Get()
  find(@Query() query: AskForCaseLoad, @Caller() caller: Principal): Promise<CaseLoadView> {
    return this.queries.find(query, caller);
  }
}
