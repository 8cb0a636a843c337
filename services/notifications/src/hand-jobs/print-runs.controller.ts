import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { BeginPrintRun, ConfirmPrintRun, type PrintRunView } from './hand-jobs.dto';
import { HandJobQueries } from './hand-jobs.queries';
import { PrintRunCommands } from './print-runs.commands';

@Controller('print-runs')
@Allow('desk', 'coordinator', 'services-organiser')
export class PrintRunController {
  constructor(
    private readonly runs: PrintRunCommands,
    private readonly queries: HandJobQueries,
  ) {}

  /** Takes the letters that have waited longest, to print them. Those that are not confirmed in time wait again. */
  @Post()
  @Creates()
  begin(@Body() { most }: BeginPrintRun, @Caller() caller: Principal): Promise<Changed> {
    return this.runs.begin(most, caller);
  }

  @Get(':id')
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  get(@Id() id: string): Promise<PrintRunView> {
    return this.queries.run(id);
  }

  /** All letters as one PDF (PDF/UA), each on sheets of its own, with the address where the window of an envelope is. For whoever took them. */
  @Get(':id/content')
  @Header('Content-Type', 'application/pdf')
  @Header('Cache-Control', 'no-store')
  content(@Id() id: string, @Caller() caller: Principal): Promise<Buffer> {
    return this.queries.runContent(id, caller);
  }

  /** The letters were posted; what needs proof with the number of its registered letter. */
  @Post(':id/confirmation')
  @Acts()
  confirm(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ConfirmPrintRun,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.runs.confirm(id, version, body, caller);
  }
}
