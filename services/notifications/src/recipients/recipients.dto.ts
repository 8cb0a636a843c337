import type { ChannelCode } from '../channels/channel';

export class QuietView {
  /** HH:MM, local time. */
  from!: string;
  /** May be before `from`: past midnight. */
  to!: string;
}

/** How a person is reached; never where. */
export class RecipientView {
  personId!: string;
  /** BCP 47 tag. */
  language!: string;
  /** The form of communication that the person asked for. */
  form!: string;
  /** Ways that what is known of the person allows; of who is written to instead, where there is a guardian. */
  ways!: ChannelCode[];
  /** The ways that the person asked for, the first first; null where they asked for none. */
  wishes!: ChannelCode[] | null;
  quiet!: QuietView | null;
  /** No letter shows where the person lives. */
  isAddressConfidential!: boolean;
  /** Nothing is sent, because somebody else might read it: staff tell the person. */
  isSuppressed!: boolean;
  /** Record of the guardian, who is written to instead. */
  guardianId!: string | null;
}
