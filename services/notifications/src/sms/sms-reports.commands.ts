import { Injectable } from '@nestjs/common';
import { RequestProblem } from '@okienko/chassis/problem';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Webhook } from 'standardwebhooks';
import { NotificationsConfig } from '../config';
import { EvidenceCommands } from '../evidence/evidence.commands';
import type { ReportTaken, SmsReport } from './sms-reports.dto';

@Injectable()
export class SmsReportCommands {
  private readonly webhook: Webhook | undefined;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly evidence: EvidenceCommands,
    { SMS_REPORT_KEY }: NotificationsConfig,
  ) {
    this.webhook = SMS_REPORT_KEY === undefined ? undefined : new Webhook(SMS_REPORT_KEY);
  }

  /** Signature over id, time and body, no older than five minutes; the same report again changes nothing. */
  verify(body: Buffer, headers: Record<string, string>): void {
    try {
      if (!this.webhook) throw new Error('No key is set.');
      this.webhook.verify(body, headers, { jsonParse: false });
    } catch {
      throw new RequestProblem(
        401,
        'signature-wrong',
        'Sign webhook-id, webhook-timestamp and the body with the key agreed on, and send it within five minutes.',
      );
    }
  }

  /** That a short message arrived is good to know and begins no term: nothing says who read it. */
  take({ reference, status, id, code = 'UNKNOWN' }: SmsReport): Promise<ReportTaken> {
    return this.work.run(async (work) => {
      const at = this.clock.now();
      if (status === 'FAILED')
        await this.evidence.failedLater(work, reference, { channel: 'SMS', code: `SMS_${code}`, at });
      else
        await this.evidence.received(work, reference, {
          channel: 'SMS',
          on: dayOf(at),
          basis: 'RECEIPT',
          ...(id !== undefined && { evidenceNo: id }),
        });
      return { messageId: reference };
    });
  }
}
