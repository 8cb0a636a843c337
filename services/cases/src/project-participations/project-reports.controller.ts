import { Controller, Get, Header, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { participantsCsv } from './participants-csv';
import { AskForProjectFigures, type ParticipantsExport, type ProjectFigures } from './project-reports.dto';
import { ProjectReportQueries } from './project-reports.queries';

@Controller('projects')
@Allow('finance', 'services-organiser')
export class ProjectReportController {
  constructor(private readonly queries: ProjectReportQueries) {}

  /** Persons by indicator. For a reader of another unit what could tell of a few of them is withheld. */
  @Allow('coordinator', 'services-organiser', 'director', 'finance', 'auditor')
  @Get(':id/figures')
  figures(
    @Id() id: string,
    @Query() query: AskForProjectFigures,
    @Caller() caller: Principal,
  ): Promise<ProjectFigures> {
    return this.queries.figures(id, query, caller);
  }

  /** Each participant for the system of the funds. Whose data go out is in the access log, as EXPORT. */
  @Get(':id/participants')
  participants(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ParticipantsExport> {
    return this.queries.participants(id, { caller, purpose });
  }

  /** The same as a table. */
  @Get(':id/participants.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  async csv(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<string> {
    return participantsCsv(await this.queries.participants(id, { caller, purpose }));
  }
}
