import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { LegalHoldCommands } from './legal-holds.commands';
import { EndHold, type HoldView, ListHolds, PlaceHold } from './legal-holds.dto';
import { LegalHoldQueries } from './legal-holds.queries';

/** What keeps the file of a person beyond its period. */
@Controller('legal-holds')
@Allow('services-organiser', 'director')
export class LegalHoldController {
  constructor(
    private readonly commands: LegalHoldCommands,
    private readonly queries: LegalHoldQueries,
  ) {}

  @Creates()
  @Post()
  place(@Body() body: PlaceHold, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.place(body, { caller, purpose });
  }

  @Acts()
  @Post(':id/end')
  end(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: EndHold,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.end(id, version, reasonCode, { caller, purpose });
  }

  @Allow('services-organiser', 'director', 'auditor')
  @Get()
  list(@Query() query: ListHolds, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Page<HoldView>> {
    return this.queries.list(query, { caller, purpose });
  }

  @Allow('services-organiser', 'director', 'auditor')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<HoldView> {
    return this.queries.get(id, { caller, purpose });
  }
}
