import { catalogueImportCompletedV1 } from '@okienko/contracts/catalogue/catalogue-import-completed.v1';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

/** What the file says of itself: how it is to be read, and what its codes mean. */
export interface Explanation {
  readonly legend?: string;
  readonly codes?: object;
}

export const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

export type Counts = Readonly<Record<Outcome, number>>;

export class CatalogueRefused extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'catalogue-refused';
  constructor(override readonly errors: readonly Fault[]) {
    super(
      'Nothing was imported. Correct the records named below, or ask with dryRun=true for a report on every one of them.',
    );
  }
}

export class ImportRunning extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'import-running';
  constructor() {
    super('Another import is running. Repeat this one when it is done.');
  }
}

/** A catalogue that was taken in: wholly, or it would not be here. */
export class CatalogueImport {
  private constructor(
    readonly id: string,
    readonly version: number,
    private readonly content: Explanation & { readonly counts: Counts },
  ) {}

  static of(id: string, explanation: Explanation, counts: Counts): CatalogueImport {
    return new CatalogueImport(id, 0, { ...explanation, counts });
  }

  completed(): DomainEvent<typeof catalogueImportCompletedV1> {
    const { created, updated, unchanged } = this.content.counts;
    return event(catalogueImportCompletedV1, this.id, { created, updated, unchanged });
  }
}
