import { type Day, dayOf } from '@okienko/contracts/calendar';
import { applicationForwardedV1 } from '@okienko/contracts/cases/application-forwarded.v1';
import { applicationForwardingSentV1 } from '@okienko/contracts/cases/application-forwarding-sent.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Application } from './application';

export const forwardingTargets = ['CENTRE_TEAM', 'GMINA_OFFICE', 'GMINA_UNIT'] as const;

/** Who else answers the need, as agreed with the applicant (art. 38(1)). */
export interface Forwarding {
  readonly target: { readonly kind: (typeof forwardingTargets)[number]; readonly officeCode: string };
  readonly agreedOn: Day;
  /** When the papers went there; nothing until then. */
  readonly sentOn?: Day;
}

export class ForwardingDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'forwarding-date-wrong';
  override readonly basis = 'art. 38(1)';
  constructor() {
    super('A forwarding is agreed after the filing and before it is sent, and neither is later than today.');
  }
}

/** Whole or in part: the items that are named. */
export function forward(
  application: Application,
  itemIds: readonly string[],
  forwarding: Forwarding,
  today: Day,
): DomainEvent<typeof applicationForwardedV1>[] {
  const { id, filedAt, terc, state } = application;
  if (itemIds.length === 0) throw new NotInState('application', 'forwarded', state);
  const { target, agreedOn } = forwarding;
  assertInOrder(dayOf(filedAt), agreedOn, forwarding.sentOn ?? agreedOn, today);
  return itemIds.map((itemId) => {
    application.move(itemId, 'FORWARDED', { forwarding });
    return event(applicationForwardedV1, id, { ...application.told(itemId), targetKind: target.kind, agreedOn }, terc);
  });
}

/** The papers of all that was forwarded and still lies here have gone. */
export function sendForwarded(
  application: Application,
  sentOn: Day,
  today: Day,
): DomainEvent<typeof applicationForwardingSentV1> {
  const { id, personId, terc, unsent, state } = application;
  if (unsent.length === 0) throw new NotInState('application', 'sent on', state);
  for (const { id: itemId, forwarding } of unsent as readonly { id: string; forwarding: Forwarding }[]) {
    assertInOrder(forwarding.agreedOn, sentOn, today);
    application.note(itemId, { forwarding: { ...forwarding, sentOn } });
  }
  return event(applicationForwardingSentV1, id, { personId, itemIds: unsent.map((item) => item.id), sentOn }, terc);
}

function assertInOrder(...days: readonly Day[]): void {
  if (days.some((day, index) => day < (days[index - 1] ?? day))) throw new ForwardingDateWrong();
}
