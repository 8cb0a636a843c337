import { Injectable } from '@nestjs/common';
import { cursorValues, defaultLimit, pageOf } from '@okienko/chassis/page';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { give, officeFields, serviceFields } from './catalogue-fields';
import type { CataloguePage, HowToExport } from './catalogues.dto';
import type { OfficeRecord } from './office-record.dto';
import type { ServiceRecord } from './service-record.dto';

interface OfficeRow {
  readonly id: string;
  readonly content: object;
}

interface EntryRow extends OfficeRow {
  readonly officeId: string;
  readonly place: string;
}

@Injectable()
export class CatalogueQueries {
  constructor(private readonly dataSource: DataSource) {}

  async export({ office, limit = defaultLimit, after }: HowToExport): Promise<CataloguePage> {
    const from = placeOf(after);
    const [explanation, offices, services] = await Promise.all([
      this.explanation(),
      from === undefined ? this.offices(office) : [],
      this.services(office, from, limit + 1),
    ]);
    const { items, ...more } = pageOf(services, limit, ({ place }) => [place]);
    return {
      ...explanation,
      offices: offices.map(officeRecord),
      services: items.map(serviceRecord),
      ...more,
    };
  }

  /** As the newest catalogue that was taken in explains itself. */
  private async explanation(): Promise<Pick<CataloguePage, 'legend' | 'codes'>> {
    const [row] = await this.dataSource.query<{ explanation: object }[]>(
      `select content - 'counts' as explanation from catalogue_import
       where content ?| array['legend', 'codes'] order by id desc limit 1`,
    );
    return row?.explanation ?? {};
  }

  private offices(key: string | undefined): Promise<OfficeRow[]> {
    const where = new Conditions('true').and((value) => `f.key = ${value}`, key);
    return this.dataSource.query(
      `select f.key as id, f.content from office f where ${where.sql} order by f.id`,
      where.values,
    );
  }

  private services(office: string | undefined, from: string | undefined, most: number): Promise<EntryRow[]> {
    const where = new Conditions(`o.state is distinct from 'WITHDRAWN'`)
      .and((value) => `f.key = ${value}`, office)
      .and((value) => `e.place > ${value}`, from);
    return this.dataSource.query(
      `select e.key as id, f.key as "officeId", coalesce(o.content, e.content) as content, e.place::text as place
       from catalogue_entry e join office f on f.id = e.office_id left join service_offer o on o.id = e.offer_id
       where ${where.sql} order by e.place limit ${where.value(most)}`,
      where.values,
    );
  }
}

const officeRecord = ({ id, content }: OfficeRow): OfficeRecord =>
  ({ id, terc: null, ...give(content, officeFields) }) as unknown as OfficeRecord;

const serviceRecord = ({ id, officeId, content }: EntryRow): ServiceRecord =>
  ({ id, officeId, ...give(content, serviceFields) }) as unknown as ServiceRecord;

const placeOf = (after: string | undefined): string | undefined => cursorValues(after, [/^\d{1,18}$/])?.[0];
