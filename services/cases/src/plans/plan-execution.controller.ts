import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PlanExecutionCommands } from './plan-execution.commands';
import { ApprovePlan, EndPlan, type PlanApproved, ReassignCoordinator, ReturnPlan } from './plans.dto';

@Controller('plans/:id')
@Allow('services-organiser', 'director')
export class PlanExecutionController {
  constructor(private readonly commands: PlanExecutionCommands) {}

  @Acts()
  @Post('return')
  return(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReturnPlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.return(id, version, body.reasonCode, { caller, purpose });
  }

  @Acts()
  @Post('approval')
  approve(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ApprovePlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PlanApproved> {
    return this.commands.approve(id, version, body.authorisationId, { caller, purpose });
  }

  /** Another coordinator sees to the plan, and to its clocks, from now on. */
  @Acts()
  @Post('coordinator')
  reassign(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReassignCoordinator,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.reassign(id, version, body, { caller, purpose });
  }

  @Allow('coordinator')
  @Acts()
  @Post('end')
  end(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: EndPlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.end(id, version, body.reason, { caller, purpose });
  }
}
