import { Injectable } from '@nestjs/common';
import { cursorValues, defaultLimit, type Page, pageOf, type PageQuery } from '@okienko/chassis/page';
import { RequestProblem } from '@okienko/chassis/problem';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import type { ProgrammeView } from '../programmes/programmes.dto';
import * as programmes from '../programmes/programmes.queries';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import * as offers from '../service-offers/service-offers.queries';
import type { ProgrammeChanges, PublishedOffer, ServiceOfferChanges, ServiceOfferSnapshot } from './changes.dto';

interface Change<Row> {
  readonly position: string;
  readonly id: string;
  readonly at: Date;
  /** Null for what is not public any longer. */
  readonly shown: Row | null;
}

interface OfferRow {
  readonly id: string;
  readonly version: number;
  readonly content: ServiceOfferContent;
}

const offer = ({ content, ...row }: OfferRow): PublishedOffer => ({ ...row, ...content }) as PublishedOffer;
const cursorOf = (...values: string[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');

@Injectable()
export class ChangeQueries {
  constructor(private readonly dataSource: DataSource) {}

  async offers(query: PageQuery): Promise<ServiceOfferChanges> {
    const shown = `select o.id, o.version, o.content from service_offer o where o.id = c.id and ${offers.visibleTo(undefined).sql}`;
    return this.follow<OfferRow, { offer: PublishedOffer }>('service-offer', shown, query, (row) => ({
      offer: offer(row),
    }));
  }

  async programmes(query: PageQuery): Promise<ProgrammeChanges> {
    const shown = `select ${programmes.columns} from programme where id = c.id and ${programmes.visibleTo(undefined).sql}`;
    return this.follow<programmes.Row, { programme: ProgrammeView }>('programme', shown, query, (row) => ({
      programme: programmes.view(row, undefined),
    }));
  }

  /**
   * The position is read before the rows. What has a position by then was committed, so it is in the rows; what has none yet, or changes while
   * the pages are read, gets a later one and comes with the changes.
   */
  async snapshot({ limit = defaultLimit, after }: PageQuery): Promise<ServiceOfferSnapshot> {
    const [position = await this.head('service-offer'), id] = cursorValues(after, [positionShape, 'uuid']) ?? [];
    const where = offers.visibleTo(undefined).and((value) => `o.id > ${value}`, id);
    const rows = await this.dataSource.query<OfferRow[]>(
      `select o.id, o.version, o.content from service_offer o where ${where.sql} order by o.id limit ${where.value(limit + 1)}`,
      where.values,
    );
    return { ...pageOf(rows.map(offer), limit, (row) => [position, row.id]), position: cursorOf(position) };
  }

  /** One statement: a thing that is seen at a position is seen as it was when it got that. */
  private async follow<Row, Told extends object>(
    kind: string,
    shown: string,
    { limit = defaultLimit, after }: PageQuery,
    tell: (row: Row) => Told,
  ): Promise<Page<{ id: string; at: string } & (Told | { deleted: true })> & { position: string }> {
    const from = cursorValues(after, [positionShape])?.[0] ?? '0';
    const where = new Conditions('true').and((value) => `c.kind = ${value}`, kind);
    const changes = await this.dataSource.query<Change<Row>[]>(
      `select c.position::text as position, c.id, c.at, (select to_jsonb(s) from (${shown}) s) as shown
       from directory_change c where ${where.sql} and c.position > ${where.value(from)}
       order by c.position limit ${where.value(limit + 1)}`,
      where.values,
    );
    if (changes.length === 0) await this.assertReached(from);
    const { items, ...more } = pageOf(changes, limit, (change) => [change.position]);
    return {
      items: items.map(({ id, at, shown }) => ({
        id,
        at: at.toISOString(),
        ...(shown === null ? { deleted: true as const } : tell(shown)),
      })),
      ...more,
      position: cursorOf(items.at(-1)?.position ?? from),
    };
  }

  private async head(kind: string): Promise<string> {
    const [row] = await this.dataSource.query<{ head: string }[]>(
      'select coalesce(max(position), 0)::text as head from directory_change where kind = $1',
      [kind],
    );
    return row?.head ?? '0';
  }

  /** A database restored from an older copy would give positions anew, and one who is ahead of it would miss what gets them. */
  private async assertReached(from: string): Promise<void> {
    const [row] = await this.dataSource.query<{ reached: boolean }[]>(
      `select coalesce(pg_sequence_last_value('directory_change_position'), 0) >= $1::bigint as reached`,
      [from],
    );
    if (!row?.reached)
      throw new RequestProblem(
        400,
        'cursor-unknown',
        'The changes have not come so far: the directory was restored from an older copy. Take a snapshot, and follow from there.',
      );
  }
}

const positionShape = /^(0|[1-9]\d{0,17})$/;
