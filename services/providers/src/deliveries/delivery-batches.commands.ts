import type { Principal } from '@okienko/chassis/access';
import type { UploadedFile } from '@okienko/chassis/upload';
import { faultsOf } from '@okienko/chassis/validation';
import { DomainError } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, withContext } from '@okienko/messaging/context';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { keepActs } from '../access/keep-act';
import type { ServiceOrder } from '../service-orders/service-order';
import { isOverlap, loadOrder } from './deliveries.commands';
import { BatchedDelivery, type BatchReport, RecordDelivery, type RowProblem, type RowReport } from './deliveries.dto';
import { rowsOf, withIds } from './delivery-table';
import { type Entry, Recording } from './recording';
import { visitOf } from './visit';

const mostBytes = 1024 * 1024;
const attempts = 3;

interface Row extends Entry {
  readonly row: number;
}

type Refusal = RowReport & { readonly result: 'REFUSED' };

/** Unwinds a transaction that was a trial. */
class Trial extends Error {
  constructor(readonly reports: readonly RowReport[]) {
    super();
  }
}

/** What is to be recorded, by orders. */
type Orders = readonly (readonly [orderId: string, rows: readonly Row[]])[];

/** Many deliveries at once, where a row that cannot be recorded costs nothing but itself. */
@Injectable()
export class DeliveryBatches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  recordBatch(deliveries: readonly object[], caller: Principal): Promise<BatchReport> {
    return this.recordAll(deliveries, BatchedDelivery, caller, false);
  }

  async recordTable(upload: UploadedFile, dryRun: boolean, caller: Principal): Promise<BatchReport> {
    const rows = withIds(rowsOf(await upload.read(mostBytes)), caller.providerId ?? '');
    return this.recordAll(rows, RecordDelivery, caller, dryRun);
  }

  private async recordAll(
    given: readonly object[],
    type: typeof BatchedDelivery | typeof RecordDelivery,
    caller: Principal,
    dryRun: boolean,
  ): Promise<BatchReport> {
    const now = this.clock.now();
    const unread: RowReport[] = [];
    const orders = new Map<string, Row[]>();
    given.forEach((plain, index) => {
      const read = readRow(plain, type, index + 1, now);
      if ('result' in read) unread.push(read);
      else orders.set(read.orderId, [...(orders.get(read.orderId) ?? []), read.row]);
    });
    const reportOf = (recorded: readonly RowReport[]): BatchReport => {
      const rows = [...unread, ...recorded].sort((one, other) => one.row - other.row);
      const count = rows.filter(({ result }) => result === 'RECORDED').length;
      return { recorded: count, refused: rows.length - count, dryRun, rows };
    };
    const record = (some: Orders, work: Work): Promise<RowReport[]> => recordIn(work, some, now, caller, this.clock);
    // Locks are taken in the order of ids: nobody waits in a circle.
    const sorted = [...orders].sort(([one], [other]) => (one < other ? -1 : 1));
    return this.once(sorted, dryRun, record, reportOf);
  }

  /**
   * In one transaction with the answer to the same request. Where another request was faster with one of the ids or performers, which the
   * database says of all rows together, each order has a transaction of its own, and the answer is kept after the last.
   */
  private async once(
    orders: Orders,
    dryRun: boolean,
    record: (some: Orders, work: Work) => Promise<RowReport[]>,
    reportOf: (recorded: readonly RowReport[]) => BatchReport,
  ): Promise<BatchReport> {
    const tried = async (some: Orders, work: Work): Promise<RowReport[]> => {
      const reports = await record(some, work);
      if (dryRun) throw new Trial(reports);
      return reports;
    };
    try {
      return await this.work.run(async (work) => reportOf(await tried(orders, work)));
    } catch (error) {
      const reports: RowReport[] = [];
      if (error instanceof Trial) reports.push(...error.reports);
      else if (!isRace(error)) throw error;
      else {
        const { idempotency: _, ...context } = currentContext();
        for (const one of orders)
          reports.push(...(await withContext(context, () => this.alone((work) => tried([one], work)))));
      }
      return this.work.run(() => reportOf(reports));
    }
  }

  private async alone(record: (work: Work) => Promise<RowReport[]>): Promise<readonly RowReport[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.work.run(record);
      } catch (error) {
        if (error instanceof Trial) return error.reports;
        if (attempt === attempts || !isRace(error)) throw error;
      }
    }
  }
}

const isRace = (error: unknown): boolean => isUniqueViolation(error, 'delivery_pkey') || isOverlap(error);

/** Asks about all orders at once, then records order by order: what the one takes of a quota the next one does not have. */
async function recordIn(work: Work, orders: Orders, now: Date, caller: Principal, clock: Clock): Promise<RowReport[]> {
  const loaded = await Promise.all(
    orders.map(async ([id, rows]) => {
      try {
        return { rows, order: await loadOrder(work, id, caller) };
      } catch (error) {
        if (error instanceof DomainError) return { rows, error };
        throw error;
      }
    }),
  );
  const reports: RowReport[] = [];
  const entries: (readonly [ServiceOrder, readonly Row[]])[] = [];
  for (const { rows, order, error } of loaded) {
    if (order) entries.push([order, rows]);
    else reports.push(...rows.map(({ row, id }) => refused(row, id, error)));
  }
  const recordings = await Recording.toRecord(work, entries, now);
  for (const [at, [{ providerId }, rows]] of entries.entries()) {
    const booked: string[] = [];
    for (const row of rows) reports.push(await bookRow(recordings[at] as Recording, row, (id) => booked.push(id)));
    if (booked.length > 0) keepActs(work, caller, clock, { providerId, act: 'RECORD_DELIVERY', subjectIds: booked });
  }
  await Recording.end(work, recordings);
  return reports;
}

function readRow(
  plain: object,
  type: typeof BatchedDelivery | typeof RecordDelivery,
  row: number,
  now: Date,
): Refusal | { orderId: string; row: Row } {
  const given = plainToInstance<BatchedDelivery | RecordDelivery, object>(type, plain);
  const faults = faultsOf(
    validateSync(given, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
  );
  const { id, orderId, ...told } = given;
  if (faults.length > 0 || id === undefined) {
    const problem = { code: 'invalid-request', detail: 'Correct the fields named below.', errors: faults.slice(0, 20) };
    return { row, id: null, result: 'REFUSED', problem };
  }
  try {
    return { orderId, row: { row, id, visit: visitOf(told, now) } };
  } catch (error) {
    if (error instanceof DomainError) return refused(row, id, error);
    throw error;
  }
}

async function bookRow(recording: Recording, { row, ...entry }: Row, booked: (id: string) => void): Promise<RowReport> {
  try {
    if (await recording.book(entry)) booked(entry.id);
    return { row, id: entry.id, result: 'RECORDED' };
  } catch (error) {
    if (error instanceof DomainError) return refused(row, entry.id, error);
    throw error;
  }
}

const refused = (row: number, id: string, error: DomainError): Refusal => ({
  row,
  id,
  result: 'REFUSED',
  problem: problemOf(error),
});

const problemOf = ({ code, message: detail, basis, errors }: DomainError): RowProblem => ({
  code,
  detail,
  ...(basis === undefined ? {} : { basis }),
  ...(errors === undefined ? {} : { errors }),
});
