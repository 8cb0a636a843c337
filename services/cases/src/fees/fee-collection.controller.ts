import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { RecordDelivery } from '../decisions/decisions.dto';
import { FeeCollectionCommands } from './fee-collection.commands';
import { DecideOnFee, EnforceFee, type FeeDecided, WaiveFee } from './fee-collection.dto';

/** What becomes of a fee that is not paid (art. 43(2)–(3), 44(2)). */
@Controller('fees/:id')
export class FeeCollectionController {
  constructor(private readonly commands: FeeCollectionCommands) {}

  /** Decides on all that is overdue. */
  @Allow('services-organiser', 'director')
  @Acts()
  @Post('decision')
  decide(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DecideOnFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<FeeDecided> {
    return this.commands.decide(id, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'finance')
  @Acts()
  @Post('decisions/:decisionId/delivery')
  deliver(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() body: RecordDelivery,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.deliver(id, decisionId, version, body, { caller, purpose });
  }

  /** Once the decision can no longer be appealed against, or the appeal has ended without success. */
  @Allow('finance', 'director')
  @Acts()
  @Post('decisions/:decisionId/enforcement')
  enforce(
    @Id() id: string,
    @Id('decisionId') decisionId: string,
    @IfMatch() version: number,
    @Body() { startedOn }: EnforceFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.enforce(id, decisionId, version, startedOn, { caller, purpose });
  }

  /** In justified cases, of somebody who has resigned from the service. */
  @Allow('director')
  @Acts()
  @Post('waiver')
  waive(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: WaiveFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.waive(id, version, body, { caller, purpose });
  }
}
