import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { GrantCommands } from './grants.commands';
import { GiveGrant, type GrantView, ListGrants } from './grants.dto';
import { GrantQueries } from './grants.queries';

@Controller('grants')
export class GrantController {
  constructor(
    private readonly grants: GrantCommands,
    private readonly queries: GrantQueries,
  ) {}

  @Get()
  @Allow('director', 'operator', 'auditor')
  list(@Query() query: ListGrants): Promise<Page<GrantView>> {
    return this.queries.list(query);
  }

  @Post()
  @Creates()
  @Allow('director', 'operator')
  give(@Body() terms: GiveGrant, @Caller() caller: Principal): Promise<Changed> {
    return this.grants.give(terms, caller);
  }

  @Post(':id/revocation')
  @Acts()
  @Allow('director', 'operator')
  revoke(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.grants.revoke(id, version, caller);
  }
}
