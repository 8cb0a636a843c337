import type { Day } from '@okienko/contracts/calendar';
import { AgreementIncomplete } from './agreement-errors';
import type { Conditions } from './conditions';
import { type Funding, fundedFrom, type Share } from './funding';
import { type AgreementService, newService, type NewService, type Parts, priceList, repriced } from './prices';

/** What an amendment may change. What it does not name stays. */
export interface Changes {
  readonly to?: Day;
  readonly ceilingGrosze?: number;
  readonly answerDays?: number;
  readonly conditions?: Conditions;
  /** Services that are added, or get another ceiling. */
  readonly services?: readonly NewService[];
  readonly prices?: readonly { readonly offerId: string; readonly priceGrosze: number }[];
  readonly funding?: readonly Share[];
}

export interface Amendment extends Changes {
  readonly number: string;
  readonly signedOn: Day;
  /** The first day on which prices, services and funding count otherwise. */
  readonly from: Day;
}

/** What an amendment has changed, and how it was before. */
export interface AmendmentNote {
  readonly number: string;
  readonly signedOn: Day;
  readonly from: Day;
  readonly changes: Changes;
  readonly before: Readonly<Record<string, unknown>>;
}

interface Terms {
  readonly to: Day;
  readonly ceilingGrosze: number | null;
  readonly answerDays: number | null;
  readonly conditions: Conditions;
  readonly funding: readonly Funding[];
}

export interface Amended {
  readonly terms: Terms;
  readonly parts: Parts;
  readonly note: AmendmentNote;
}

export function amended(current: Terms, { number, signedOn, from, ...changes }: Amendment, parts: Parts): Amended {
  const { to, ceilingGrosze, answerDays, conditions, funding } = current;
  const before: Record<string, unknown> = { to, ceilingGrosze, answerDays, conditions, funding, ...parts };
  const named = defined(changes);
  const names = Object.keys(named);
  if (names.length === 0) throw new AgreementIncomplete([{ pointer: '', detail: 'An amendment changes something.' }]);
  const services = withServices(parts.services, from, changes.services ?? []);
  const prices = priceList(
    services,
    (changes.prices ?? []).map((price) => ({ ...price, from })),
  );
  const last = changes.to ?? to;
  return {
    terms: {
      to: last,
      ceilingGrosze: changes.ceilingGrosze ?? ceilingGrosze,
      answerDays: changes.answerDays ?? answerDays,
      conditions: { ...conditions, ...defined(changes.conditions ?? {}) },
      funding: changes.funding ? fundedFrom(funding, from, changes.funding) : funding,
    },
    parts: { services, prices: repriced(parts.prices, from, prices).filter((price) => price.from <= last) },
    note: {
      number,
      signedOn,
      from,
      changes: named,
      before: Object.fromEntries(names.map((name) => [name, before[name]])),
    },
  };
}

const defined = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

function withServices(
  before: readonly AgreementService[],
  from: Day,
  changes: readonly NewService[],
): AgreementService[] {
  const faults = changes.flatMap(({ offerId, unit }, at) =>
    before.some((service) => service.offerId === offerId && service.unit !== unit)
      ? [{ pointer: `/services/${at}/unit`, detail: 'The unit of a service stays. Sign another agreement.' }]
      : [],
  );
  if (faults.length > 0) throw new AgreementIncomplete(faults);
  const kept = before.map((service) => {
    const change = changes.find(({ offerId }) => offerId === service.offerId);
    return change ? newService(change, service.from) : service;
  });
  const added = changes.filter(({ offerId }) => !before.some((service) => service.offerId === offerId));
  return [...kept, ...added.map((service) => newService(service, from))];
}
