import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PersonCommands } from './persons.commands';
import {
  CorrectIdentity,
  type PersonRegistered,
  type PersonsFound,
  type PersonView,
  type PossibleDuplicates,
  RegisterPerson,
  SearchPersons,
} from './persons.dto';
import { PersonQueries } from './persons.queries';

@Controller('persons')
@Allow('desk', 'coordinator')
export class PersonController {
  constructor(
    private readonly commands: PersonCommands,
    private readonly queries: PersonQueries,
  ) {}

  @Creates()
  @Post()
  register(
    @Body() body: RegisterPerson,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PersonRegistered> {
    return this.commands.register(body, { caller, purpose });
  }

  @HttpCode(200)
  @Post('duplicates')
  duplicates(
    @Body() body: RegisterPerson,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PossibleDuplicates> {
    return this.queries.duplicatesOf(body, { caller, purpose });
  }

  @HttpCode(200)
  @Post('search')
  search(@Body() body: SearchPersons, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PersonsFound> {
    const access = { caller, purpose };
    return body.pesel === undefined ? this.queries.byName(body, access) : this.queries.byPesel(body.pesel, access);
  }

  @Acts()
  @Post(':id/identity')
  correctIdentity(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CorrectIdentity,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.correctIdentity(id, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PersonView> {
    return this.queries.get(id, { caller, purpose });
  }
}
