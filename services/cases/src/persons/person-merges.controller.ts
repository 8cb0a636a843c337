import { Body, Controller, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PersonMergeCommands } from './person-merges.commands';
import { MergePerson, type PersonMergeChanged, type PersonMerges, ReverseMerge } from './person-merges.dto';
import { PersonMergeQueries } from './person-merges.queries';

@Controller('persons/:id')
@Allow('services-organiser', 'director')
export class PersonMergeController {
  constructor(
    private readonly commands: PersonMergeCommands,
    private readonly queries: PersonMergeQueries,
  ) {}

  @Acts()
  @Post('merge')
  merge(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: MergePerson,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonMergeChanged> {
    return this.commands.merge(id, version, body, { caller, purpose });
  }

  @Acts()
  @Post('merge-reversal')
  reverse(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReverseMerge,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonMergeChanged> {
    return this.commands.reverse(id, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  @Get('merges')
  merges(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PersonMerges> {
    return this.queries.of(id, { caller, purpose });
  }
}
