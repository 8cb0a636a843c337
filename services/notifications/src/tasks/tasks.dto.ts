import type { Day } from '@okienko/contracts/calendar';
import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { type TaskOutcome, taskOutcomes, type TaskState, taskStates } from './task';

export class ListTasks extends PageQuery {
  /** Only tasks about this person. */
  @IsOptional()
  @IsUUID()
  personId?: string;

  /** Only tasks in this state. */
  @IsOptional()
  @IsIn(taskStates)
  state?: TaskState;
}

export class CompleteTask {
  /**
   * What came of it: spoke with the person, wrote to them another way, or could not reach them. Who was not reached is tried again on a later
   * day, and after some tries it is for the services organiser to say that they cannot be.
   */
  @IsIn(taskOutcomes)
  outcome!: TaskOutcome;
}

export class TaskView {
  id!: string;
  version!: number;
  kind!: 'REACH_PERSON';
  /** Id of the event that the person should hear about. */
  causeId!: string;
  personId!: string;
  /** The text that could not be sent, by its name, e.g. `plan-approved`. */
  template!: string;
  /** The message that no channel took; its text can be read there. */
  messageId!: string | null;
  state!: TaskState;
  openedAt!: Date;
  /** By when the next try is to be made. */
  dueOn!: Day | null;
  /** Tries in vain so far. */
  tries!: number;
  /** It was tried often enough: the services organiser decides what else is done. */
  isWithOrganiser!: boolean;
  outcome!: TaskOutcome | null;
  /** Account of the member of staff. */
  completedBy!: string | null;
  completedAt!: Date | null;
}
