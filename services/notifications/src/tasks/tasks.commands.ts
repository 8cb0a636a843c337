import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import type { Template } from '../messages/message-rules';
import { Task, type TaskOutcome } from './task';

/** Whom to reach, and what they should be told. */
export interface ToReach {
  readonly personId: string;
  readonly template: Template;
  readonly messageId?: string;
}

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

  /** Somebody of the staff is asked to reach the person; once for each cause and text. */
  async reachPerson(work: Work, causeId: string, about: ToReach): Promise<void> {
    const [known] = await work.query('select from task where cause_id = $1 and person_id = $2 and template = $3', [
      causeId,
      about.personId,
      about.template,
    ]);
    if (known) return;
    const task = Task.reachPerson(uuidv7(), causeId, about, this.clock.now());
    await work.save(task, task.opened());
  }
}
