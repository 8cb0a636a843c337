import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { staff } from '../provider-account';
import { AgreementStandardCommands } from './agreement-standards.commands';
import { NamedStandardsView, NameStandard } from './standards.dto';
import { StandardQueries } from './standards.queries';

@Controller('agreements/:id/standards')
@Allow(...staff, 'provider')
export class AgreementStandardController {
  constructor(
    private readonly commands: AgreementStandardCommands,
    private readonly queries: StandardQueries,
  ) {}

  /** The edition that a service of the agreement is held to, also when a later one begins. */
  @Post()
  @Acts()
  @Allow('services-organiser', 'director')
  name(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { standardId }: NameStandard,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.name(id, version, standardId, caller);
  }

  @Get()
  list(@Id() id: string, @Caller() caller: Principal): Promise<NamedStandardsView> {
    return this.queries.named(id, caller);
  }
}
