import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { TaskCommands } from './tasks.commands';
import { CompleteTask, ListTasks, type TaskView } from './tasks.dto';
import { TaskQueries } from './tasks.queries';

@Controller('tasks')
export class TaskController {
  constructor(
    private readonly tasks: TaskCommands,
    private readonly queries: TaskQueries,
  ) {}

  @Get()
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  list(@Query() query: ListTasks): Promise<Page<TaskView>> {
    return this.queries.list(query);
  }

  @Post(':id/completion')
  @Acts()
  @Allow('desk', 'coordinator', 'services-organiser')
  complete(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { outcome }: CompleteTask,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.tasks.complete(id, version, outcome, caller);
  }
}
