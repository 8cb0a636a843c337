import { EntitySchema } from 'typeorm';
import type { ChannelCode } from '../channels/channel';
import { type Audience, type FailureReason, Message, type MessageState, type Standing } from './message';
import type { LetterFacts, Template } from './message-rules';

interface MessageRow {
  id: string;
  version: number;
  causeId: string;
  personId: string;
  addresseeId: string | null;
  rule: string | null;
  edition: number | null;
  audience: Audience;
  standing: Standing;
  template: Template;
  facts: LetterFacts;
  matterId: string | null;
  partOf: readonly string[];
  ways: readonly ChannelCode[];
  way: number;
  content: Buffer | null;
  queuedAt: Date;
  dueAt: Date;
  state: MessageState;
  reasonCode: FailureReason | null;
  whenSettled: Date | null;
  traceparent: string | null;
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
    addresseeId: { name: 'addressee_id', type: 'uuid', nullable: true },
    rule: { type: 'text', nullable: true },
    edition: { type: 'int', nullable: true },
    audience: { type: 'text' },
    standing: { type: 'text' },
    template: { type: 'text' },
    facts: { type: 'jsonb' },
    matterId: { name: 'matter_id', type: 'uuid', nullable: true },
    partOf: { name: 'part_of', type: 'jsonb' },
    ways: { name: 'channels', type: 'jsonb' },
    way: { name: 'channel_at', type: 'int' },
    content: { type: 'bytea', nullable: true },
    queuedAt: { name: 'queued_at', type: 'timestamptz' },
    dueAt: { name: 'next_attempt_at', type: 'timestamptz' },
    state: { type: 'text' },
    reasonCode: { name: 'reason_code', type: 'text', nullable: true },
    whenSettled: { name: 'settled_at', type: 'timestamptz', nullable: true },
    traceparent: { type: 'text', nullable: true },
  },
});
