import type { ChannelCode } from '../channels/channel';
import type { Audience, Standing } from '../messages/message';

export const digests = ['NONE', 'DAILY'] as const;
/** Code of the text that a day's news are told with. */
export const digestText = 'digest-of-day';
export type Digest = (typeof digests)[number];
export const stops = ['DEATH', 'WITHDRAWAL'] as const;
export type Stop = (typeof stops)[number];

/** A code or a yes or no in the event's data; a boolean is written `true` or `false`. */
export interface Condition {
  readonly field: string;
  readonly in: readonly string[];
}

/** Which facts are told, to whom, in which words and by which ways. */
export interface RuleContent {
  /** Names of events. */
  readonly events: readonly string[];
  readonly audience: Audience;
  readonly standing: Standing;
  /** Code of the text; for staff and providers the code of the notice. */
  readonly template: string;
  /** The first that reaches the recipient is taken, the others follow where it fails. None for staff and providers, who have their inbox. */
  readonly channels: readonly ChannelCode[];
  /** Counted from the moment of the event. */
  readonly delayMinutes: number;
  readonly digest: Digest;
  /** What ends a message that is not out yet, and lets none begin. */
  readonly stopsOn: readonly Stop[];
  /** Sending and receipt have to be proven. */
  readonly needsProof: boolean;
  /** Keeps the quiet hours; what the law wants told keeps none. */
  readonly isQuiet: boolean;
  /** Only where the event's data say so. */
  readonly when?: Condition;
}

export interface Rule extends RuleContent {
  readonly code: string;
}

/** A rule as it counted from some moment on: which words of it made a message can be told later. */
export interface RuleEdition extends Rule {
  /** 1, 2, 3 … */
  readonly edition: number;
}
