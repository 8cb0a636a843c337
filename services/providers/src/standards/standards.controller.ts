import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { StandardCommands } from './standards.commands';
import { ApproveStandard, DraftStandard, ListStandards, StandardContentDto, StandardView } from './standards.dto';
import { StandardQueries } from './standards.queries';

@Controller('standards')
@Allow(...staff, 'provider')
export class StandardController {
  constructor(
    private readonly commands: StandardCommands,
    private readonly queries: StandardQueries,
  ) {}

  /** What a service is held to, where no law says it, or as the law says it (art. 13(1)(7)). */
  @Post()
  @Creates()
  @Allow('services-organiser')
  draft(@Body() body: DraftStandard, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.draft(body, caller);
  }

  /** The draft as it should be, whole. */
  @Post(':id/draft')
  @Acts()
  @Allow('services-organiser')
  redraft(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: StandardContentDto,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.redraft(id, version, body, caller);
  }

  /** The director approves what another has drafted (art. 24(2)(2)). */
  @Post(':id/approval')
  @Acts()
  @Allow('director')
  approve(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { from }: ApproveStandard,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.approve(id, version, from, caller);
  }

  /** A provider sees the approved ones of services that it performs. */
  @Get()
  list(@Query() query: ListStandards, @Caller() caller: Principal): Promise<Page<StandardView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<StandardView> {
    return this.queries.get(id, caller);
  }
}
