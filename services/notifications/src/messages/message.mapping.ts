import { EntitySchema } from 'typeorm';
import { type FailureReason, Message, type MessageState } from './message';
import type { LetterFacts, Template } from './message-rules';

interface MessageRow {
  id: string;
  version: number;
  causeId: string;
  personId: string;
  template: Template;
  facts: LetterFacts;
  content: Buffer | null;
  queuedAt: Date;
  nextAttemptAt: Date;
  state: MessageState;
  reasonCode: FailureReason | null;
  whenSettled: Date | null;
}

/** `attempts` is the sender's own count and stays out: it changes without anything having happened to the message. */
export const messageMapping = new EntitySchema<MessageRow>({
  target: Message,
  name: 'Message',
  tableName: 'message',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    causeId: { name: 'cause_id', type: 'uuid' },
    personId: { name: 'person_id', type: 'uuid' },
    template: { type: 'text' },
    facts: { type: 'jsonb' },
    content: { type: 'bytea', nullable: true },
    queuedAt: { name: 'queued_at', type: 'timestamptz' },
    nextAttemptAt: { name: 'next_attempt_at', type: 'timestamptz' },
    state: { type: 'text' },
    reasonCode: { name: 'reason_code', type: 'text', nullable: true },
    whenSettled: { name: 'settled_at', type: 'timestamptz', nullable: true },
  },
});
