import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Task, type TaskOutcome } from './task';

@Injectable()
export class TaskCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  complete(id: string, expectedVersion: number, outcome: TaskOutcome, by: Principal): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const task = await load(Task, id, expectedVersion);
      await save(task, task.complete(outcome, by.sub, this.clock.now()));
      return { id: task.id, version: task.version };
    });
  }
}
