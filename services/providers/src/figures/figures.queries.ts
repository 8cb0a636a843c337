import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { RequestProblem } from '@okienko/chassis/problem';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { assertCentre } from '../access/centre-only';
import { oneRow } from '../rows.queries';
import { figureTermsOn } from '../terms/figure-terms';
import { equal, visibleTo } from '../where';
import { CountQueries, type Period } from './counts.queries';
import type {
  ListOfferFigures,
  OfferFigureSpan,
  ProviderFiguresView,
  ProviderOfOfferView,
  ServiceFiguresView,
} from './figures.dto';
import { type Figures, figuresOf, noCounts } from './provider-figures';
import { quartersWithin } from './quarter';
import { type Satisfaction, satisfactionOf } from './satisfaction';

/** Days. */
const longestSpan = 1_100;

interface Provider {
  readonly id: string;
  readonly name: string;
}

@Injectable()
export class FigureQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly counts: CountQueries,
    private readonly clock: Clock,
  ) {}

  async ofProvider(id: string, { from, to }: Period, caller: Principal): Promise<ProviderFiguresView> {
    assertSpan({ from, to });
    const select = `select id, name ->> 'pl' as name from provider`;
    const provider = await oneRow<Provider>(this.dataSource, 'provider', select, [
      equal('id', id),
      visibleTo(caller, 'id'),
    ]);
    const [view] = await this.figures([provider], { from, to });
    return view as ProviderFiguresView;
  }

  /** By name, and in no other order: a figure with few cases behind it makes no ranking. */
  async ofOffer(
    { offerId, from, to, limit = defaultLimit, after }: ListOfferFigures,
    caller: Principal,
  ): Promise<Page<ProviderOfOfferView>> {
    assertCentre(caller);
    const last = cursorId(after) ?? null;
    assertSpan({ from, to });
    const providers = await this.dataSource.query<Provider[]>(offering, [offerId, last, limit + 1]);
    const { items, next } = pageOf(providers, limit, ({ id }) => [id]);
    return { items: await this.sideBySide(items, offerId, { from, to }), ...(next !== undefined && { next }) };
  }

  async everyOneOfOffer({ offerId, from, to }: OfferFigureSpan, caller: Principal): Promise<ProviderOfOfferView[]> {
    assertCentre(caller);
    assertSpan({ from, to });
    return this.sideBySide(await this.dataSource.query(offering, [offerId, null, null]), offerId, { from, to });
  }

  private async sideBySide(
    providers: readonly Provider[],
    offerId: string,
    period: Period,
  ): Promise<ProviderOfOfferView[]> {
    const views = await this.figures(providers, period, offerId);
    return views.flatMap(({ providerId, name, offers }) =>
      offers.filter((offer) => offer.offerId === offerId).map((offer) => ({ providerId, name, ...offer })),
    );
  }

  /** What of one service is withheld is the same wherever it is asked for; so all services of a provider are counted, whichever is shown. */
  private async figures(
    providers: readonly Provider[],
    { from, to }: Period,
    shown?: string,
  ): Promise<ProviderFiguresView[]> {
    const today = dayOf(this.clock.now());
    const { fewest } = figureTermsOn(to);
    const ids = providers.map(({ id }) => id);
    const counts = await this.counts.of(ids, { from, to });
    const said = await this.counts.said(ids, quartersWithin(from, earlier(to, addDays(today, -1))));
    const findings = await this.counts.findings(ids, today);
    return providers.map(({ id: providerId, name }) => {
      const { total, offers } = counts.get(providerId) ?? { total: noCounts, offers: [] };
      const satisfaction = satisfactionOf(said.get(providerId) ?? [], fewest);
      const known = new Set(offers.map(({ offerId }) => offerId));
      const others = [...satisfaction.keys(), ...(shown === undefined ? [] : [shown])].filter(
        (offerId) => offerId !== null && !known.has(offerId),
      );
      const rest = [...new Set(others)].map((offerId) => ({ offerId, of: noCounts }));
      const figures = figuresOf(total, [...offers, ...rest], fewest);
      return {
        providerId,
        name,
        from,
        to,
        fewest,
        total: view(figures.total, satisfaction.get(null)),
        offers: figures.offers.flatMap(({ offerId, of }) =>
          offerId === null ? [] : [{ offerId, ...view(of, satisfaction.get(offerId)) }],
        ),
        findings: findings.get(providerId) ?? { open: 0, overdue: 0 },
      };
    });
  }
}

const view = (figures: Figures, satisfaction: readonly Satisfaction[] = []): ServiceFiguresView => ({
  ...figures,
  satisfaction: satisfaction.map((quarter) => ({ ...quarter, questions: [...quarter.questions] })),
});

const earlier = (one: Day, other: Day): Day => (one < other ? one : other);

function assertSpan({ from, to }: Period): void {
  if (to < from || addDays(from, longestSpan) < to)
    throw new RequestProblem(
      400,
      'period-malformed',
      `Ask for a period that runs forwards, of at most ${longestSpan} days.`,
    );
}

// Index `capacity_of_offer`. The cursor is a provider, and its name the place from which to go on.
const offering = `
  select p.id, p.name ->> 'pl' as name from provider p
  where p.id in (select c.provider_id from capacity c where c.offer_id = $1)
    and ($2::uuid is null or (p.name ->> 'pl', p.id) > (select l.name ->> 'pl', l.id from provider l where l.id = $2))
  order by p.name ->> 'pl', p.id limit $3`;
