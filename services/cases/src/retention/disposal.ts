import type { Day } from '@okienko/contracts/calendar';
import { disposalApprovedV1 } from '@okienko/contracts/cases/disposal-approved.v1';
import { disposalCarriedOutV1 } from '@okienko/contracts/cases/disposal-carried-out.v1';
import { disposalProposedV1 } from '@okienko/contracts/cases/disposal-proposed.v1';
import { disposalRejectedV1 } from '@okienko/contracts/cases/disposal-rejected.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

export const disposalStates = ['PROPOSED', 'APPROVED', 'REJECTED', 'CARRIED_OUT'] as const;
export type DisposalState = (typeof disposalStates)[number];

/** What became of one file on the list: kept where a hold was placed or something was begun since. */
export type FileOutcome = 'ERASED' | 'HELD' | 'NOT_YET_DUE';

export class OwnDisposal extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-disposal';
  constructor() {
    super('Whoever proposed a disposal cannot approve it. Ask another head of the centre.');
  }
}

export class NothingDue extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'nothing-due';
  constructor() {
    super('No file is due for disposal: all are under way, held, within their periods, or on another list already.');
  }
}

/** A list of files whose periods are over: proposed by one, approved by another, then carried out file by file. */
export class Disposal {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    private state: DisposalState,
    readonly files: number,
    readonly proposedBy: string,
    readonly proposedOn: Day,
    public decidedBy: string | null,
    public decidedOn: Day | null,
    /** Number of the consent of the state archive. */
    public archiveConsent: string | null,
    public reasonCode: string | null,
    public erased: number | null,
    public kept: number | null,
    public carriedOutOn: Day | null,
  ) {}

  static propose(id: string, unit: string, files: number, by: string, today: Day): Disposal {
    if (files === 0) throw new NothingDue();
    return new Disposal(id, 0, unit, 'PROPOSED', files, by, today, null, null, null, null, null, null, null);
  }

  approve(archiveConsent: string, by: string, today: Day): DomainEvent<typeof disposalApprovedV1> {
    this.decide('APPROVED', by, today);
    if (by === this.proposedBy) throw new OwnDisposal();
    this.archiveConsent = archiveConsent;
    return event(disposalApprovedV1, this.id, { approvedOn: today, approvedBy: by, files: this.files });
  }

  reject(reasonCode: string, by: string, today: Day): DomainEvent<typeof disposalRejectedV1> {
    this.decide('REJECTED', by, today);
    this.reasonCode = reasonCode;
    return event(disposalRejectedV1, this.id, { rejectedOn: today, reasonCode });
  }

  get isUnderWay(): boolean {
    return this.state === 'APPROVED';
  }

  conclude(erased: number, today: Day): DomainEvent<typeof disposalCarriedOutV1> {
    if (!this.isUnderWay) throw new NotInState('disposal', 'concluded', this.state);
    this.state = 'CARRIED_OUT';
    this.erased = erased;
    this.kept = this.files - erased;
    this.carriedOutOn = today;
    return event(disposalCarriedOutV1, this.id, { carriedOutOn: today, erased, kept: this.kept });
  }

  proposed(): DomainEvent<typeof disposalProposedV1> {
    const { proposedOn, proposedBy, files } = this;
    return event(disposalProposedV1, this.id, { proposedOn, proposedBy, files });
  }

  private decide(next: 'APPROVED' | 'REJECTED', by: string, today: Day): void {
    if (this.state !== 'PROPOSED') throw new NotInState('disposal', next.toLowerCase(), this.state);
    this.state = next;
    this.decidedBy = by;
    this.decidedOn = today;
  }
}
