import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { taskCompletedV1 } from '@okienko/contracts/notifications/task-completed.v1';
import { taskOpenedV1 } from '@okienko/contracts/notifications/task-opened.v1';
import { taskPostponedV1 } from '@okienko/contracts/notifications/task-postponed.v1';
import type { Template } from '../messages/message-rules';
import { taskTermsOn } from './task-terms';

export type TaskState = 'OPEN' | 'COMPLETED';
export const taskStates: readonly TaskState[] = ['OPEN', 'COMPLETED'];
export type TaskOutcome = 'SPOKE' | 'WROTE' | 'NOT_REACHED';
export const taskOutcomes: readonly TaskOutcome[] = ['SPOKE', 'WROTE', 'NOT_REACHED'];

export class OrganiserDecides extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'organiser-decides';
  constructor() {
    super(
      'The person was tried as often as the centre tries. The services organiser decides what else is done; say it here only if they were reached.',
    );
  }
}

/** Whom to reach, and what they should be told. */
export interface ToReach {
  readonly personId: string;
  readonly template: Template;
  /** The message that no channel took. */
  readonly messageId?: string;
}

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
    readonly messageId: string | null,
    readonly openedAt: Date,
    private state: TaskState,
    private outcome: TaskOutcome | null,
    private completedBy: string | null,
    private completedAt: Date | null,
    /** By when the next try is to be made; null of tasks from before there were such days. */
    public dueOn: Day | null,
    private tries: number,
    private isWithOrganiser: boolean,
  ) {}

  static reachPerson(id: string, causeId: string, { personId, template, messageId }: ToReach, now: Date): Task {
    const { dueAfter } = taskTermsOn(dayOf(now));
    const dueOn = addDays(dayOf(now), dueAfter);
    const told = [causeId, personId, template, messageId ?? null] as const;
    return new Task(id, 0, 'REACH_PERSON', ...told, now, 'OPEN', null, null, null, dueOn, 0, false);
  }

  /** The organiser has it once it was tried in vain often enough. */
  get isForOrganiser(): boolean {
    return this.isWithOrganiser;
  }

  complete(outcome: TaskOutcome, completedBy: string, now: Date): DomainEvent<typeof taskCompletedV1> {
    this.assertOpen('completed');
    this.state = 'COMPLETED';
    this.outcome = outcome;
    this.completedBy = completedBy;
    this.completedAt = now;
    return event(taskCompletedV1, this.id, { ...this.about(), outcome: this.outcome, completedBy: this.completedBy });
  }

  /** In vain this time: it stays open for another day, and after enough of them for the organiser. */
  postpone(by: string, today: Day): DomainEvent<typeof taskPostponedV1> {
    this.assertOpen('tried again');
    if (this.isWithOrganiser) throw new OrganiserDecides();
    const { againAfter, mostTries } = taskTermsOn(today);
    const dueOn = addDays(today, againAfter);
    this.tries += 1;
    this.dueOn = dueOn;
    this.isWithOrganiser = this.tries >= mostTries;
    return event(taskPostponedV1, this.id, { ...this.about(), tries: this.tries, dueOn, by });
  }

  opened(): DomainEvent<typeof taskOpenedV1> {
    return event(taskOpenedV1, this.id, this.about());
  }

  private assertOpen(act: string): void {
    if (this.state !== 'OPEN' || this.completedAt) throw new NotInState('task', act, this.state);
  }

  private about() {
    return { causeId: this.causeId, personId: this.personId, kind: this.kind };
  }
}
