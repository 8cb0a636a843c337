import { Body, Controller, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { RestrictionCommands } from './restrictions.commands';
import { LiftRestriction, type Restricted, type RestrictionInForce, RestrictPerson } from './restrictions.dto';
import { RestrictionQueries } from './restrictions.queries';

@Controller('persons/:id')
@Allow('services-organiser', 'director')
export class RestrictionController {
  constructor(
    private readonly commands: RestrictionCommands,
    private readonly queries: RestrictionQueries,
  ) {}

  /** What a restriction that is in force does, and what goes on in spite of it. */
  @Allow('services-organiser', 'director', 'auditor')
  @Get('restriction')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<RestrictionInForce> {
    return this.queries.of(id, { caller, purpose });
  }

  @Acts()
  @Post('restriction')
  restrict(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RestrictPerson,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Restricted> {
    return this.commands.restrict(id, version, body.ground, { caller, purpose });
  }

  @Acts()
  @Post('restriction-lifting')
  lift(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: LiftRestriction,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.lift(id, version, body.reasonCode, { caller, purpose });
  }
}
