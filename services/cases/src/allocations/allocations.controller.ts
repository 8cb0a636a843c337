import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import {
  type AllocationView,
  type CandidateList,
  CandidatesQuery,
  ListAllocations,
  ReferAgain,
  ReferByRule,
  type ReferralList,
  type Referred,
} from './allocations.dto';
import { AllocationQueries } from './allocations.queries';
import { ReferralCommands } from './referrals.commands';

@Controller('allocations')
@Allow('coordinator', 'services-organiser', 'director', 'auditor')
export class AllocationController {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly queries: AllocationQueries,
  ) {}

  @Allow('coordinator')
  @Acts()
  @Post(':id/referral')
  referAgain(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { providerId }: ReferAgain,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Referred> {
    return this.commands.referAgain(id, version, providerId, { caller, purpose });
  }

  /** The rule chooses among those with free places who have not been asked already. */
  @Allow('coordinator')
  @Acts()
  @Post(':id/referral-by-rule')
  referByRule(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { wishedProviderId }: ReferByRule,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Referred> {
    return this.commands.referByRule(id, version, wishedProviderId ?? undefined, { caller, purpose });
  }

  /** Nobody has answered in time: the order lapses, and the next by the rule is asked. The calendar does the same. */
  @Allow('coordinator')
  @Acts()
  @Post(':id/referral-lapse')
  lapse(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Referred> {
    return this.commands.lapse(id, version, { caller, purpose });
  }

  @Get()
  list(@Query() query: ListAllocations, @Caller() caller: Principal): Promise<Page<AllocationView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<AllocationView> {
    return this.queries.get(id, caller);
  }

  @Get(':id/candidates')
  candidates(
    @Id() id: string,
    @Query() { wishedProviderId }: CandidatesQuery,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<CandidateList> {
    return this.queries.candidates(id, wishedProviderId ?? undefined, { caller, purpose });
  }

  /** Every referral so far, with the reasons for the choice and what became of it. */
  @Get(':id/referrals')
  referrals(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ReferralList> {
    return this.queries.referrals(id, { caller, purpose });
  }
}
