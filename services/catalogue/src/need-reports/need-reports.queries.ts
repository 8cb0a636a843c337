import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { addMonths, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction } from '@okienko/messaging/transaction';
import { recordAccess } from '@okienko/privacy/access-log';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { decryptField } from '@okienko/privacy/sealed-column';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { termsOn } from '../terms/statutory-terms';
import type { NeedReportActs } from './need-report';
import { wordsPlace } from './need-reports.commands';
import type {
  ListNeedReports,
  NeedReportItem,
  NeedReportStatus,
  NeedReportView,
  NeedReportWords,
} from './need-reports.dto';
import { digestOf } from './receipts';

interface Row extends Pick<NeedReportItem, 'id' | 'version' | 'state' | 'terc' | 'reportedBy'> {
  acts: NeedReportActs;
}

const columns = `id, version, state, terc, reported_by as "reportedBy", acts`;

@Injectable()
export class NeedReportQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keys: PersonKeys,
  ) {}

  /** The oldest first, without what they say. */
  async list({ state, terc, area, limit = defaultLimit, after }: ListNeedReports): Promise<Page<NeedReportItem>> {
    const where = new Conditions('true')
      .and((value) => `state = ${value}`, state)
      .and((value) => `terc = ${value}`, terc)
      .and((value) => `acts->>'area' = ${value}`, area)
      .and((value) => `id > ${value}`, cursorId(after));
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} from need_report where ${where.sql} order by id limit ${where.value(limit + 1)}`,
      where.values,
    );
    return pageOf(rows.map(item), limit, ({ id }) => [id]);
  }

  /** With what it says; whoever reads it leaves a trace in the same transaction. */
  get(id: string, reader: Principal): Promise<NeedReportView> {
    return inTransaction(this.dataSource, async (transaction) => {
      // Under a share lock: the words cannot be erased between this statement and the one that fetches their key.
      const [row] = await transaction.query<Row & { words: Buffer | null }>(
        `select ${columns}, words from need_report where id = $1 for share`,
        [id],
      );
      if (!row) throw new NotFound('need report');
      const { words: sealed, ...report } = row;
      if (!sealed) return { ...item(report), words: null };
      const key = await this.keys.keyOf(transaction, id);
      const words = JSON.parse(decryptField(key, sealed, wordsPlace(id))) as NeedReportWords;
      await recordAccess(transaction, {
        at: this.clock.now(),
        actor: reader.sub,
        role: reader.roles.join(' '),
        act: 'READ',
        // Who is in need may be known to the words alone, so the report stands for the person.
        personId: id,
        fieldGroups: ['NEED_REPORT'],
        purpose: 'NEED_REPORT',
        traceId: traceIdOf(currentContext().traceparent),
      });
      return { ...item(report), words };
    });
  }

  /** What has become of it, for whoever holds the receipt: no more than the reporter knows already. */
  async statusOf(receipt: string): Promise<NeedReportStatus> {
    const [row] = await this.dataSource.query<Pick<Row, 'state' | 'acts'>[]>(
      'select state, acts from need_report where receipt_digest = $1',
      [digestOf(receipt)],
    );
    if (!row) throw new NotFound('need report');
    const { filedOn, acknowledgedOn, settledOn, reasonCode } = row.acts;
    return { state: row.state, filedOn, acknowledgedOn, settledOn, reasonCode } as NeedReportStatus;
  }

  /** Open reports of which an application has come, the first one where there are several. */
  appliedFor(): Promise<{ reportId: string; applicationId: string }[]> {
    return this.dataSource.query(
      `select distinct on (r.id) r.id as "reportId", a.application_id as "applicationId"
       from need_report_application a join need_report r on r.id = a.need_report_id
       where r.state in ('FILED', 'ACKNOWLEDGED') order by r.id, a.application_id limit 200`,
    );
  }

  /** Settled reports whose words have been kept long enough. */
  async expired(): Promise<string[]> {
    const today = dayOf(this.clock.now());
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from need_report where words is not null and acts->>'settledOn' <= $1 order by id limit 200`,
      [addMonths(today, -termsOn(today).needReportMonths)],
    );
    return rows.map(({ id }) => id);
  }
}

const item = ({ acts, reportedBy, ...row }: Row): NeedReportItem => ({
  ...row,
  ...acts,
  ...(reportedBy && { reportedBy }),
});
