import { DomainError } from '@okienko/contracts/domain-error';
import { type EventContract, serviceOf } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';

/** Every event that a partner may be granted: a fact of the trade, not of our own housekeeping. */
export const partnerEvents: readonly EventContract[] = events.filter(
  (contract) => contract['x-audience'] === 'partner' && serviceOf(contract.$id) !== 'notifications',
);

/** `types` holds names (`cases.plan.approved.v1`) and prefixes, which end in a dot (`cases.plan.`). */
export const covers = (types: readonly string[], name: string): boolean =>
  types.some((type) => type === name || (type.endsWith('.') && name.startsWith(type)));

/** The same in SQL, over a jsonb array. Both are held together by a test. */
export const coversInSql = (types: string, name: string): string =>
  `exists (select from jsonb_array_elements_text(${types}) t where t = ${name} or (right(t, 1) = '.' and starts_with(${name}, t)))`;

export class NoSuchEvent extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'no-such-event';
  constructor(type: string) {
    super(
      `No event for partners is called "${type}" or begins with it. A prefix ends in a dot, such as "cases.plan.".`,
    );
  }
}

export function assertKnown(types: readonly string[]): void {
  const unknown = types.find((type) => !partnerEvents.some(({ $id }) => covers([type], $id)));
  if (unknown !== undefined) throw new NoSuchEvent(unknown);
}
