import { Controller, Get } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { PersonCopyView } from './person-copy.dto';
import { PersonCopyQueries } from './person-copy.queries';

@Controller('persons/:id')
export class PersonCopyController {
  constructor(private readonly queries: PersonCopyQueries) {}

  /** Everything that is held about the person, to be handed to them (GDPR art. 15). In the access log it is an EXPORT. */
  @Allow('desk', 'director')
  @Get('copy')
  copy(@Id() id: string, @Caller() caller: Principal): Promise<PersonCopyView> {
    return this.queries.of(id, caller);
  }
}
