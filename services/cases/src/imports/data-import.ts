import { importCompletedV1 } from '@okienko/contracts/cases/import-completed.v1';
import { importStartedV1 } from '@okienko/contracts/cases/import-started.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { ImportKind } from './import-kinds';

/**
 * What becomes of a row. LINKED: who or what it means is here already. DUPLICATE_PROPOSED: entered, and somebody of like name and the same
 * birth date is here too, which a person has to look into.
 */
export const outcomes = ['CREATED', 'UNCHANGED', 'LINKED', 'DUPLICATE_PROPOSED', 'REFUSED'] as const;
export type Outcome = (typeof outcomes)[number];

/** Where a matter was before it came here. */
export interface ImportedFrom {
  readonly source: string;
  readonly externalId: string;
}

export interface Upload {
  readonly kind: ImportKind;
  readonly source: string;
  readonly dryRun: boolean;
  readonly sha256: string;
  /** Records; the lines of one external id are one. */
  readonly rows: number;
}

export interface Starter {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly purpose: string;
}

/** A file from a predecessor's system, taken over row by row. Its rows lie encrypted under its own key until it is done. */
export class DataImport {
  state: 'RUNNING' | 'DONE' = 'RUNNING';
  endedAt: Date | null = null;

  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly source: string,
    readonly kind: ImportKind,
    readonly dryRun: boolean,
    readonly sha256: string,
    readonly rows: number,
    readonly startedBy: string,
    readonly startedAs: readonly string[],
    readonly purpose: string,
    readonly startedAt: Date,
  ) {}

  static start(id: string, unit: string, upload: Upload, starter: Starter, now: Date): DataImport {
    const { source, kind, dryRun, sha256, rows } = upload;
    const { sub, roles, purpose } = starter;
    return new DataImport(id, 0, unit, source, kind, dryRun, sha256, rows, sub, roles, purpose, now);
  }

  end(now: Date): void {
    this.state = 'DONE';
    this.endedAt = now;
  }

  started(): DomainEvent<typeof importStartedV1> {
    const { kind, source, dryRun, rows } = this;
    return event(importStartedV1, this.id, { kind, source, dryRun, rows });
  }

  completed(counts: Readonly<Partial<Record<Outcome, number>>>): DomainEvent<typeof importCompletedV1> {
    const { kind, source, dryRun } = this;
    return event(importCompletedV1, this.id, {
      kind,
      source,
      dryRun,
      created: counts.CREATED ?? 0,
      unchanged: counts.UNCHANGED ?? 0,
      linked: counts.LINKED ?? 0,
      duplicatesProposed: counts.DUPLICATE_PROPOSED ?? 0,
      refused: counts.REFUSED ?? 0,
    });
  }
}
