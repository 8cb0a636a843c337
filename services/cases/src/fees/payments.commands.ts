import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { RequestProblem } from '@okienko/chassis/problem';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData, type Touched } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { type StatementLine, StatementMalformed, statementOf } from './bank-statement';
import { changeFee } from './change-fee';
import { DismissedPayment } from './dismissed-payment';
import type { RefundSurplus } from './fee-collection.dto';
import { Fee, type Payment, type PaymentResult } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { paid, refunded } from './fee-events';
import { countedBefore, feesFor, keepLines, type LineResult, type PaymentLine, takeTurn } from './payment-lines';
import { BookedInTheFuture, PaymentCounted } from './payment-errors';
import { type Taken, Till, touchedOf } from './till';
import type { ImportReport, ImportStatement, LineReport, PaymentRecorded, RecordPayment } from './payments.dto';

/** What has come in (art. 43(1)): whole statements of the bank, or one payment at a time. Each counts once. */
@Injectable()
export class PaymentCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  import(body: ImportStatement, isDryRun: boolean, access: Access): Promise<ImportReport> {
    const lines = this.linesOf(body);
    return this.work.run(async (work) => {
      await takeTurn(work);
      const till = await Till.open(work, await feesFor(work, lines));
      const taken = till.takeAll(lines, await countedBefore(work, lines), uuidv7);
      if (!isDryRun) await this.keep(work, till, taken, access);
      return { lines: taken.map((one, index) => reportOf(one, index, isDryRun)) };
    });
  }

  /** Paid at the desk, or known from a document. */
  record(feeId: string, expectedVersion: number, body: RecordPayment, access: Access): Promise<PaymentRecorded> {
    const { bookedOn, grosze, documentNumber: bankReference } = body;
    if (bookedOn > this.today) throw new BookedInTheFuture('/bookedOn');
    return this.work.run(async (work) => {
      await takeTurn(work);
      if ((await countedBefore(work, [{ bookedOn, grosze, bankReference }])).size > 0) throw new PaymentCounted();
      const fee = await loadVisible(work, Fee, feeId, access.caller, expectedVersion);
      const payment = { id: uuidv7(), bookedOn, grosze };
      const result = await this.take(work, fee, payment, access);
      const line = { ...payment, source: 'HAND', bankReference, feeId, result, details: null } as const;
      keepLines(work, [line], access.caller.sub);
      return { id: feeId, version: fee.version, paymentId: payment.id, result };
    });
  }

  /** What no charge of the fee needs goes back to whoever paid it. */
  refund(feeId: string, version: number, body: RefundSurplus, access: Access): Promise<Changed> {
    const { refundedOn: bookedOn, grosze, reasonCode } = body;
    if (bookedOn > this.today) throw new BookedInTheFuture('/refundedOn');
    return this.work.run((work) =>
      changeFee(work, this.personalData, { id: feeId, version, access }, (fee) => {
        const refund = { id: uuidv7(), bookedOn, grosze, reasonCode };
        fee.refund(refund);
        return refunded(fee, refund);
      }),
    );
  }

  /** For no fee: nobody looks for one any longer, and what the payer wrote is not kept. */
  dismiss(id: string, reasonCode: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const line = await unmatched(work, id, 'dismissed');
      const dismissal = DismissedPayment.dismiss(id, line.grosze, reasonCode, access.caller.sub, this.today);
      await work.save(dismissal, dismissal.dismissed());
      work.send("update payment_line set result = 'DISMISSED', details = null where id = $1", [id]);
      await this.personalData.record(work, 'WRITE', access, ofNobody(line));
      return { id, version: dismissal.version };
    });
  }

  /** A clerk has found out which fee is meant; who paid and what they wrote is not kept any longer. */
  assign(id: string, feeId: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const line = await unmatched(work, id, 'assigned');
      const fee = await loadVisible(work, Fee, feeId, access.caller);
      const result = await this.take(work, fee, line, access);
      work.send('update payment_line set fee_id = $2, result = $3, details = null where id = $1', [id, feeId, result]);
      return { id: feeId, version: fee.version };
    });
  }

  private async keep(work: Work, till: Till, taken: readonly Taken[], access: Access): Promise<void> {
    const kept: PaymentLine[] = [];
    for (const { line, payment, feeId, result } of taken) {
      if (!payment || result === 'DUPLICATE' || result === 'OUTGOING') continue;
      const details = feeId === null ? await this.seal(work, payment.id, line) : null;
      kept.push({ ...payment, source: 'STATEMENT', bankReference: line.bankReference, feeId, result, details });
    }
    if (kept.length === 0) return;
    keepLines(work, kept, access.caller.sub);
    await till.close();
    for (const touched of [...till.touched, ...kept.filter(({ feeId }) => feeId === null).map(ofNobody)])
      await this.personalData.record(work, 'WRITE', access, touched);
  }

  private async take(work: Work, fee: Fee, payment: Payment, access: Access): Promise<PaymentResult> {
    const before = fee.charges;
    const result = fee.pay(payment);
    await work.save(fee, paid(fee, payment, result));
    keepDeadlines(work, fee, before);
    await this.personalData.record(work, 'WRITE', access, touchedOf(fee));
    return result;
  }

  private linesOf({ csv, lines }: ImportStatement): readonly StatementLine[] {
    if ((csv === undefined) === (lines === undefined))
      throw new RequestProblem(400, 'invalid-request', 'Send either `csv` or `lines`.');
    const told: readonly StatementLine[] = lines ?? read(csv ?? '');
    const late = told.flatMap(({ bookedOn }, index) => (bookedOn > this.today ? [index] : []));
    if (late.length > 0)
      throw new BookedInTheFuture(...late.map((index) => (lines ? `/lines/${index}` : `/csv/${index + 1}`)));
    return told;
  }

  /** Under a key of the line’s own. */
  private async seal(work: Work, id: string, { title, payerAccount }: StatementLine): Promise<Buffer> {
    const row = new SealedRow(await this.personalData.newPerson(work, id), 'payment_line', id);
    return row.sealJson('details', { title, payerAccount: payerAccount ?? null });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

async function unmatched({ query }: Work, id: string, act: string): Promise<Payment> {
  const [line] = await query<Payment & { result: LineResult }>(
    'select id, booked_on as "bookedOn", grosze, result from payment_line where id = $1 for update',
    [id],
  );
  if (!line) throw new NotFound('payment');
  const { result, ...payment } = line;
  if (result === 'UNMATCHED') return payment;
  throw new NotInState('payment', act, result === 'DISMISSED' ? result : 'MATCHED');
}

function reportOf({ result, feeId, payment }: Taken, index: number, isDryRun: boolean): LineReport {
  return { line: index + 1, result, feeId, paymentId: isDryRun ? null : (payment?.id ?? null) };
}

/** Nobody is known yet, so the line stands for the person. */
const ofNobody = ({ id }: Payment): Touched => ({ personId: id, fieldGroups: ['PAYMENT'] });

function read(csv: string): readonly StatementLine[] {
  try {
    return statementOf(csv);
  } catch (error) {
    if (!(error instanceof StatementMalformed)) throw error;
    throw new RequestProblem(400, 'statement-malformed', error.message, error.errors);
  }
}
