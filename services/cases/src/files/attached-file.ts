import type { Day } from '@okienko/contracts/calendar';
import { fileAttachedV1 } from '@okienko/contracts/cases/file-attached.v1';
import { fileRemovedV1 } from '@okienko/contracts/cases/file-removed.v1';
import { fileScannedV1 } from '@okienko/contracts/cases/file-scanned.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Verdict } from './file-scan';

export const fileCategories = ['APPLICATION', 'EVIDENCE', 'POWER_OF_ATTORNEY', 'CORRESPONDENCE', 'OTHER'] as const;
export type FileCategory = (typeof fileCategories)[number];

export const fileStates = ['AWAITING_SCAN', 'READABLE', 'INFECTED', 'REMOVED'] as const;
export type FileState = (typeof fileStates)[number];

/** UNSCANNED: no scanner is set up at this centre. PENDING: the scanner could not be reached yet. */
export type Scan = 'UNSCANNED' | 'PENDING' | 'CLEAN' | 'INFECTED';

export class FileInfected extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'file-infected';
  constructor() {
    super('The scanner has found malicious software in this file. Nothing of it was kept. Ask for another copy.');
  }
}

export class FileAwaitsScan extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'file-awaits-scan';
  constructor() {
    super('The file has not been scanned yet, so nobody may open it. Try again in a few minutes.');
  }
}

export interface Attachment {
  readonly unit: string;
  readonly terc: string;
  readonly personId: string;
  readonly applicationId: string;
  readonly category: FileCategory;
  readonly mediaType: string;
  readonly bytes: number;
  /** Ciphertext: names of files tell whose they are. */
  readonly name: Buffer;
}

/** A file in the case file of an application. Its content lies, encrypted, in the object store under its id. */
export class AttachedFile {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly personId: string,
    readonly applicationId: string,
    readonly category: FileCategory,
    readonly mediaType: string,
    readonly bytes: number,
    readonly name: Buffer,
    private state: FileState,
    private scan: Scan,
    readonly attachedBy: string,
    readonly attachedAt: Date,
    public removedOn: Day | null,
    public removalReason: string | null,
  ) {}

  static attach(
    id: string,
    { unit, terc, personId, applicationId, category, mediaType, bytes, name }: Attachment,
    scan: Scan,
    by: string,
    now: Date,
  ): AttachedFile {
    if (scan === 'INFECTED') throw new FileInfected();
    const state = scan === 'PENDING' ? 'AWAITING_SCAN' : 'READABLE';
    return new AttachedFile(
      id,
      0,
      unit,
      terc,
      personId,
      applicationId,
      category,
      mediaType,
      bytes,
      name,
      state,
      scan,
      by,
      now,
      null,
      null,
    );
  }

  get standing(): { state: FileState; scan: Scan } {
    return { state: this.state, scan: this.scan };
  }

  /** The scanner has answered at last. */
  judge(verdict: Verdict): void {
    if (this.state !== 'AWAITING_SCAN') throw new NotInState('file', 'scanned', this.state);
    this.state = verdict === 'CLEAN' ? 'READABLE' : 'INFECTED';
    this.scan = verdict;
  }

  remove(reasonCode: string, today: Day): void {
    if (this.state === 'REMOVED') throw new NotInState('file', 'removed', this.state);
    this.state = 'REMOVED';
    this.removedOn = today;
    this.removalReason = reasonCode;
  }

  attached(): DomainEvent<typeof fileAttachedV1> {
    const { applicationId, personId, bytes, scan } = this;
    if (scan === 'INFECTED') throw new FileInfected();
    return event(fileAttachedV1, this.id, { applicationId, personId, bytes, scan }, this.terc);
  }

  scanned(verdict: Verdict): DomainEvent<typeof fileScannedV1> {
    const { applicationId, personId } = this;
    return event(fileScannedV1, this.id, { applicationId, personId, verdict }, this.terc);
  }

  removed(reasonCode: string): DomainEvent<typeof fileRemovedV1> {
    const { applicationId, personId } = this;
    return event(fileRemovedV1, this.id, { applicationId, personId, reasonCode }, this.terc);
  }
}

/** Only what is scanned, or need not be, leaves the store again. */
export function assertReadable(state: FileState): void {
  if (state === 'AWAITING_SCAN') throw new FileAwaitsScan();
  if (state !== 'READABLE') throw new NotInState('file', 'opened', state);
}
