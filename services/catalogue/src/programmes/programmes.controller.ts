import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { ProgrammeCommands } from './programmes.commands';
import {
  AdoptProgramme,
  DraftProgramme,
  EndProgramme,
  ListProgrammes,
  ProgrammePage,
  ProgrammeView,
  PublishProgramme,
  RecordConsultation,
} from './programmes.dto';
import { ProgrammeQueries } from './programmes.queries';

@Controller('programmes')
@Allow('services-organiser', 'director')
export class ProgrammeController {
  constructor(
    private readonly programmes: ProgrammeCommands,
    private readonly queries: ProgrammeQueries,
  ) {}

  /** Programmes from their adoption on; staff also see drafts. */
  @Public()
  @Get()
  list(@Query() query: ListProgrammes, @Caller() caller: Principal | undefined): Promise<ProgrammePage> {
    return this.queries.list(query, caller);
  }

  @Public()
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal | undefined): Promise<ProgrammeView> {
    return this.queries.get(id, caller);
  }

  /** Drafts a programme with the elements of art. 5(3). */
  @Creates()
  @Post()
  draft(@Body() body: DraftProgramme): Promise<Changed> {
    return this.programmes.draft(body);
  }

  /** Records that the draft has been consulted with the community; customary, not mandatory. */
  @Acts()
  @Post(':id/consultation')
  consult(@Id() id: string, @IfMatch() version: number, @Body() body: RecordConsultation): Promise<Changed> {
    return this.programmes.consult(id, version, body);
  }

  /** Records the council's resolution (art. 4). Refused until all twelve elements are there. */
  @Acts()
  @Post(':id/adoption')
  adopt(@Id() id: string, @IfMatch() version: number, @Body() body: AdoptProgramme): Promise<Changed> {
    return this.programmes.adopt(id, version, body);
  }

  @Acts()
  @Post(':id/journal-publication')
  publish(@Id() id: string, @IfMatch() version: number, @Body() body: PublishProgramme): Promise<Changed> {
    return this.programmes.publish(id, version, body);
  }

  @Acts()
  @Post(':id/entry-into-force')
  enterIntoForce(@Id() id: string, @IfMatch() version: number): Promise<Changed> {
    return this.programmes.enterIntoForce(id, version);
  }

  /** After its last day, or on the day of repeal. */
  @Acts()
  @Post(':id/end')
  end(@Id() id: string, @IfMatch() version: number, @Body() body: EndProgramme): Promise<Changed> {
    return this.programmes.end(id, version, body.endedOn);
  }
}
