import type { Day } from '@okienko/contracts/calendar';
import type { CloudEvent } from '@okienko/contracts/event';
import type { Addressee } from '../inbox/addressee';
import type { NoticeTerms } from '../inbox/notice';
import { nextAt } from './local-time';
import type { RuleContent } from './rule';

interface Named {
  readonly coordinator?: string;
  readonly to?: string;
  readonly providerId?: string;
  readonly dueOn?: Day;
}

/** What staff or a provider hear of the event; what the law wants told to them is something to do. */
export function noticeOf(
  rule: RuleContent,
  { id: causeId, type, subject, data }: Pick<CloudEvent, 'id' | 'type' | 'subject' | 'data'>,
  personId: string | undefined,
): NoticeTerms | undefined {
  const named = data as Named;
  const to = addresseeOf(rule, type, named);
  if (!to) return undefined;
  const isTask = rule.standing === 'LEGAL';
  return {
    causeId,
    matterId: subject.toLowerCase(),
    ...(personId !== undefined && { personId }),
    to,
    kind: isTask ? 'TASK' : 'NOTICE',
    code: rule.template.toUpperCase().replaceAll('-', '_'),
    ...(isTask && named.dueOn !== undefined && { dueAt: endOf(named.dueOn) }),
  };
}

/** The account that the event names, else everybody in the role. */
function addresseeOf({ audience }: RuleContent, type: string, named: Named): Addressee | undefined {
  if (audience === 'PROVIDER') return named.providerId === undefined ? undefined : { providerId: named.providerId };
  if (audience === 'ORGANISER') return { role: 'services-organiser' };
  const sub = type.endsWith('.coordinator-reassigned.v1') ? named.to : named.coordinator;
  return sub === undefined ? { role: 'coordinator' } : { sub };
}

const endOf = (day: Day): Date => nextAt('00:00', new Date(`${day}T12:00:00Z`));
