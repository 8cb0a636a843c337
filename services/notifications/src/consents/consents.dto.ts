import { PageQuery } from '@okienko/chassis/page';
import { IsSlug, MayBeAbsent } from '@okienko/chassis/validation';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { type ConsentChannel, consentChannels } from './consent';

export class GiveConsent {
  /** Code of the rule whose messages the person wants, e.g. `satisfaction-survey`. */
  @IsSlug()
  topic!: string;

  /** How the person said it. */
  @IsIn(consentChannels)
  channel!: ConsentChannel;
}

export class FollowLink {
  /** From the link in a message. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(2000)
  token?: string;
}

export class OneClick {
  /** `One-Click`, as mail programs send it (RFC 8058) in a form. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  'List-Unsubscribe'?: string;
}

export class ListConsents extends PageQuery {}

export class ConsentView {
  id!: string;
  version!: number;
  personId!: string;
  /** Code of the rule whose messages it is about. */
  topic!: string;
  channel!: ConsentChannel;
  givenAt!: Date;
  givenBy!: string;
  endedAt!: Date | null;
  /** Null, too, where the person ended it with the link in a message. */
  endedBy!: string | null;
}
