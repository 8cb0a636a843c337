import type { Day } from '@okienko/contracts/calendar';
import { EntitySchema } from 'typeorm';
import type { Template } from '../messages/message-rules';
import { Task, type TaskOutcome, type TaskState } from './task';

interface TaskRow {
  id: string;
  version: number;
  kind: 'REACH_PERSON';
  causeId: string;
  personId: string;
  template: Template;
  messageId: string | null;
  openedAt: Date;
  state: TaskState;
  outcome: TaskOutcome | null;
  completedBy: string | null;
  completedAt: Date | null;
  dueOn: Day | null;
  tries: number;
  isWithOrganiser: boolean;
}

export const taskMapping = new EntitySchema<TaskRow>({
  target: Task,
  name: 'Task',
  tableName: 'task',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    kind: { type: 'text' },
    causeId: { name: 'cause_id', type: 'uuid' },
    personId: { name: 'person_id', type: 'uuid' },
    template: { type: 'text' },
    messageId: { name: 'message_id', type: 'uuid', nullable: true },
    openedAt: { name: 'opened_at', type: 'timestamptz' },
    state: { type: 'text' },
    outcome: { type: 'text', nullable: true },
    completedBy: { name: 'completed_by', type: 'text', nullable: true },
    completedAt: { name: 'completed_at', type: 'timestamptz', nullable: true },
    dueOn: { name: 'due_on', type: 'date', nullable: true },
    tries: { type: 'int' },
    isWithOrganiser: { name: 'is_with_organiser', type: 'boolean' },
  },
});
