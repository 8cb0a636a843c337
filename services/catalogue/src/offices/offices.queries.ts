import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import type { OfficeContent } from './office';
import type { ListOffices, OfficeView } from './offices.dto';

interface Row extends Pick<OfficeView, 'id' | 'version' | 'key'> {
  content: OfficeContent;
}

@Injectable()
export class OfficeQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string): Promise<OfficeView> {
    const [office] = await this.select(
      new Conditions('true').and((value) => `id = ${value}`, id),
      1,
    );
    if (!office) throw new NotFound('office');
    return office;
  }

  async list({ terc, limit = defaultLimit, after }: ListOffices): Promise<Page<OfficeView>> {
    const where = new Conditions('true')
      .and((value) => `content->>'terc' = ${value}`, terc)
      .and((value) => `id > ${value}`, cursorId(after));
    return pageOf(await this.select(where, limit + 1), limit, ({ id }) => [id]);
  }

  private async select(where: Conditions, most: number): Promise<OfficeView[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select id, version, key, content from office where ${where.sql} order by id limit ${where.value(most)}`,
      where.values,
    );
    return rows.map(({ content, ...row }) => ({ ...row, ...content }));
  }
}
