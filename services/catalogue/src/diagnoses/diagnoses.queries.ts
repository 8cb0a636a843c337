import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { isStaff } from '../staff';
import type { DiagnosisActs } from './diagnosis';
import type { DiagnosisContent } from './diagnosis-content';
import type { DiagnosisItem, DiagnosisView, ListDiagnoses } from './diagnoses.dto';

interface Row extends Pick<DiagnosisItem, 'id' | 'version' | 'state'> {
  acts: DiagnosisActs;
}

@Injectable()
export class DiagnosisQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal | undefined): Promise<DiagnosisView> {
    const where = visibleTo(caller).and((value) => `id = ${value}`, id);
    const [row] = await this.dataSource.query<(Row & { content: DiagnosisContent })[]>(
      `select id, version, state, content, acts from diagnosis where ${where.sql}`,
      where.values,
    );
    if (!row) throw new NotFound('diagnosis');
    const { content, ...rest } = row;
    return { ...content, consultations: row.acts.consultations, ...told(rest) } as DiagnosisView;
  }

  /** Without what they say in detail. */
  async list(query: ListDiagnoses, caller: Principal | undefined): Promise<Page<DiagnosisItem>> {
    const { terc, state = 'ADOPTED', limit = defaultLimit, after } = query;
    const where = visibleTo(caller)
      .and((value) => `state = ${value}`, state)
      .and((value) => `content->'gminas' @> to_jsonb(${value}::text)`, terc)
      .and((value) => `id > ${value}`, cursorId(after));
    const rows = await this.dataSource.query<(Row & Pick<DiagnosisContent, 'title' | 'gminas'>)[]>(
      `select id, version, state, acts, content->'title' as title, content->'gminas' as gminas
       from diagnosis where ${where.sql} order by id limit ${where.value(limit + 1)}`,
      where.values,
    );
    const items = rows.map(({ title, gminas, ...row }) => ({ title, gminas, ...told(row) }) as DiagnosisItem);
    return pageOf(items, limit, ({ id }) => [id]);
  }
}

/** The one answer to "who may see which diagnoses": what has not been handed over is the centre's own draft. */
const visibleTo = (caller: Principal | undefined): Conditions =>
  new Conditions(isStaff(caller) ? 'true' : `state in ('ADOPTED', 'SUPERSEDED')`);

const told = ({ acts: { adoption, supersededBy }, ...row }: Row): object => ({
  ...row,
  ...adoption,
  ...(supersededBy === undefined ? {} : { supersededBy }),
});
