import { type Day, dayOf, editionOn } from '@okienko/contracts/calendar';
import type { ChannelCode } from '../channels/channel';
import type { Recipient } from '../recipients/recipient';
import { isWithin, localTime, nextAt } from './local-time';
import type { RuleContent } from './rule';

/** When nobody is to be disturbed by what makes a sound. No law sets it, so the centre does: data with validity dates. */
export interface QuietTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Local time, HH:MM. */
  readonly from: string;
  readonly to: string;
  readonly onSundays: boolean;
  readonly channels: readonly ChannelCode[];
  /** Ways that somebody's own quiet hours count for, instead of these. */
  readonly ownFor: readonly ChannelCode[];
}

/** Newest first. */
const history: readonly [...QuietTerms[], QuietTerms] = [
  {
    validFrom: '2020-01-01',
    basis: 'rule of the centre',
    from: '20:00',
    to: '08:00',
    onSundays: true,
    channels: ['SMS'],
    ownFor: ['SMS', 'EMAIL'],
  },
];

/** The first moment from `at` on at which it may go this way. What the law wants told does not wait. */
export function afterQuiet(
  { isQuiet, standing }: Pick<RuleContent, 'isQuiet' | 'standing'>,
  channel: ChannelCode,
  { quiet: own }: Pick<Recipient, 'quiet'>,
  at: Date,
): Date {
  if (!isQuiet || standing === 'LEGAL') return at;
  let moment = at;
  for (let end = quietEnd(channel, own, moment); end; end = quietEnd(channel, own, moment)) moment = end;
  return moment;
}

/** When the quiet at that moment ends, if it is quiet. */
function quietEnd(channel: ChannelCode, own: Recipient['quiet'], at: Date): Date | undefined {
  const terms = editionOn(history, dayOf(at));
  const now = localTime(at);
  if (own && terms.ownFor.includes(channel))
    return own.from !== own.to && isWithin(now, own.from, own.to) ? nextAt(own.to, at) : undefined;
  if (!terms.channels.includes(channel)) return undefined;
  if (isWithin(now, terms.from, terms.to)) return nextAt(terms.to, at);
  return terms.onSundays && now.isSunday ? nextAt('00:00', at) : undefined;
}
