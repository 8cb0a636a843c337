import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { ProjectCommands } from './projects.commands';
import { ListProjects, type ProjectSummary, type ProjectView, RecordProject, ReviseProject } from './projects.dto';
import { ProjectQueries } from './projects.queries';

/** Projects co-financed by the EU, as data of the office. */
@Controller('projects')
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'finance', 'auditor')
export class ProjectController {
  constructor(
    private readonly commands: ProjectCommands,
    private readonly queries: ProjectQueries,
  ) {}

  @Allow('services-organiser', 'director')
  @Creates()
  @Post()
  record(@Body() body: RecordProject): Promise<Changed> {
    return this.commands.record(body);
  }

  /** All of it as it should stand. Indicators may be added and ended, never altered or left out. */
  @Allow('services-organiser', 'director')
  @Acts()
  @Post(':id/revision')
  revise(@Id() id: string, @IfMatch() version: number, @Body() body: ReviseProject): Promise<Changed> {
    return this.commands.revise(id, version, body);
  }

  @Get()
  list(@Query() query: ListProjects): Promise<Page<ProjectSummary>> {
    return this.queries.list(query);
  }

  @Get(':id')
  get(@Id() id: string): Promise<ProjectView> {
    return this.queries.get(id);
  }
}
