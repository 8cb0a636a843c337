import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { type ChannelCode, channelCodes } from '../channels/channel';
import type { EvidenceKind } from '../evidence/evidence';
import { type Audience, type MessageState, messageStates, type Standing } from './message';

export class ListMessages extends PageQuery {
  /** Only messages to this person. */
  @IsOptional()
  @IsUUID()
  personId?: string;

  /** Only messages in this state. */
  @IsOptional()
  @IsIn(messageStates)
  state?: MessageState;

  /** Only messages that take, or last took, this channel. */
  @IsOptional()
  @IsIn(channelCodes)
  channel?: ChannelCode;
}

export class MessageView {
  id!: string;
  version!: number;
  /** Id of the event that the message is about. */
  causeId!: string;
  personId!: string;
  /** The text by its name, e.g. `plan-approved`. */
  template!: string;
  audience!: Audience;
  /** LEGAL: the law wants it told. INFORMATIVE: part of the service. EXTRA: only with consent. */
  standing!: Standing;
  /** The one that it takes, or took last. */
  channel!: ChannelCode;
  /** All of its ways, in their order. */
  channels!: ChannelCode[];
  state!: MessageState;
  /** Why it was given up. */
  reasonCode!: string | null;
  queuedAt!: Date;
  /** When it was handed over to the channel, or given up. */
  settledAt!: Date | null;
}

export class LetterView {
  language!: string;
  subject!: string;
  text!: string;
}

export class AttemptView {
  channel!: ChannelCode;
  attempt!: number;
  at!: Date;
  outcome!: 'HANDED_OVER' | 'IN_HANDS' | 'REFUSED' | 'NOT_NOW';
  code!: string | null;
  /** What the next system calls it. */
  providerId!: string | null;
}

export class EvidenceView {
  channel!: ChannelCode;
  kind!: EvidenceKind;
  /** The day that counts. */
  onDay!: string;
  /** When it was recorded. */
  at!: Date;
  evidenceNo!: string | null;
  code!: string | null;
  /** Account of who recorded it; null where a system did. */
  recordedBy!: string | null;
}

export class MessageWithLetter extends MessageView {
  /** What the person was told; null while the address is not known, once the person has been erased, or when its time is over. */
  letter!: LetterView | null;
  /** SHA-256 of what was sent, kept for longer than that. */
  contentHash!: string | null;
  attempts!: AttemptView[];
  evidence!: EvidenceView[];
}
