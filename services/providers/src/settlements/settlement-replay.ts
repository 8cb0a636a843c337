import type { Day } from '@okienko/contracts/calendar';
import { type CloudEvent, nameOf } from '@okienko/contracts/event';
import { type AgreementTerms } from './agreement-terms';
import type { Held } from './ceiling';
import { compute, type MonthFacts } from './computation';
import type { DueDelivery, HeldLine } from './delivery-lines';
import { lastDayOf, type Month } from './month';
import { heldBy } from './month-facts';
import type { Cost } from './month-lines';
import type { Outcome } from './settlement-line';
import type { Totals } from './totals';

interface Order {
  readonly offerId: string;
  /** The agreements that were signed when it was accepted; those of one provider for one service do not overlap. */
  readonly under: readonly string[];
}

interface Accepted extends Pick<DueDelivery, 'day' | 'quantity' | 'unit' | 'outcome'> {
  readonly orderId: string;
}

interface Settled {
  readonly agreementId: string;
  readonly month: Month;
  readonly costs: readonly Cost[];
  readonly held: readonly Held[];
  readonly lines: ReadonlyMap<string, HeldLine>;
}

type Data = Readonly<Record<string, unknown>>;

/** Follows the events of providers, in their order, and knows at each of them what a settlement follows from. No table is asked. */
export class SettlementReplay {
  private readonly agreements = new Map<string, AgreementTerms>();
  private readonly orders = new Map<string, Order>();
  private readonly deliveries = new Map<string, Accepted>();
  private readonly settlements = new Map<string, Settled>();

  /** After a computation: what it comes to by the events alone. */
  async apply({ type, subject, data }: CloudEvent): Promise<Totals | undefined> {
    const name = nameOf(type) ?? '';
    const facts = data as Data;
    if (name.startsWith('providers.agreement.')) this.agreement(name, subject, facts);
    if (name === 'providers.service-order.accepted.v1') this.order(subject, facts);
    if (name.startsWith('providers.delivery.')) this.delivery(name, subject, facts);
    if (name === 'providers.settlement.costs-stated.v1') this.keep(subject, facts, { costs: facts['costs'] as Cost[] });
    if (name === 'providers.settlement.computed.v1') return this.computed(subject, facts);
    return undefined;
  }

  private agreement(name: string, agreementId: string, data: Data): void {
    const known = this.agreements.get(agreementId) ?? { ...unknownTerms, agreementId };
    const changes: Partial<AgreementTerms> | undefined = {
      'providers.agreement.signed.v1': { ...pick(data, 'providerId', 'from', 'to', 'services'), ...ceiling(data) },
      'providers.agreement.amended.v1': { ...pick(data, 'to', 'services'), ...ceiling(data) },
      'providers.agreement.ended.v1': { to: data['endedOn'] as Day },
      'providers.agreement.prices-set.v1': {
        ...pick(data, 'noShowPermille', 'funding'),
        prices: pricesIn(data),
      },
    }[name];
    if (changes) this.agreements.set(agreementId, { ...known, ...changes });
  }

  private order(orderId: string, { providerId, offerId }: Data): void {
    const under = [...this.agreements.values()].filter(
      (terms) => terms.providerId === providerId && terms.services.some((service) => service.offerId === offerId),
    );
    this.orders.set(orderId, { offerId: String(offerId), under: under.map(({ agreementId }) => agreementId) });
  }

  /** What was accepted counts, until that is disputed, corrected or taken back. */
  private delivery(name: string, id: string, data: Data): void {
    const {
      orderId,
      deliveredOn,
      plannedOn,
      quantity,
      unit,
      outcome = 'DELIVERED',
    } = data as unknown as Accepted & {
      readonly deliveredOn: Day;
      readonly plannedOn: Day;
    };
    if (name.endsWith('.accepted.v1')) this.deliveries.set(id, { orderId, day: deliveredOn, quantity, unit, outcome });
    else if (name.endsWith('.missed-accepted.v1'))
      this.deliveries.set(id, { orderId, day: plannedOn, quantity, unit, outcome });
    else this.deliveries.delete(id);
  }

