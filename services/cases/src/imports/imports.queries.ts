import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorNumber, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { outcomes } from './data-import';
import type { ImportCounts, ImportRowView, ImportView, ListRows } from './imports.dto';

@Injectable()
export class ImportQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** Counts and times only. */
  get(id: string, caller: Principal): Promise<ImportView> {
    return inTransaction(this.dataSource, (transaction) => this.read(transaction, id, caller));
  }

  rows(id: string, { outcome, after, limit = defaultLimit }: ListRows, access: Access): Promise<Page<ImportRowView>> {
    const position = cursorNumber(after);
    return inTransaction(this.dataSource, async (transaction) => {
      await this.read(transaction, id, access.caller);
      const { sql, values } = where(
        ...given('import_id = ?', id),
        ...(outcome === undefined ? [{ sql: 'outcome is not null', values: [] }] : given('outcome = ?', outcome)),
        ...given('row > ?', position),
      );
      const text = `${selectRows} ${sql} order by row limit $${values.length + 1}`;
      const rows = await transaction.query<ImportRowView>(text, [...values, limit + 1]);
      await this.personalData.record(transaction, 'READ', access, { personId: id, fieldGroups: ['IMPORT'] });
      return pageOf(rows, limit, ({ row }) => [String(row)]);
    });
  }

  private async read(transaction: Transaction, id: string, caller: Principal): Promise<ImportView> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller, null));
    const [found] = await transaction.query<Found>(`${selectImport} ${sql}`, values);
    if (!found) throw new NotFound('import');
    const counts = Object.fromEntries(
      outcomes.map((name) => [name, found.counts?.[name] ?? 0]),
    ) as unknown as ImportCounts;
    const done = Object.values(counts).reduce((sum: number, count: number) => sum + count, 0);
    const seconds = ((found.endedAt ?? this.clock.now()).getTime() - found.startedAt.getTime()) / 1000;
    return {
      ...found,
      counts,
      left: found.rows - done,
      rowsPerSecond: seconds > 0 ? Math.round((done / seconds) * 10) / 10 : 0,
      startedAt: found.startedAt.toISOString(),
      endedAt: found.endedAt?.toISOString() ?? null,
    };
  }
}

type Found = Omit<ImportView, 'counts' | 'left' | 'rowsPerSecond' | 'startedAt' | 'endedAt'> & {
  readonly counts: Partial<ImportCounts> | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

const selectImport = `
  select id, version, unit, kind, source, dry_run as "dryRun", state, sha256, rows, started_by as "startedBy",
         started_at as "startedAt", ended_at as "endedAt",
         (select jsonb_object_agg(outcome, count) from (
            select outcome, count(*)::int as count from import_row r
            where r.import_id = data_import.id and outcome is not null group by outcome
          ) counted) as counts
  from data_import`;
const selectRows = `
  select row, external_id as "externalId", outcome, code, field, subject_id as "subjectId", duplicates from import_row`;
