import { Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { ApplicationItemCommands } from './application-items.commands';

@Controller('applications/:id/items/:itemId')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class ApplicationItemController {
  constructor(private readonly commands: ApplicationItemCommands) {}

  @Acts()
  @Post('withdrawal')
  withdraw(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.withdraw(id, itemId, version, { caller, purpose });
  }
}
