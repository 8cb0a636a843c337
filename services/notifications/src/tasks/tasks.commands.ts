import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { InboxCommands } from '../inbox/inbox.commands';
import { settleNotices } from '../inbox/settle-notices';
import { Task, type TaskOutcome, type ToReach } from './task';

@Injectable()
export class TaskCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly inbox: InboxCommands,
  ) {}

  /** What came of it. Who was not reached is tried again, until the organiser ends it. */
  complete(id: string, expectedVersion: number, outcome: TaskOutcome, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const task = await work.load(Task, id, expectedVersion);
      const isInVain = outcome === 'NOT_REACHED' && !(task.isForOrganiser && has(by, 'services-organiser'));
      await work.save(task, isInVain ? task.postpone(by.sub, dayOf(now)) : task.complete(outcome, by.sub, now));
      if (!isInVain || task.isForOrganiser) await settleNotices(work, id, by.sub, now);
      if (isInVain && task.isForOrganiser) await this.tell(work, task, 'services-organiser', 'NOBODY_REACHED');
      return { id: task.id, version: task.version };
    });
  }

  /** Somebody of the staff is asked to reach the person; once for each cause, text and message. */
  async reachPerson(work: Work, causeId: string, about: ToReach): Promise<void> {
    const [known] = await work.query(
      `select from task where cause_id = $1 and person_id = $2 and template = $3
       and coalesce(message_id, person_id) = coalesce($4, person_id)`,
      [causeId, about.personId, about.template, about.messageId ?? null],
    );
    if (known) return;
    const task = Task.reachPerson(uuidv7(), causeId, about, this.clock.now());
    await work.save(task, task.opened());
    await this.tell(work, task, 'desk', 'REACH_PERSON');
  }

  private async tell(work: Work, task: Task, role: 'desk' | 'services-organiser', code: string): Promise<void> {
    const { id: causeId, messageId, personId, dueOn } = task;
    const dueAt = dueOn === null ? {} : { dueAt: new Date(`${dueOn}T15:00:00Z`) };
    await this.inbox.notify(work, {
      causeId,
      matterId: messageId ?? causeId,
      personId,
      to: { role },
      kind: 'TASK',
      code,
      ...dueAt,
    });
  }
}
