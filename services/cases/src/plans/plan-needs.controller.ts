import { Body, Controller, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PlanNeedCommands } from './plan-needs.commands';
import { OverridePlanNeed, type PlanNeedView } from './plan-needs.dto';
import { PlanNeedQueries } from './plan-needs.queries';

@Controller('applications/:id/plan-need')
@Allow('coordinator', 'services-organiser', 'director')
export class PlanNeedController {
  constructor(
    private readonly commands: PlanNeedCommands,
    private readonly queries: PlanNeedQueries,
  ) {}

  @Get()
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PlanNeedView> {
    return this.queries.get(id, { caller, purpose });
  }

  /** The version is that of the override before, 0 for the first one. */
  @Allow('coordinator')
  @Acts()
  @Post()
  override(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: OverridePlanNeed,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.override(id, version, body, { caller, purpose });
  }
}
