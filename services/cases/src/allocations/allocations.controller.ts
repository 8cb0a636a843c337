import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { AllocationCommands } from './allocations.commands';
import { type AllocationView, ListAllocations, ReferAgain } from './allocations.dto';
import { AllocationQueries } from './allocations.queries';

@Controller('allocations')
@Allow('coordinator', 'services-organiser', 'director', 'auditor')
export class AllocationController {
  constructor(
    private readonly commands: AllocationCommands,
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
  ): Promise<Changed> {
    return this.commands.referAgain(id, version, providerId, { caller, purpose });
  }

  @Get()
  list(@Query() query: ListAllocations, @Caller() caller: Principal): Promise<Page<AllocationView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<AllocationView> {
    return this.queries.get(id, caller);
  }
}