  private async computed(settlementId: string, data: Data): Promise<Totals> {
    const lines = new Map<string, HeldLine>();
    const totals = await compute(this.facts(this.keep(settlementId, data, {})), (part) => {
      for (const line of part)
        if (line.deliveryId) lines.set(line.deliveryId, line.quantity > 0 ? { ...line, settlementId } : none);
    });
    this.keep(settlementId, data, { held: totals.held, lines });
    return totals;
  }

  private facts({ agreementId, month, costs }: Settled): MonthFacts {
    const terms = this.agreements.get(agreementId) ?? { ...unknownTerms, agreementId };
    const earlier = [...this.settlements.values()]
      .filter((one) => one.agreementId === agreementId && one.month < month)
      .sort((one, other) => (one.month < other.month ? -1 : 1));
    const heldLines = new Map(earlier.flatMap(({ lines }) => [...lines]));
    return {
      terms,
      month,
      earlier: earlier.at(-1)?.month,
      held: heldBy(earlier),
      costs,
      deliveries: [this.due(terms, month, heldLines)],
    };
  }

  private due(terms: AgreementTerms, month: Month, held: ReadonlyMap<string, HeldLine>): DueDelivery[] {
    const due: DueDelivery[] = [];
    for (const [id, { orderId, ...accepted }] of this.deliveries) {
      const order = this.orders.get(orderId);
      const { day } = accepted;
      if (!order?.under.includes(terms.agreementId) || day < terms.from || day > terms.to || day > lastDayOf(month))
        continue;
      due.push({ ...accepted, id, offerId: order.offerId, accepted: true, held: standing(held.get(id)) });
    }
    for (const [id, line] of held)
      if (line !== none && !this.deliveries.has(id)) due.push({ ...gone(line), id, held: line });
    return due.sort((one, other) => compare(one.day, other.day) || compare(one.id, other.id));
  }

  private keep(id: string, { agreementId, month }: Data, changes: Partial<Settled>): Settled {
    const known = this.settlements.get(id) ?? { costs: [], held: [], lines: new Map<string, HeldLine>() };
    const kept = { ...known, agreementId: String(agreementId), month: String(month), ...changes };
    this.settlements.set(id, kept);
    return kept;
  }
}

const unknownTerms = {
  providerId: '',
  from: '9999-12-31',
  to: '0000-01-01',
  ceilingGrosze: null,
  noShowPermille: 0,
  services: [],
  prices: [],
  funding: [],
} as const;

/** What an earlier month held was taken back by a later one. */
const none = { quantity: 0 } as HeldLine;
const standing = (line: HeldLine | undefined): HeldLine | null => (line === undefined || line === none ? null : line);
const gone = ({ offerId, day, quantity, unit, outcome }: HeldLine): Omit<DueDelivery, 'id' | 'held'> => ({
  offerId,
  day,
  quantity,
  unit,
  outcome: outcome as Outcome,
  accepted: false,
});

/** Those of them that the event says. */
const pick = (data: Data, ...names: (keyof AgreementTerms)[]): Partial<AgreementTerms> =>
  Object.fromEntries(names.filter((name) => name in data).map((name) => [name, data[name]]));
const ceiling = (data: Data): Pick<AgreementTerms, 'ceilingGrosze'> => ({
  ceilingGrosze: (data['ceilingGrosze'] as number | undefined) ?? null,
});
const pricesIn = (data: Data): AgreementTerms['prices'] =>
  ((data['prices'] ?? []) as { offerId: string; unit: string; priceGrosze: number; from: Day; to?: Day }[]).map(
    ({ priceGrosze, to = null, ...price }) => ({ ...price, grosze: priceGrosze, to }),
  );
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
