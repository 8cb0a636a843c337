import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { type MessageState, messageStates } from './message';

export class ListMessages extends PageQuery {
  /** Only messages to this person. */
  @IsOptional()
  @IsUUID()
  personId?: string;

  /** Only messages in this state. */
  @IsOptional()
  @IsIn(messageStates)
  state?: MessageState;
}

export class MessageView {
  id!: string;
  version!: number;
  /** Id of the event that the message is about. */
  causeId!: string;
  personId!: string;
  /** The text by its name, e.g. `plan-approved`. */
  template!: string;
  channel!: 'EMAIL';
  state!: MessageState;
  /** Why it was given up. */
  reasonCode!: string | null;
  queuedAt!: Date;
  /** When it was handed to the mail server, or given up. */
  settledAt!: Date | null;
}

export class LetterView {
  language!: string;
  subject!: string;
  text!: string;
}

export class MessageWithLetter extends MessageView {
  /** What the person was told; null while the address is not known, or once the person has been erased. */
  letter!: LetterView | null;
}
