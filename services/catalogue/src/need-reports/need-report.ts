import { needReportAcknowledgedV1 } from '@okienko/contracts/catalogue/need-report-acknowledged.v1';
import { needReportDismissedV1 } from '@okienko/contracts/catalogue/need-report-dismissed.v1';
import { needReportErasedV1 } from '@okienko/contracts/catalogue/need-report-erased.v1';
import { needReportFiledV1 } from '@okienko/contracts/catalogue/need-report-filed.v1';
import { needReportForwardedV1 } from '@okienko/contracts/catalogue/need-report-forwarded.v1';
import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event } from '@okienko/contracts/event';

export const needReportStates = ['FILED', 'ACKNOWLEDGED', 'FORWARDED', 'DISMISSED'] as const;
export type NeedReportState = (typeof needReportStates)[number];

/** An application may come before the office has taken note of the need; what is no need of anybody is dismissed at any time before. */
const nextStates: Record<NeedReportState, readonly NeedReportState[]> = {
  FILED: ['ACKNOWLEDGED', 'FORWARDED', 'DISMISSED'],
  ACKNOWLEDGED: ['FORWARDED', 'DISMISSED'],
  FORWARDED: [],
  DISMISSED: [],
};

/** In which relation to the person in need a reporter stands. Who does not say stays unknown. */
export const reporters = [
  'SELF',
  'FAMILY',
  'NEIGHBOUR',
  'FAMILY_ASSISTANT',
  'SOCIAL_WORKER',
  'ORGANISATION',
  'OTHER',
] as const;
export type Reporter = (typeof reporters)[number];

/** What has been done about a report, and on which days. Figures count by these, so none of them is ever set back. */
export interface NeedReportActs {
  readonly filedOn: Day;
  readonly acknowledgedOn?: Day;
  /** Of which of the 14 areas the need is, as the office sees it. */
  readonly area?: string;
  /** When it was forwarded or dismissed. */
  readonly settledOn?: Day;
  readonly applicationId?: string;
  readonly reasonCode?: string;
  readonly erasedOn?: Day;
}

/** The two things that are kept where nobody reads them without a trace: the words under a key of their own, the receipt as a digest. */
export interface SealedReport {
  readonly words: Buffer;
  readonly receiptDigest: Buffer;
}

export class NotYetSettled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'need-report-open';
  constructor() {
    super('Somebody is still to look at this report. Forward or dismiss it first.');
  }
}

/**
 * What somebody says is lacking, of themselves or of another person, with a name or without. It feeds the diagnosis (art. 21) and is no
 * application: that comes from the persons of art. 35 alone.
 */
export class NeedReport {
  private constructor(
    readonly id: string,
    readonly version: number,
    private state: NeedReportState,
    private readonly terc: string,
    private readonly reportedBy: Reporter | null,
    private acts: NeedReportActs,
    private words: Buffer | null,
    readonly receiptDigest: Buffer,
  ) {}

  static file(
    id: string,
    { terc, reportedBy }: { readonly terc: string; readonly reportedBy?: Reporter },
    { words, receiptDigest }: SealedReport,
    today: Day,
  ): NeedReport {
    return new NeedReport(id, 0, 'FILED', terc, reportedBy ?? null, { filedOn: today }, words, receiptDigest);
  }

  get isSettled(): boolean {
    return nextStates[this.state].length === 0;
  }

  get isErased(): boolean {
    return this.words === null;
  }

  filed(): DomainEvent<typeof needReportFiledV1> {
    const { terc, reportedBy } = this;
    return event(needReportFiledV1, this.id, { terc, ...(reportedBy === null ? {} : { reportedBy }) }, terc);
  }

  /** The office has read it and says of which area the need is. From this day on it counts as an unmet need. */
  acknowledge(area: string, today: Day): DomainEvent<typeof needReportAcknowledgedV1> {
    this.moveTo('ACKNOWLEDGED', 'acknowledged', { acknowledgedOn: today, area });
    return event(needReportAcknowledgedV1, this.id, { area }, this.terc);
  }

  /** Somebody notes which application came of it, once the need has been acknowledged. */
  forward(applicationId: string, today: Day): DomainEvent<typeof needReportForwardedV1> {
    if (this.state === 'FILED') throw new NotInState('need report', 'forwarded', this.state);
    return this.turnIntoApplication(applicationId, today);
  }

  /** The application itself says that it came of this report. Making one is the act of an entitled person, and not of the report. */
  turnIntoApplication(applicationId: string, today: Day): DomainEvent<typeof needReportForwardedV1> {
    this.moveTo('FORWARDED', 'forwarded', { applicationId, settledOn: today });
    return event(needReportForwardedV1, this.id, { applicationId }, this.terc);
  }

  dismiss(reasonCode: string, today: Day): DomainEvent<typeof needReportDismissedV1> {
    this.moveTo('DISMISSED', 'dismissed', { reasonCode, settledOn: today });
    return event(needReportDismissedV1, this.id, { reasonCode }, this.terc);
  }

  /** Forgets what it said; that there was a report, and of which area, stays. */
  erase(
    reasonCode: DataOf<typeof needReportErasedV1>['reasonCode'],
    today: Day,
  ): DomainEvent<typeof needReportErasedV1> {
    if (!this.isSettled) throw new NotYetSettled();
    if (this.isErased) throw new NotInState('need report', 'erased', 'erased already');
    this.words = null;
    this.acts = { ...this.acts, erasedOn: today };
    return event(needReportErasedV1, this.id, { reasonCode }, this.terc);
  }

  private moveTo(next: NeedReportState, act: string, done: Partial<NeedReportActs>): void {
    if (!nextStates[this.state].includes(next)) throw new NotInState('need report', act, this.state);
    this.state = next;
    this.acts = { ...this.acts, ...done };
  }
}
