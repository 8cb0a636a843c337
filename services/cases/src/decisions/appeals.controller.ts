import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { AppealCommands } from './appeals.commands';
import { FileAppeal, HandOverAppeal, RecordRuling, ReviewDecision, WithdrawAppeal } from './decisions.dto';

@Controller('decisions/:id')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class AppealController {
  constructor(private readonly commands: AppealCommands) {}

  @Acts()
  @Post('appeal')
  file(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { filedOn, channel }: FileAppeal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.file(id, version, filedOn, channel, { caller, purpose });
  }

  @Acts()
  @Post('handover')
  handOver(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { handedOverOn }: HandOverAppeal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.handOver(id, version, handedOverOn, { caller, purpose });
  }

  /** Grants the whole appeal without the appeal body, and qualifies in the same act. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('self-review')
  review(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { authorisationId }: ReviewDecision,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.review(id, version, authorisationId, { caller, purpose });
  }

  @Acts()
  @Post('ruling')
  rule(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { ruling, ruledOn }: RecordRuling,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.rule(id, version, ruling, ruledOn, { caller, purpose });
  }

  @Acts()
  @Post('appeal-withdrawal')
  withdraw(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { withdrawnOn }: WithdrawAppeal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.withdraw(id, version, withdrawnOn, { caller, purpose });
  }
}
