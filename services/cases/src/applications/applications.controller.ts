import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { ApplicationCommands } from './applications.commands';
import {
  type ApplicationDetails,
  type ApplicationFiled,
  type ApplicationView,
  FileApplication,
  ListApplications,
} from './applications.dto';
import { ApplicationQueries } from './applications.queries';
import { type StatementClause, statementClauses } from './statement-clauses';

@Controller()
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
export class ApplicationController {
  constructor(
    private readonly commands: ApplicationCommands,
    private readonly queries: ApplicationQueries,
  ) {}

  @Allow('desk', 'coordinator')
  @Creates()
  @Post('applications')
  file(
    @Body() body: FileApplication,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<ApplicationFiled> {
    return this.commands.file(body, { caller, purpose });
  }

  @Get('applications')
  list(@Query() query: ListApplications, @Caller() caller: Principal): Promise<Page<ApplicationView>> {
    return this.queries.list(query, caller);
  }

  @Get('applications/:id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ApplicationDetails> {
    return this.queries.get(id, { caller, purpose });
  }

  @Get('statement-clauses')
  clauses(): { items: readonly StatementClause[] } {
    return { items: statementClauses };
  }
}
