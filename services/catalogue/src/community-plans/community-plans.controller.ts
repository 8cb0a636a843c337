import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { CommunityPlanCommands } from './community-plans.commands';
import {
  AdoptCommunityPlan,
  CloseCommunityPlan,
  CommunityPlanPage,
  CommunityPlanView,
  DraftCommunityPlan,
  ListCommunityPlans,
  WithdrawCommunityPlan,
} from './community-plans.dto';
import { CommunityPlanQueries } from './community-plans.queries';

/** The Act leaves open who adopts the plan; the community organiser writes and runs it (art. 32). */
@Controller('community-plans')
@Allow('community-organiser', 'director')
export class CommunityPlanController {
  constructor(
    private readonly plans: CommunityPlanCommands,
    private readonly queries: CommunityPlanQueries,
  ) {}

  /** Plans from their adoption on; staff also see drafts. */
  @Public()
  @Get()
  list(@Query() query: ListCommunityPlans, @Caller() caller: Principal | undefined): Promise<CommunityPlanPage> {
    return this.queries.list(query, caller);
  }

  @Public()
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal | undefined): Promise<CommunityPlanView> {
    return this.queries.get(id, caller);
  }

  /** Drafts a plan of organising the local community (art. 20). */
  @Creates()
  @Post()
  draft(@Body() body: DraftCommunityPlan): Promise<Changed> {
    return this.plans.draft(body);
  }

  /** Words a draft anew. */
  @Acts()
  @Post(':id/revision')
  revise(@Id() id: string, @IfMatch() version: number, @Body() body: DraftCommunityPlan): Promise<Changed> {
    return this.plans.revise(id, version, body);
  }

  /** Public from now on; its activities are listed while its period lasts. */
  @Acts()
  @Post(':id/adoption')
  adopt(@Id() id: string, @IfMatch() version: number, @Body() body: AdoptCommunityPlan): Promise<Changed> {
    return this.plans.adopt(id, version, body.adoptedOn);
  }

  /** Changes an adopted plan on a material change (art. 20); its gminas and its first day stay. */
  @Acts()
  @Post(':id/update')
  update(@Id() id: string, @IfMatch() version: number, @Body() body: DraftCommunityPlan): Promise<Changed> {
    return this.plans.update(id, version, body);
  }

  /** Ends the plan with its evaluation. */
  @Acts()
  @Post(':id/closing')
  close(@Id() id: string, @IfMatch() version: number, @Body() body: CloseCommunityPlan): Promise<Changed> {
    return this.plans.close(id, version, body);
  }

  /** Gives up a draft. */
  @Acts()
  @Post(':id/withdrawal')
  withdraw(@Id() id: string, @IfMatch() version: number, @Body() body: WithdrawCommunityPlan): Promise<Changed> {
    return this.plans.withdraw(id, version, body.reasonCode);
  }
}
