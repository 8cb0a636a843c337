import { Controller, Get } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { RecipientView } from './recipients.dto';
import { RecipientQueries } from './recipients.queries';

@Controller('recipients')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class RecipientController {
  constructor(private readonly queries: RecipientQueries) {}

  @Get(':personId')
  get(@Id('personId') personId: string, @Caller() caller: Principal): Promise<RecipientView> {
    return this.queries.get(personId, caller);
  }
}
