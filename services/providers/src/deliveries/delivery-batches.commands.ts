import type { Principal } from '@okienko/chassis/access';
import type { UploadedFile } from '@okienko/chassis/upload';
import { faultsOf } from '@okienko/chassis/validation';
import { DomainError } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, withContext } from '@okienko/messaging/context';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { keepAct } from '../access/keep-act';
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

class NotAnswered extends Error {}

/** Many deliveries at once. Each order has its own transaction, and a row that cannot be recorded costs nothing but itself. */
@Injectable()
export class DeliveryBatches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  recordBatch(deliveries: readonly object[], caller: Principal): Promise<BatchReport> {
    return this.once(() => this.recordAll(deliveries, BatchedDelivery, caller, false));
  }

  async recordTable(upload: UploadedFile, dryRun: boolean, caller: Principal): Promise<BatchReport> {
    const rows = withIds(rowsOf(await upload.read(mostBytes)), caller.providerId ?? '');
    return this.once(() => this.recordAll(rows, RecordDelivery, caller, dryRun));
  }

  /** The answer to the same request is the same again, though its effect is in several transactions: it is kept after the last. */
  private async once(act: () => Promise<BatchReport>): Promise<BatchReport> {
    const { idempotency, ...context } = currentContext();
    if (!idempotency) return act();
    try {
      return await this.work.run<BatchReport>(() => {
        throw new NotAnswered();
      });
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
    }
    const report = await withContext(context, act);
    return this.work.run(() => report);
  }

  private async recordAll(
    given: readonly object[],
    type: typeof BatchedDelivery | typeof RecordDelivery,
    caller: Principal,
    dryRun: boolean,
  ): Promise<BatchReport> {
    const now = this.clock.now();
    const reports: RowReport[] = [];
    const orders = new Map<string, Row[]>();
    given.forEach((plain, index) => {
      const read = readRow(plain, type, index + 1, now);
      if ('result' in read) reports.push(read);
      else orders.set(read.orderId, [...(orders.get(read.orderId) ?? []), read.row]);
    });
    for (const orderId of [...orders.keys()].sort())
      reports.push(...(await this.recordOrder(orderId, orders.get(orderId) as Row[], now, caller, dryRun)));
    reports.sort((one, other) => one.row - other.row);
    const recorded = reports.filter(({ result }) => result === 'RECORDED').length;
    return { recorded, refused: reports.length - recorded, dryRun, rows: reports };
  }

  private async recordOrder(
    orderId: string,
    rows: readonly Row[],
    now: Date,
    caller: Principal,
    dryRun: boolean,
  ): Promise<readonly RowReport[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.work.run(async (work) => {
          const order = await loadOrder(work, orderId, caller);
          const recording = await Recording.toRecord(work, order, rows, now);
          const reports: RowReport[] = [];
          const { providerId } = order;
          const kept = (subjectId: string): void =>
            keepAct(work, caller, this.clock, { providerId, act: 'RECORD_DELIVERY', subjectId });
          for (const row of rows) reports.push(await bookRow(recording, row, kept));
          await recording.end();
          if (dryRun) throw new Trial(reports);
          return reports;
        });
      } catch (error) {
        if (error instanceof Trial) return error.reports;
        if (error instanceof DomainError) return rows.map(({ row, id }) => refused(row, id, error));
        // Another request was faster with one of these ids or performers: this one sees it now.
        if (attempt === attempts || !(isUniqueViolation(error, 'delivery_pkey') || isOverlap(error))) throw error;
      }
    }
  }
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
