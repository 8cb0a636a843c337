import { Body, Controller, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { DecisionCommands } from './decisions.commands';
import { type DecisionView, type ItemRefused, RecordDelivery, RefuseItem } from './decisions.dto';
import { DecisionQueries } from './decisions.queries';

@Controller()
@Allow('coordinator', 'services-organiser', 'director')
export class DecisionController {
  constructor(
    private readonly commands: DecisionCommands,
    private readonly queries: DecisionQueries,
  ) {}

  @Acts()
  @Post('applications/:id/items/:itemId/refusal')
  refuse(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Body() body: RefuseItem,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<ItemRefused> {
    return this.commands.refuse('REFUSAL', id, itemId, version, body, { caller, purpose });
  }

  /** Refuses the rest of what was granted in part. */
  @Acts()
  @Post('applications/:id/items/:itemId/part-refusal')
  refuseRest(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Body() body: RefuseItem,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<ItemRefused> {
    return this.commands.refuse('PART_REFUSAL', id, itemId, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('decisions/:id/delivery')
  deliver(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordDelivery,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.deliver(id, version, body, { caller, purpose });
  }

  @Get('decisions/:id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<DecisionView> {
    return this.queries.get(id, { caller, purpose });
  }
}
