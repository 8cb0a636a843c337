import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { RestrictionCommands } from './restrictions.commands';
import { LiftRestriction, RestrictPerson } from './restrictions.dto';

@Controller('persons/:id')
@Allow('services-organiser', 'director')
export class RestrictionController {
  constructor(private readonly commands: RestrictionCommands) {}

  @Acts()
  @Post('restriction')
  restrict(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RestrictPerson,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
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
