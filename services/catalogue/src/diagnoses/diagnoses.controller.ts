import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { DiagnosisCommands } from './diagnoses.commands';
import {
  AdoptDiagnosis,
  DiagnosisPage,
  DiagnosisView,
  ListDiagnoses,
  RecordDiagnosisConsultation,
  WithdrawDiagnosis,
} from './diagnoses.dto';
import { DiagnosisQueries } from './diagnoses.queries';
import { DraftDiagnosis } from './diagnosis-content.dto';

@Controller('diagnoses')
@Allow('services-organiser', 'community-organiser', 'director')
export class DiagnosisController {
  constructor(
    private readonly diagnoses: DiagnosisCommands,
    private readonly queries: DiagnosisQueries,
  ) {}

  /** Diagnoses from their adoption on; staff also see drafts. */
  @Public()
  @Get()
  list(@Query() query: ListDiagnoses, @Caller() caller: Principal | undefined): Promise<DiagnosisPage> {
    return this.queries.list(query, caller);
  }

  @Public()
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal | undefined): Promise<DiagnosisView> {
    return this.queries.get(id, caller);
  }

  /** Drafts a diagnosis of needs and potential (art. 21), the first one or the next. */
  @Creates()
  @Post()
  draft(@Body() body: DraftDiagnosis): Promise<Changed> {
    return this.diagnoses.draft(body);
  }

  /** Words a draft anew, before or after its consultation. */
  @Acts()
  @Post(':id/revision')
  revise(@Id() id: string, @IfMatch() version: number, @Body() body: DraftDiagnosis): Promise<Changed> {
    return this.diagnoses.revise(id, version, body);
  }

  /** Records a consultation with the community (art. 21(5)); there may be several. */
  @Acts()
  @Post(':id/consultations')
  consult(@Id() id: string, @IfMatch() version: number, @Body() body: RecordDiagnosisConsultation): Promise<Changed> {
    return this.diagnoses.consult(id, version, body);
  }

  /** Final and public from now on. What was in force of its gminas is superseded by it. */
  @Allow('director')
  @Acts()
  @Post(':id/adoption')
  adopt(@Id() id: string, @IfMatch() version: number, @Body() body: AdoptDiagnosis): Promise<Changed> {
    return this.diagnoses.adopt(id, version, body.adoptedOn);
  }

  /** Gives up a draft. */
  @Acts()
  @Post(':id/withdrawal')
  withdraw(@Id() id: string, @IfMatch() version: number, @Body() body: WithdrawDiagnosis): Promise<Changed> {
    return this.diagnoses.withdraw(id, version, body.reasonCode);
  }
}
