import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { taskCompletedV1 } from '@okienko/contracts/notifications/task-completed.v1';
import { taskOpenedV1 } from '@okienko/contracts/notifications/task-opened.v1';
import type { Template } from '../messages/message-rules';

export type TaskState = 'OPEN' | 'COMPLETED';
export const taskStates: readonly TaskState[] = ['OPEN', 'COMPLETED'];
export type TaskOutcome = 'SPOKE' | 'WROTE' | 'NOT_REACHED';
export const taskOutcomes: readonly TaskOutcome[] = ['SPOKE', 'WROTE', 'NOT_REACHED'];

/** No channel works, so somebody has to phone, write or visit: failure surfaces instead of vanishing. */
export class Task {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly kind: 'REACH_PERSON',
    readonly causeId: string,
    readonly personId: string,
    /** What the person should be told. */
    readonly template: Template,
    readonly openedAt: Date,
    private state: TaskState,
    private outcome: TaskOutcome | null,
    private completedBy: string | null,
    private completedAt: Date | null,
  ) {}

  static reachPerson(
    id: string,
    causeId: string,
    { personId, template }: { readonly personId: string; readonly template: Template },
    now: Date,
  ): Task {
    return new Task(id, 0, 'REACH_PERSON', causeId, personId, template, now, 'OPEN', null, null, null);
  }

  complete(outcome: TaskOutcome, completedBy: string, now: Date): DomainEvent<typeof taskCompletedV1> {
    if (this.state !== 'OPEN' || this.completedAt) throw new NotInState('task', 'completed', this.state);
    this.state = 'COMPLETED';
    this.outcome = outcome;
    this.completedBy = completedBy;
    this.completedAt = now;
    return event(taskCompletedV1, this.id, { ...this.about(), outcome: this.outcome, completedBy: this.completedBy });
  }

  opened(): DomainEvent<typeof taskOpenedV1> {
    return event(taskOpenedV1, this.id, this.about());
  }

  private about() {
    return { causeId: this.causeId, personId: this.personId, kind: this.kind };
  }
}
