import { Injectable } from '@nestjs/common';
import { type Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { encryptField } from '@okienko/privacy/sealed-column';
import { v7 as uuidv7 } from 'uuid';
import { NeedReport } from './need-report';
import { type NeedReported, type ReportNeed } from './need-reports.dto';
import { digestOf, Receipts } from './receipts';

/** Where the words of a report lie; a report has a key of its own, as a person has. */
export const wordsPlace = (reportId: string) => ({ table: 'need_report', column: 'words', rowId: reportId });

@Injectable()
export class NeedReportCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly keys: PersonKeys,
    private readonly receipts: Receipts,
  ) {}

  async file({ need, contact, ...facts }: ReportNeed): Promise<NeedReported> {
    const changed = await this.work.run(async (work) => {
      const id = uuidv7();
      const words = encryptField(await this.keys.create(work, id), JSON.stringify({ need, contact }), wordsPlace(id));
      const sealed = { words, receiptDigest: digestOf(this.receipts.of(id)) };
      const report = NeedReport.file(id, facts, sealed, this.today);
      await work.save(report, report.filed());
      return { id, version: report.version };
    });
    // Beside the answer that is kept for a repeated request: the receipt is a secret of the reporter's.
    return { ...changed, receipt: this.receipts.of(changed.id) };
  }

  acknowledge(id: string, expectedVersion: number, area: string): Promise<Changed> {
    return this.work.change(NeedReport, id, expectedVersion, (report) => report.acknowledge(area, this.today));
  }

  forward(id: string, expectedVersion: number, applicationId: string): Promise<Changed> {
    return this.work.change(NeedReport, id, expectedVersion, (report) => report.forward(applicationId, this.today));
  }

  /** An entitled person has applied because of it; nothing when it is settled already. */
  turnIntoApplication(id: string, applicationId: string): Promise<void> {
    return this.work.run(async ({ load, save }) => {
      const report = await load(NeedReport, id);
      if (!report.isSettled) await save(report, report.turnIntoApplication(applicationId, this.today));
    });
  }

  dismiss(id: string, expectedVersion: number, reasonCode: string): Promise<Changed> {
    return this.work.change(NeedReport, id, expectedVersion, (report) => report.dismiss(reasonCode, this.today));
  }

  erase(id: string, expectedVersion: number): Promise<Changed> {
    return this.work.run(async (work) => {
      const report = await work.load(NeedReport, id, expectedVersion);
      await this.forget(work, report, 'REQUEST');
      return { id, version: report.version };
    });
  }

  /** The time for which its words are kept is over; nothing when another replica was quicker. */
  expire(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const report = await work.load(NeedReport, id);
      if (!report.isErased) await this.forget(work, report, 'RETENTION');
    });
  }

  /** Destroys the key with the words: what copies and backups still hold can be read no more. */
  private async forget(work: Work, report: NeedReport, reason: 'REQUEST' | 'RETENTION'): Promise<void> {
    const erased = report.erase(reason, this.today);
    await this.keys.destroy(work, report.id);
    await work.save(report, erased);
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}
