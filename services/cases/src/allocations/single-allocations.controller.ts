import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Creates, Id } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { AllocateSingly, type Referred } from './allocations.dto';
import { SingleAllocationCommands } from './single-allocations.commands';

@Controller('applications/:id/items/:itemId')
@Allow('coordinator')
export class SingleAllocationController {
  constructor(private readonly commands: SingleAllocationCommands) {}

  /** A service that the person is qualified for, and that is in no plan, is referred to a provider. */
  @Creates()
  @Post('allocation')
  allocate(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Body() body: AllocateSingly,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Referred> {
    return this.commands.allocate(id, itemId, body, { caller, purpose });
  }
}
