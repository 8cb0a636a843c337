import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PersonEndingCommands } from './person-endings.commands';
import { CorrectRecord, type PersonEnding, RecordDeath, RecordDeparture } from './person-endings.dto';

@Controller('persons/:id')
@Allow('coordinator', 'services-organiser', 'director')
export class PersonEndingController {
  constructor(private readonly commands: PersonEndingCommands) {}

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('death')
  die(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordDeath,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonEnding> {
    return this.commands.recordDeath(id, version, body, { caller, purpose });
  }

  @Acts()
  @Post('death-correction')
  correctDeath(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CorrectRecord,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonEnding> {
    return this.commands.correctDeath(id, version, body.reasonCode, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('departure')
  depart(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordDeparture,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonEnding> {
    return this.commands.recordDeparture(id, version, body, { caller, purpose });
  }

  @Acts()
  @Post('departure-correction')
  correctDeparture(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CorrectRecord,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonEnding> {
    return this.commands.correctDeparture(id, version, body.reasonCode, { caller, purpose });
  }
}
