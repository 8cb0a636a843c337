import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { EvaluationView, TryCriteria } from './criteria.dto';
import { AssessmentView, TryFee } from './fee.dto';
import { ProgrammeTrials } from './programme-trials.queries';
import { ProgrammeCommands } from './programmes.commands';
import {
  AdoptProgramme,
  DraftProgramme,
  EditionList,
  EndProgramme,
  ListProgrammes,
  ProgrammeConflictList,
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
    private readonly trials: ProgrammeTrials,
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

  /** All editions, oldest first; what has not been adopted is shown to staff only. */
  @Public()
  @Get(':id/editions')
  editions(@Id() id: string, @Caller() caller: Principal | undefined): Promise<EditionList> {
    return this.queries.editions(id, caller);
  }

  /** Where it and other programmes of the gmina, valid at the same time, say different things of one service (art. 5(4)). */
  @Get(':id/conflicts')
  conflicts(@Id() id: string, @Caller() caller: Principal | undefined): Promise<ProgrammeConflictList> {
    return this.queries.conflicts(id, caller);
  }

  /** Would such a person qualify? Explains condition by condition, keeps nothing and promises nothing. */
  @Public()
  @Acts()
  @Post(':id/criteria/trial')
  tryCriteria(
    @Id() id: string,
    @Body() body: TryCriteria,
    @Caller() caller: Principal | undefined,
  ): Promise<EvaluationView> {
    return this.trials.criteria(id, body, caller);
  }

  /** What would such a person pay, after reliefs? Explains step by step, keeps nothing and sets no fee. */
  @Public()
  @Acts()
  @Post(':id/fee/trial')
  tryFee(@Id() id: string, @Body() body: TryFee, @Caller() caller: Principal | undefined): Promise<AssessmentView> {
    return this.trials.fee(id, body, caller);
  }

  /** Drafts a programme with the elements of art. 5(3). */
  @Creates()
  @Post()
  draft(@Body() body: DraftProgramme): Promise<Changed> {
    return this.programmes.draft(body);
  }

  /**
   * Begins an amendment: another resolution, and another edition beside the one in force. Consultation, adoption and publication are then
   * recorded of it. Cases keep the edition they were qualified under.
   */
  @Acts()
  @Post(':id/amendment')
  amend(@Id() id: string, @IfMatch() version: number, @Body() body: DraftProgramme): Promise<Changed> {
    return this.programmes.amend(id, version, body);
  }

  @Acts()
  @Post(':id/amendment/withdrawal')
  withdrawAmendment(@Id() id: string, @IfMatch() version: number): Promise<Changed> {
    return this.programmes.withdrawAmendment(id, version);
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

  /** Enters into force on its day by itself, and at once when that has come already. */
  @Acts()
  @Post(':id/journal-publication')
  publish(@Id() id: string, @IfMatch() version: number, @Body() body: PublishProgramme): Promise<Changed> {
    return this.programmes.publish(id, version, body);
  }

  /** On the day of repeal; the last day of its period needs no act. */
  @Acts()
  @Post(':id/end')
  end(@Id() id: string, @IfMatch() version: number, @Body() body: EndProgramme): Promise<Changed> {
    return this.programmes.end(id, version, body.endedOn);
  }
}
