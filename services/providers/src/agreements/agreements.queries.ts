import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { agreementTermsOn } from '../terms/agreement-terms';
import { equal, visibleTo } from '../where';
import type { AgreementSummary, AgreementView, ForecastsView, PriceListView, PriceView } from './agreement-views.dto';
import type { ListAgreements } from './agreements.dto';
import { paceDays } from './forecast';
import { forecastsOf } from './outlook';

const summary = `id, version, number, provider_id as "providerId", selection_mode as "selectionMode", subject, state,
  first_day as "from", last_day as "to", ceiling_grosze::float8 as "ceilingGrosze"`;

const services = `(select coalesce(jsonb_agg(jsonb_build_object('offerId', s.offer_id, 'unit', s.unit,
    'ceilingQuantity', s.ceiling_quantity, 'from', s.first_day, 'ordered', coalesce(d.ordered, 0),
    'delivered', coalesce(d.delivered, 0)) order by s.offer_id), '[]')
  from agreement_service s
  left join (select offer_id, sum(ordered) as ordered, sum(delivered) as delivered
    from agreement_draw where agreement_id = agreement.id group by offer_id) d on d.offer_id = s.offer_id
  where s.agreement_id = agreement.id)`;

const whole = `select ${summary}, selection, signed_on as "signedOn", conditions, answer_days as "answerDays",
  no_show_permille as "noShowPermille", funding, ${services} as services,
  used.ordered_grosze::float8 as "orderedGrosze", used.delivered_grosze::float8 as "deliveredGrosze",
  used.invoiced_grosze::float8 as "invoicedGrosze", greatest(ceiling_grosze - used.ordered_grosze, 0)::float8 as "leftGrosze", reports, amendments, suspended_from as "suspendedFrom",
  end_reason as "endReason", settled_until as "settledUntil"
  from agreement join agreement_use used on used.agreement_id = agreement.id`;

const prices = `select agreement.id, (select coalesce(jsonb_agg(jsonb_build_object('offerId', p.offer_id, 'unit', p.unit,
    'priceGrosze', p.price_grosze, 'from', p.first_day, 'to', p.last_day) order by p.offer_id, p.first_day), '[]')
  from agreement_price p where p.agreement_id = agreement.id) as items from agreement`;

const ofOffer = 'exists (select 1 from agreement_service s where s.agreement_id = agreement.id and s.offer_id = ?)';

@Injectable()
export class AgreementQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  get(id: string, caller: Principal): Promise<AgreementView> {
    return this.one(whole, id, caller);
  }

  list({ state, providerId, offerId, ...page }: ListAgreements, caller: Principal): Promise<Page<AgreementSummary>> {
    const asked = [
      equal('state', state),
      equal('provider_id', providerId),
      offerId === undefined ? undefined : ([ofOffer, offerId] as const),
    ];
    return pageOfRows(
      this.dataSource,
      `select ${summary} from agreement`,
      [...asked, visibleTo(caller, 'provider_id')],
      page,
    );
  }

  async prices(id: string, caller: Principal): Promise<PriceListView> {
    const { items } = await this.one<{ items: PriceView[] }>(prices, id, caller);
    return { items };
  }

  async forecast(id: string, caller: Principal): Promise<ForecastsView> {
    const agreement = await this.one<AgreementSummary>(`select ${summary} from agreement`, id, caller);
    const today = dayOf(this.clock.now());
    const terms = agreementTermsOn(today);
    const query = <Row>(text: string, values: unknown[]): Promise<Row[]> => this.dataSource.query(text, values);
    return { paceDays: paceDays(agreement, today, terms), items: await forecastsOf(query, agreement, today, terms) };
  }

  private one<Row>(select: string, id: string, caller: Principal): Promise<Row> {
    return oneRow(this.dataSource, 'agreement', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }
}
