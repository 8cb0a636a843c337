import { Injectable } from '@nestjs/common';
import { DomainError } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { freshContext, withContext } from '@okienko/messaging/context';
import { inTransaction, isUniqueViolation, type Transaction } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { PersonalData } from '../access/personal-data';
import type { Brought, Reported } from './brought';
import { DataImport, type Outcome } from './data-import';
import { fieldOf, RowRefused } from './import-errors';
import type { ImportRecord } from './import-records';
import { rowSealedFor } from './import-row';
import { ImportRows } from './import-rows.commands';
import { accessOf, type Running } from './running';

/** Longest pause between two statements. Of a replica that stands still the transaction ends after it, and the next one goes on. */
const lease = `set local idle_in_transaction_session_timeout = '8s'`;

/** Rows a transaction: few enough that nobody waits long for what it locks. */
const batch = 20;

/** Goes through the rows of an import, a batch a transaction. What has been done is in the rows, so whoever comes next goes on from there. */
@Injectable()
export class ImportRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly rows: ImportRows,
  ) {}

  /** The next rows of an import that no other replica has in hand; answers whether there was one. */
  async next(): Promise<boolean> {
    const moved = await inTransaction(this.work.dataSource, async (transaction) => {
      const [running] = await transaction.query<Running>(nextImport);
      if (!running) return false;
      transaction.send(lease, []);
      await withContext({ ...freshContext(), transaction }, () => this.step(transaction, running));
      return true;
    });
    if (moved) this.work.announce();
    return moved;
  }

  private async step(transaction: Transaction, running: Running): Promise<void> {
    const { id, dryRun } = running;
    const sealed = await transaction.query<Sealed>(dryRun ? nextGroups : nextRows, [id, batch]);
    if (sealed.length === 0) return this.end(transaction, running);
    const key = await this.personalData.keyOf(transaction, id);
    const records = sealed.map(({ row, content }) =>
      rowSealedFor(key, id, row).openJson<ImportRecord>('content', content),
    );
    const takeAll = async (): Promise<Reported[]> => {
      const reports: Reported[] = [];
      for (const one of records) reports.push(await this.take(transaction, running, one));
      return reports;
    };
    const reports = dryRun
      ? await this.asTried(transaction, running, await transaction.trial(takeAll))
      : await takeAll();
    await transaction.query(report, [id, JSON.stringify(reports)]);
  }

  /** Whatever is wrong with a row concerns that row alone. One that another has just brought in is looked at once more. */
  private async take(transaction: Transaction, running: Running, record: ImportRecord): Promise<Reported> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        let brought: Brought | undefined;
        await transaction.attempt(async () => (brought = await this.rows.bring(running, record)));
        return reportOf(record, brought as Brought);
      } catch (error) {
        if (error instanceof RowRefused) return refusalOf(record, error.code, error.field);
        if (error instanceof DomainError) return refusalOf(record, error.code, fieldOf[error.code] ?? null);
        if (!isOfTheRow(error)) throw error;
        if (attempt > 1 || !isUniqueViolation(error)) return refusalOf(record, 'not-stored', null);
      }
    }
  }

  /** Nothing of a dry run stays but what it has found out, and that it has looked. */
  private async asTried(transaction: Transaction, running: Running, reports: readonly Reported[]): Promise<Reported[]> {
    const named = reports.flatMap(({ subjectId, duplicates }) => [subjectId, ...duplicates]);
    const persons = await transaction.query<{ id: string }>('select id from person where id = any ($1::uuid[])', [
      named,
    ]);
    const touched = persons.map(({ id }) => ({ act: 'SEARCH', personId: id, fieldGroups: ['IDENTITY'] }) as const);
    await this.personalData.recordAll(transaction, accessOf(running), touched);
    const isHere = (id: string | null): boolean => persons.some((person) => person.id === id);
    return reports.map((one) => ({
      ...one,
      subjectId: one.outcome === 'UNCHANGED' || isHere(one.subjectId) ? one.subjectId : null,
      duplicates: one.duplicates.filter(isHere),
    }));
  }

  /** The rows are destroyed with their key; the digest of the file stays. */
  private end(transaction: Transaction, { id }: Running): Promise<void> {
    return this.work.run(async (work) => {
      const ended = await work.load(DataImport, id);
      const counts = await work.query<{ outcome: Outcome; count: number }>(countOutcomes, [id]);
      ended.end(this.clock.now());
      await work.save(ended, ended.completed(Object.fromEntries(counts.map((one) => [one.outcome, one.count]))));
      await this.personalData.destroyKey(transaction, id);
    });
  }
}

interface Sealed {
  readonly row: number;
  readonly content: Buffer;
}

const reportOf = ({ row }: ImportRecord, { outcome, subjectId, duplicates = [] }: Brought): Reported => ({
  row,
  outcome,
  code: null,
  field: null,
  subjectId,
  duplicates,
});
const refusalOf = ({ row }: ImportRecord, code: string, field: string | null): Reported => ({
  row,
  outcome: 'REFUSED',
  code,
  field,
  subjectId: null,
  duplicates: [],
});

/** What PostgreSQL refuses for the data (classes 22 and 23), and not because it cannot go on. */
const isOfTheRow = (error: unknown): boolean =>
  /^2[23]/.test(String((error as { readonly code?: unknown } | null)?.code ?? ''));

const nextImport = `
  select id, unit, source, kind, dry_run as "dryRun", started_by as "startedBy", started_as as "startedAs", purpose
  from data_import where state = 'RUNNING' order by id limit 1 for update skip locked`;
// By external id, so that it does not matter in which order a file has its rows.
const nextRows = `
  select row, content from import_row where import_id = $1 and outcome is null
  order by group_no, external_id collate "C" limit $2`;
// Rows that may change what becomes of each other are tried together, since nothing of them stays for the next.
const nextGroups = `
  select row, content from (
    select row, content, group_no, external_id from import_row where import_id = $1 and outcome is null
    order by group_no fetch first ($2) rows with ties
  ) together order by group_no, external_id collate "C"`;
const report = `
  update import_row r
  set content = null, outcome = told.outcome, code = told.code, field = told.field, subject_id = told."subjectId", duplicates = told.duplicates
  from jsonb_to_recordset($2::jsonb)
    as told (row int, outcome text, code text, field text, "subjectId" uuid, duplicates uuid[])
  where r.import_id = $1 and r.row = told.row`;
const countOutcomes = 'select outcome, count(*)::int as count from import_row where import_id = $1 group by outcome';
