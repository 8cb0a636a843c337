import type { Day } from '@okienko/contracts/calendar';
import { pastMatterRecordedV1 } from '@okienko/contracts/cases/past-matter-recorded.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { ImportedFrom } from './data-import';

/** What was done for the person before, and elsewhere. In the row it is ciphertext. */
export interface PastWords {
  readonly title: string;
  readonly from: Day;
  readonly to: Day;
  readonly outcome: string;
  readonly note?: string;
}

/** A closed matter of a predecessor, kept to be read: nothing in it was done by this centre, so it has no acts and no clocks. */
export class PastMatter {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly personId: string,
    readonly importedFrom: ImportedFrom,
    readonly words: Buffer,
  ) {}

  static record(id: string, unit: string, personId: string, importedFrom: ImportedFrom, words: Buffer): PastMatter {
    return new PastMatter(id, 0, unit, personId, importedFrom, words);
  }

  recorded(): DomainEvent<typeof pastMatterRecordedV1> {
    return event(pastMatterRecordedV1, this.id, { personId: this.personId });
  }
}
