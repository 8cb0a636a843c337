import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { InspectionCommands } from './inspections.commands';
import {
  CancelInspection,
  CarryOutInspection,
  ChecklistQuery,
  ChecklistView,
  InspectionView,
  ListInspections,
  PlanInspection,
  ReportInspection,
} from './inspections.dto';
import { InspectionQueries } from './inspections.queries';

@Controller('inspections')
@Allow('services-organiser')
export class InspectionController {
  constructor(
    private readonly commands: InspectionCommands,
    private readonly queries: InspectionQueries,
  ) {}

  /** The centre will look whether a provider keeps to the standards (art. 13(1)(7)). */
  @Post()
  @Creates()
  plan(@Body() body: PlanInspection, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.plan(body, caller);
  }

  /** What was seen, criterion by criterion. */
  @Post(':id/results')
  @Acts()
  carryOut(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CarryOutInspection,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.carryOut(id, version, body, caller);
  }

  /** What follows from it, with all findings. */
  @Post(':id/report')
  @Acts()
  report(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReportInspection,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.report(id, version, body, caller);
  }

  @Post(':id/cancellation')
  @Acts()
  @Allow('services-organiser', 'director')
  cancel(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: CancelInspection,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.cancel(id, version, reasonCode, caller);
  }

  /** A provider sees its own: those that are announced, and those that have taken place. */
  @Get()
  @Allow(...staff, 'provider')
  list(@Query() query: ListInspections, @Caller() caller: Principal): Promise<Page<InspectionView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  @Allow(...staff, 'provider')
  get(@Id() id: string, @Caller() caller: Principal): Promise<InspectionView> {
    return this.queries.get(id, caller);
  }

  /** What is looked at: the standards that count on that day. */
  @Get(':id/checklist')
  @Allow(...staff)
  checklist(@Id() id: string, @Query() { on }: ChecklistQuery, @Caller() caller: Principal): Promise<ChecklistView> {
    return this.queries.checklist(id, on, caller);
  }
}
