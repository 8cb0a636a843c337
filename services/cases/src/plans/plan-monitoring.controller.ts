import { Body, Controller, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PlanMonitoringCommands } from './plan-monitoring.commands';
import { ClosePlan, type ContactView, HoldClosingTalk, RecordContact } from './plans.dto';
import { PlanQueries } from './plans.queries';

@Controller('plans/:id')
@Allow('coordinator')
export class PlanMonitoringController {
  constructor(
    private readonly commands: PlanMonitoringCommands,
    private readonly queries: PlanQueries,
  ) {}

  @Acts()
  @Post('contacts')
  recordContact(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordContact,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.recordContact(id, version, body, body.note, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser', 'director')
  @Get('contacts')
  contacts(
    @Id() id: string,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<{ items: ContactView[] }> {
    return this.queries.contacts(id, { caller, purpose });
  }

  @Acts()
  @Post('closing-talk')
  holdClosingTalk(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: HoldClosingTalk,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.holdClosingTalk(id, version, body, body.note, { caller, purpose });
  }

  @Acts()
  @Post('closure')
  close(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ClosePlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.close(id, version, body.description, { caller, purpose });
  }
}
