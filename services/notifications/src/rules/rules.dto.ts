import { IsInstant, IsSlug, IsText, MayBeAbsent, Part } from '@okienko/chassis/validation';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { type ChannelCode, channelCodes } from '../channels/channel';
import type { Audience, Standing } from '../messages/message';
import { type Digest, digests, type Stop, stops } from './rule';

const audiences: readonly Audience[] = ['PERSON', 'REPRESENTATIVE', 'COORDINATOR', 'ORGANISER', 'PROVIDER'];
const standings: readonly Standing[] = ['LEGAL', 'INFORMATIVE', 'EXTRA'];

export class RuleCondition {
  /** Property of the event's data, a code or a yes or no, e.g. `reason`. */
  @Matches(/^[a-zA-Z][a-zA-Z0-9]{0,63}$/)
  field!: string;

  /** The rule is about events with one of these values; a boolean is `true` or `false`. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @Matches(/^[A-Za-z0-9_-]{1,64}$/, { each: true })
  in!: string[];
}

export class RuleBody {
  /** Names of events, e.g. `cases.plan.approved.v1`. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(/^[a-z0-9][a-z0-9.-]{0,127}$/, { each: true })
  events!: string[];

  /** Who is told. A guardian is written to in place of the person; representatives beside them. */
  @IsIn(audiences)
  audience!: Audience;

  /** LEGAL: the law wants it told. INFORMATIVE: part of the service. EXTRA: only with consent. */
  @IsIn(standings)
  standing!: Standing;

  /** Code of the text, or of the notice in the inbox of staff or a provider. */
  @IsSlug()
  template!: string;

  /** Ways in the order to try; none for staff and providers. */
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsIn(channelCodes, { each: true })
  channels!: ChannelCode[];

  /** Minutes from the event; up to 30 days. */
  @IsInt()
  @Min(0)
  @Max(43_200)
  delayMinutes!: number;

  /** DAILY gathers the day's news into one message. */
  @IsIn(digests)
  digest!: Digest;

  /** What ends a message that is not out yet. */
  @IsArray()
  @ArrayUnique()
  @IsIn(stops, { each: true })
  stopsOn!: Stop[];

  /** Sending and receipt have to be proven. */
  @IsBoolean()
  needsProof!: boolean;

  /** Waits for the end of the quiet hours, unless it is LEGAL. */
  @IsBoolean()
  isQuiet!: boolean;

  @MayBeAbsent()
  @Part(() => RuleCondition)
  when?: RuleCondition;
}

class Reasoned {
  /** Why, for whoever reads the history. */
  @IsText(3, 500)
  reason!: string;

  /** From when it counts; at once unless said. Events are decided by the edition in force when they happened. */
  @MayBeAbsent()
  @IsInstant()
  inForceFrom?: string;
}

export class ChangeRule extends Reasoned {
  @Part(() => RuleBody)
  rule!: RuleBody;
}

export class MakeRule extends ChangeRule {
  /** Code of the new rule, e.g. `monthly-news`. */
  @IsSlug()
  code!: string;
}

export class SwitchRuleOff extends Reasoned {}

export class RuleView {
  code!: string;
  version!: number;
  /** The edition in force; null while the first is yet to come. */
  edition!: number | null;
  isOn!: boolean;
  rule!: RuleBody;
  /** When what was decided last comes into force, if that is yet to come. */
  comesInForceAt!: Date | null;
}

export class RuleEditionView {
  edition!: number;
  inForceFrom!: Date;
  isOn!: boolean;
  rule!: RuleBody;
  /** Account of whoever decided it. */
  decidedBy!: string;
  decidedAt!: Date;
  reason!: string;
}

export class RuleWithHistory extends RuleView {
  /** The newest first. */
  editions!: RuleEditionView[];
}

export class TryRule {
  @Part(() => RuleBody)
  rule!: RuleBody;

  /** The last so many events that it would be about. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  last?: number;

  /** Only what was heard from this moment on. */
  @MayBeAbsent()
  @IsInstant()
  from?: string;

  /** Only what was heard before this moment. */
  @MayBeAbsent()
  @IsInstant()
  to?: string;
}

export class TriedEvent {
  /** Id of the event. */
  causeId!: string;
  event!: string;
  at!: Date;
  /** Null where the event concerns nobody, as one between the centre and a provider. */
  personId!: string | null;
  /** The record of whom it would go to instead of the person. */
  addresseeId!: string | null;
  /** What it would become. */
  outcome!: 'MESSAGE' | 'DIGEST' | 'NOTICE' | 'TASK' | 'WAITS_FOR_ADDRESS' | 'NOBODY';
  /** The ways in their order. */
  channels!: ChannelCode[];
}

export class RuleTrial {
  /** Events looked at. */
  events!: number;
  /** Those that the rule would be about. */
  matching!: number;
  /** Of the events that the rule names, those that are not kept here, so that nothing can be said about them. */
  notKept!: string[];
  /** How many of each outcome. */
  outcomes!: Record<string, number>;
  /** How many messages would go by which way first. */
  byChannel!: Record<string, number>;
  /** The newest, up to fifty. */
  examples!: TriedEvent[];
}
