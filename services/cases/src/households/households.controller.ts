import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { HouseholdCommands } from './households.commands';
import {
  FindHouseholds,
  FormHousehold,
  HouseholdMember,
  type Households,
  type HouseholdView,
  LeaveHousehold,
} from './households.dto';
import { HouseholdQueries } from './households.queries';

@Controller('households')
@Allow('desk', 'coordinator')
export class HouseholdController {
  constructor(
    private readonly commands: HouseholdCommands,
    private readonly queries: HouseholdQueries,
  ) {}

  @Creates()
  @Post()
  form(@Body() body: FormHousehold, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.form(body.members, { caller, purpose });
  }

  @Acts()
  @Post(':id/members')
  join(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: HouseholdMember,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.join(id, version, body, { caller, purpose });
  }

  @Acts()
  @Post(':id/leavings')
  leave(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { personId, to }: LeaveHousehold,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.leave(id, version, personId, to, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get()
  find(
    @Query() { personId }: FindHouseholds,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Households> {
    return this.queries.ofPerson(personId, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<HouseholdView> {
    return this.queries.get(id, { caller, purpose });
  }
}
