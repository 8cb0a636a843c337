import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { FindingCommands } from './findings.commands';
import { FindingView, ListFindings, ReopenFinding, ReportRemedy } from './inspections.dto';
import { InspectionQueries } from './inspections.queries';

@Controller('findings')
@Allow('services-organiser')
export class FindingController {
  constructor(
    private readonly commands: FindingCommands,
    private readonly queries: InspectionQueries,
  ) {}

  @Get()
  @Allow(...staff, 'provider')
  list(@Query() query: ListFindings, @Caller() caller: Principal): Promise<Page<FindingView>> {
    return this.queries.listFindings(query, caller);
  }

  @Get(':id')
  @Allow(...staff, 'provider')
  get(@Id() id: string, @Caller() caller: Principal): Promise<FindingView> {
    return this.queries.getFinding(id, caller);
  }

  /** The provider says that it is remedied; the organiser where the provider has written a letter. */
  @Post(':id/remedy')
  @Acts()
  @Allow('provider', 'services-organiser')
  reportRemedy(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { remedy }: ReportRemedy,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.reportRemedy(id, version, remedy, caller);
  }

  /** It is remedied. */
  @Post(':id/confirmation')
  @Acts()
  confirm(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.confirm(id, version, caller);
  }

  /** It is not, and there is another term. */
  @Post(':id/reopening')
  @Acts()
  reopen(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReopenFinding,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.reopen(id, version, body, caller);
  }
}
