import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { ExternalCaseCommands } from './external-cases.commands';
import {
  type ExternalCases,
  type ExternalCaseView,
  ListExternalCases,
  RegisterExternalCase,
  UpdateExternalCase,
} from './external-cases.dto';
import { ExternalCaseQueries } from './external-cases.queries';

/** References to cases that other systems decide, as those of social assistance (art. 19). No benefit is kept here. */
@Controller('external-cases')
@Allow('desk', 'coordinator')
export class ExternalCaseController {
  constructor(
    private readonly commands: ExternalCaseCommands,
    private readonly queries: ExternalCaseQueries,
  ) {}

  @Creates()
  @Post()
  register(
    @Body() body: RegisterExternalCase,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.register(body, { caller, purpose });
  }

  @Acts()
  @Post(':id/update')
  update(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: UpdateExternalCase,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.update(id, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get()
  ofPerson(
    @Query() { personId }: ListExternalCases,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<ExternalCases> {
    return this.queries.ofPerson(personId, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ExternalCaseView> {
    return this.queries.get(id, { caller, purpose });
  }
}
