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
  openedAt: Date;
  state: TaskState;
  outcome: TaskOutcome | null;
  completedBy: string | null;
  completedAt: Date | null;
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
    openedAt: { name: 'opened_at', type: 'timestamptz' },
    state: { type: 'text' },
    outcome: { type: 'text', nullable: true },
    completedBy: { name: 'completed_by', type: 'text', nullable: true },
    completedAt: { name: 'completed_at', type: 'timestamptz', nullable: true },
  },
});
