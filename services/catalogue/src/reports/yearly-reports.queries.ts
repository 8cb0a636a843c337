import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { isStaff } from '../staff';
import type { YearFigures } from './year-figures';
import type { YearlyAdditions } from './yearly-report';
import type { ListYearlyReports, YearlyReportSummary, YearlyReportView } from './yearly-reports.dto';

interface Row extends Pick<YearlyReportSummary, 'id' | 'version' | 'state' | 'terc' | 'year'> {
  readonly approvedOn: string | null;
  readonly figures: YearFigures;
  readonly additions: Omit<YearlyAdditions, 'corrections'> | null;
}

const columns = 'id, version, state, terc, year, approved_on::text as "approvedOn"';

@Injectable()
export class YearlyReportQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal | undefined): Promise<YearlyReportView> {
    const where = visibleTo(caller).and((value) => `id = ${value}`, id);
    const [row] = await this.dataSource.query<Row[]>(
      `select ${columns}, figures, additions from yearly_report where ${where.sql}`,
      where.values,
    );
    if (!row) throw new NotFound('yearly report');
    const { figures, additions, ...report } = row;
    return { ...summary(report), ...figures, ...additions } as YearlyReportView;
  }

  async list(
    { terc, limit = defaultLimit, after }: ListYearlyReports,
    caller: Principal | undefined,
  ): Promise<Page<YearlyReportSummary>> {
    const where = visibleTo(caller)
      .and((value) => `left(terc, 6) = left(${value}, 6)`, terc)
      .and((value) => `id > ${value}`, cursorId(after));
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} from yearly_report where ${where.sql} order by id limit ${where.value(limit + 1)}`,
      where.values,
    );
    return pageOf(rows.map(summary), limit, ({ id }) => [id]);
  }
}

/** What the director has not approved is the centre's own draft. */
const visibleTo = (caller: Principal | undefined): Conditions =>
  new Conditions(isStaff(caller) ? 'true' : `state = 'APPROVED'`);

const summary = ({ approvedOn, ...row }: Omit<Row, 'figures' | 'additions'>): YearlyReportSummary => ({
  ...row,
  ...(approvedOn === null ? {} : { approvedOn }),
});
