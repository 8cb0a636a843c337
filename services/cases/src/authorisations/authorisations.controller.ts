import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { AuthorisationCommands } from './authorisations.commands';
import { type AuthorisationView, GrantAuthorisation, ListAuthorisations } from './authorisations.dto';
import { AuthorisationQueries } from './authorisations.queries';

@Controller('authorisations')
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'operator', 'auditor')
export class AuthorisationController {
  constructor(
    private readonly commands: AuthorisationCommands,
    private readonly queries: AuthorisationQueries,
  ) {}

  @Allow('director', 'operator')
  @Creates()
  @Post()
  grant(@Body() body: GrantAuthorisation, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.grant(body, caller);
  }

  @Allow('director', 'operator')
  @Acts()
  @Post(':id/revocation')
  revoke(@Id() id: string, @IfMatch() version: number): Promise<Changed> {
    return this.commands.revoke(id, version);
  }

  @Get()
  list(@Query() query: ListAuthorisations, @Caller() caller: Principal): Promise<Page<AuthorisationView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<AuthorisationView> {
    return this.queries.get(id, caller);
  }
}
