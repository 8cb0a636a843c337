import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Body, Controller, Post } from '@nestjs/common';
import { Purpose } from '../access/purpose.decorator';
import { PerformerProofCommands } from './performer-proofs.commands';
import { RecordConditions, RecordQualification } from './performers.dto';

@Controller('performers/:id')
@Allow('provider', 'services-organiser')
export class PerformerProofController {
  constructor(private readonly commands: PerformerProofCommands) {}

  /** What the performer has learnt, with its validity (art. 2(3)). */
  @Post('qualifications')
  @Acts()
  recordQualification(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordQualification,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.recordQualification(id, version, body, { caller, purpose });
  }

  /** What the law asks of a volunteer or neighbour is met. That the recipient and the organiser accept a neighbour, the centre says. */
  @Post('conditions')
  @Acts()
  @Allow('provider', 'coordinator', 'services-organiser')
  recordConditions(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordConditions,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.recordConditions(id, version, body, { caller, purpose });
  }

  /** A qualification or condition counts no more. */
  @Post('proofs/:proofId/withdrawal')
  @Acts()
  @Allow('provider', 'coordinator', 'services-organiser')
  withdraw(
    @Id() id: string,
    @Id('proofId') proofId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.withdraw(id, proofId, version, { caller, purpose });
  }
}
