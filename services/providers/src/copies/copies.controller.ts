import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { CopyPerson, type PersonCopyView } from './copies.dto';
import { CopyQueries } from './copies.queries';

@Controller('persons/:id')
export class CopyController {
  constructor(private readonly queries: CopyQueries) {}

  /** Everything that is held about the person, to be handed to them (GDPR art. 15). In the access log it is an EXPORT. */
  @Allow('desk', 'director')
  @HttpCode(200)
  @Post('copy')
  copy(@Id() id: string, @Body() body: CopyPerson, @Caller() caller: Principal): Promise<PersonCopyView> {
    return this.queries.of(id, body, caller);
  }
}
