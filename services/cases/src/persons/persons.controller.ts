import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { PersonCommands } from './persons.commands';
import { ContactBody, type PersonsFound, type PersonView, RegisterPerson, SearchPersons } from './persons.dto';
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
  register(@Body() body: RegisterPerson, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.register(body, { caller, purpose });
  }

  @HttpCode(200)
  @Post('search')
  search(@Body() body: SearchPersons, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PersonsFound> {
    return this.queries.byPesel(body.pesel, { caller, purpose });
  }

  @Acts()
  @Post(':id/contact')
  changeContact(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ContactBody,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.changeContact(id, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PersonView> {
    return this.queries.get(id, { caller, purpose });
  }
}
