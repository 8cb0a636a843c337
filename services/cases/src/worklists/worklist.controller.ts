import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Written } from '@okienko/chassis/written';
import { AskForWorklist, type Worklist } from './worklist.dto';
import { WorklistQueries } from './worklist.queries';

@Controller('worklist')
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'finance', 'auditor')
export class WorklistController {
  constructor(private readonly queries: WorklistQueries) {}

  /** What is late, due today, near, waited for from others, and still far, with how many there are of each. */
  @Get()
  find(@Query() query: AskForWorklist, @Caller() caller: Principal): Promise<Written<Worklist>> {
    return this.queries.find(query, caller);
  }
}
