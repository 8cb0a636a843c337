import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { CatalogueConfig } from '../config';
import { SearchQueries } from '../search/search.queries';
import {
  type HsdsOrganization,
  type HsdsPage,
  hsdsPage,
  type HsdsService,
  type HsdsServiceAtLocationDetails,
  type HsdsServiceSummary,
} from './hsds';
import { type ListHsdsServiceAtLocations, type ListHsdsServices, pageAsked } from './hsds.dto';
import { serviceIdsOf } from './hsds-location';
import { hsdsService, hsdsServiceAtLocation } from './hsds-service';
import { type FeedOffer, hsdsOrganization, hsdsSummary } from './hsds-summary';
import { fieldTaxonomy, type ProfileTaxonomy, taxonomyById, termById } from './profile';

/** How many of the offers that a search finds are paged through. */
const mostFound = 200;

/** Says an offer in one of the forms of HSDS; nothing, if it has none. */
type Tell<T> = (offer: FeedOffer, centre: string) => T | undefined;

const published = (): Conditions => new Conditions(`o.state = 'PUBLISHED'`);
const track = `coalesce(o.content #>> '{informationOnly,centreOffer,legalTrack}', o.content->>'legalTrack')`;
const owner = `o.content->'informationOnly'->>'owner'`;
const hasPlace = `(o.content ? 'place' or o.content->'contact' ? 'address')`;

/** Published offers as HSDS services, and the bodies that run them. */
@Injectable()
export class HsdsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly search: SearchQueries,
    private readonly config: CatalogueConfig,
  ) {}

  services(asked: ListHsdsServices): Promise<HsdsPage<HsdsServiceSummary>> {
    return this.page(published(), asked, asked.full === 'true' ? hsdsService : hsdsSummary);
  }

  serviceAtLocations(asked: ListHsdsServiceAtLocations): Promise<HsdsPage<HsdsServiceAtLocationDetails>> {
    return this.page(new Conditions(`${published().sql} and ${hasPlace}`), asked, hsdsServiceAtLocation);
  }

  async service(id: string): Promise<HsdsService> {
    const [service] = await this.select(
      published().and((value) => `o.id = ${value}`, id),
      hsdsService,
    );
    if (!service) throw new NotFound('service');
    return service;
  }

  async serviceAtLocation(id: string): Promise<HsdsServiceAtLocationDetails> {
    const places = await this.select(
      published().and((value) => `o.id = any(${value}::uuid[])`, serviceIdsOf(id)),
      hsdsServiceAtLocation,
    );
    const place = places.find((one) => one.id === id);
    if (!place) throw new NotFound('service at a location');
    return place;
  }

  /** By name. Skips from one owner to the next along the index: there are far fewer of them than of offers. */
  async organizations(): Promise<HsdsOrganization[]> {
    const next = `select ${owner} from service_offer o where o.state = 'PUBLISHED' and ${owner}`;
    const rows = await this.dataSource.query<{ name: string }[]>(
      `with recursive owner (name) as (
         (${next} is not null order by 1 limit 1)
         union all
         select (${next} > owner.name order by 1 limit 1) from owner where owner.name is not null
       )
       select name from owner where name is not null
       union select $1 where exists (
         select from service_offer o where o.state = 'PUBLISHED' and not o.content ? 'informationOnly'
       )
       order by 1`,
      [this.config.CENTRE_NAME],
    );
    return rows.map(({ name }) => hsdsOrganization(name));
  }

  async organization(id: string): Promise<HsdsOrganization> {
    const found = (await this.organizations()).find((one) => one.id === id);
    if (!found) throw new NotFound('organization');
    return found;
  }

  private async page<T>(where: Conditions, asked: ListHsdsServiceAtLocations, tell: Tell<T>): Promise<HsdsPage<T>> {
    const { search, taxonomy_term_id, taxonomy_id, organization_id } = asked;
    narrowByTerm(where, taxonomy_term_id);
    narrowByTaxonomy(where, taxonomy_id);
    if (organization_id !== undefined) await this.narrowByOrganization(where, organization_id);
    let order = 'o.id';
    if (search !== undefined) {
      const { items } = await this.search.search({ q: search, limit: mostFound });
      const ids = where.value(items.map(({ id }) => id));
      where.sql += ` and o.id = any(${ids}::uuid[])`;
      order = `array_position(${ids}::uuid[], o.id)`;
    }
    const page = pageAsked(asked);
    const [counted] = await this.dataSource.query<{ total: number }[]>(
      `select count(*)::int as total from service_offer o where ${where.sql}`,
      [...where.values],
    );
    const offset = where.value((page.page - 1) * page.perPage);
    const contents = await this.select(
      where,
      tell,
      `order by ${order} limit ${where.value(page.perPage)} offset ${offset}`,
    );
    return hsdsPage(contents, counted?.total ?? 0, page);
  }

  private async narrowByOrganization(where: Conditions, id: string): Promise<void> {
    const name = (await this.organizations()).find((one) => one.id === id)?.name;
    if (name === undefined) where.sql += ' and false';
    else where.and((value) => `coalesce(${owner}, ${where.value(this.config.CENTRE_NAME)}) = ${value}`, name);
  }

  private async select<T>(where: Conditions, tell: Tell<T>, which = ''): Promise<T[]> {
    const rows = await this.dataSource.query<FeedOffer[]>(
      `select o.id, o.content, case when p.id is not null then jsonb_build_object(
           'id', p.id, 'name', p.content->'name'->'pl', 'aim', p.content->'aim'->'pl', 'evidence', (
             select coalesce(jsonb_agg(jsonb_build_object('code', e->'code', 'name', e->'name'->'pl') order by place), '[]')
             from jsonb_array_elements(p.content->'evidence') with ordinality listed (e, place))) end as programme
       from service_offer o left join programme p on p.id = (o.content->>'programmeId')::uuid
       where ${where.sql} ${which}`,
      where.values,
    );
    return rows.flatMap((offer) => tell(offer, this.config.CENTRE_NAME) ?? []);
  }
}

const nothing = (where: Conditions): void => void (where.sql += ' and false');

function narrowByTerm(where: Conditions, id: string | undefined): void {
  if (id === undefined) return;
  const term = termById(id);
  const taxonomy = term && taxonomyById(term.taxonomyId);
  if (!taxonomy) return nothing(where);
  const { code } = term;
  if (taxonomy === fieldTaxonomy) where.and((value) => `o.content #> ${value}::text[] is not null`, code.split('.'));
  else if (taxonomy.isList) where.and((value) => `o.content->'${taxonomy.field}' @> to_jsonb(${value}::text)`, code);
  else where.and((value) => `${single(taxonomy)} = ${value}`, code);
}

/** Every offer has an area, a law, a recipient, a unit and a fee rule; groups and accessibility only some. */
function narrowByTaxonomy(where: Conditions, id: string | undefined): void {
  if (id === undefined) return;
  const taxonomy = taxonomyById(id);
  if (!taxonomy) return nothing(where);
  if (taxonomy !== fieldTaxonomy) where.sql += ` and coalesce(o.content->'${taxonomy.field}', '[]') <> '[]'`;
}

const single = ({ field }: ProfileTaxonomy): string => (field === 'legalTrack' ? track : `o.content->>'${field}'`);
