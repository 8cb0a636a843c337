import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { FileAppeal, HandOverAppeal, RecordRuling, ReviewDecision, WithdrawAppeal } from '../decisions/decisions.dto';
import { FeeAppealCommands } from './fee-appeals.commands';

/** Appeals against the decision on an unpaid fee (art. 48). */
@Controller('fees/:id/decisions/:decisionId')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class FeeAppealController {
  constructor(private readonly commands: FeeAppealCommands) {}

  @Acts()
  @Post('appeal')
  file(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() { filedOn, channel }: FileAppeal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.file({ id, decisionId, version, access: { caller, purpose } }, filedOn, channel);
  }

  @Acts()
  @Post('handover')
  handOver(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() { handedOverOn }: HandOverAppeal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.handOver({ id, decisionId, version, access: { caller, purpose } }, handedOverOn);
  }

  /** Grants the whole appeal without the appeal body: what was decided on is overdue as before. */
  @Allow('services-organiser', 'director')
  @Acts()
  @Post('self-review')
  review(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() { authorisationId }: ReviewDecision,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.review({ id, decisionId, version, access: { caller, purpose } }, authorisationId);
  }

  @Acts()
  @Post('ruling')
  rule(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() { ruling, ruledOn }: RecordRuling,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.rule({ id, decisionId, version, access: { caller, purpose } }, ruling, ruledOn);
  }

  @Acts()
  @Post('appeal-withdrawal')
  withdraw(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() { withdrawnOn }: WithdrawAppeal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.withdraw({ id, decisionId, version, access: { caller, purpose } }, withdrawnOn);
  }
}
