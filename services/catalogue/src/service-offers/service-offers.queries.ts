import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { addMonths, type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { capacityOf, queueOf } from '../capacities/live-capacity';
import { Conditions } from '../conditions';
import { isStaff } from '../staff';
import { termsOn } from '../terms/statutory-terms';
import type { ServiceOfferContent } from './service-offer-content';
import type { ListServiceOffers, ServiceOfferView } from './service-offers.dto';

interface Row extends Pick<ServiceOfferView, 'id' | 'version' | 'state' | 'capacity' | 'queue'> {
  content: ServiceOfferContent;
}

/** What a list and a search of offers (`o`) can be narrowed by alike. */
export const narrowed = (
  where: Conditions,
  { area, terc, legalTrack }: Pick<ListServiceOffers, 'area' | 'terc' | 'legalTrack'>,
): Conditions =>
  where
    .and((value) => `o.content->'areas' @> to_jsonb(${value}::text)`, area)
    .and((value) => `o.content->>'terc' = ${value}`, terc)
    .and((value) => `o.content->>'legalTrack' = ${value}`, legalTrack);

@Injectable()
export class ServiceOfferQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async get(id: string, caller: Principal | undefined): Promise<ServiceOfferView> {
    const where = visibleTo(caller).and((value) => `o.id = ${value}`, id);
    const [offer] = await this.select(where, 1);
    if (!offer) throw new NotFound('service offer');
    return offer;
  }

  /** Published offers, in the order of the ids. */
  async published(ids: readonly string[]): Promise<ServiceOfferView[]> {
    const where = new Conditions(`o.state = 'PUBLISHED'`).and((value) => `o.id = any(${value}::uuid[])`, ids);
    const offers = new Map((await this.select(where, ids.length)).map((offer) => [offer.id, offer]));
    return ids.flatMap((id) => offers.get(id) ?? []);
  }

  async list(query: ListServiceOffers, caller: Principal | undefined): Promise<Page<ServiceOfferView>> {
    const { programmeId, officeId, stale, state = 'PUBLISHED', limit = defaultLimit, after } = query;
    const where = narrowed(visibleTo(caller), query)
      .and((value) => `o.state = ${value}`, state)
      .and((value) => `(o.content->>'programmeId')::uuid = ${value}`, programmeId)
      .and(
        (value) => `exists (select from catalogue_entry e where e.offer_id = o.id and e.office_id = ${value})`,
        officeId,
      )
      .and((value) => `o.content->'informationOnly'->>'confirmedOn' < ${value}`, stale && this.staleBefore)
      .and((value) => `o.id > ${value}`, cursorId(after));
    return pageOf(await this.select(where, limit + 1), limit, ({ id }) => [id]);
  }

  /** Offers with the places of all their providers, and those who wait. */
  private async select(where: Conditions, most: number): Promise<ServiceOfferView[]> {
    const today = where.value(dayOf(this.clock.now()));
    const rows = await this.dataSource.query<Row[]>(
      `select o.id, o.version, o.state, o.content, ${capacityOf(today)} as capacity, ${queueOf} as queue
       from service_offer o
       where ${where.sql} order by o.id limit ${where.value(most)}`,
      where.values,
    );
    const { staleBefore } = this;
    return rows.map(({ content, ...row }) => {
      const stale = content.informationOnly && content.informationOnly.confirmedOn < staleBefore;
      return { ...row, ...content, ...(stale ? { stale } : {}) } as ServiceOfferView;
    });
  }

  private get staleBefore(): Day {
    const today = dayOf(this.clock.now());
    return addMonths(today, -termsOn(today).entryStaleMonths);
  }
}

/** The one answer to "who may see which offers". */
export const visibleTo = (caller: Principal | undefined): Conditions =>
  new Conditions(isStaff(caller) ? 'true' : `o.state = 'PUBLISHED'`);
