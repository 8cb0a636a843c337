import { addDays, type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { standardApprovedV1 } from '@okienko/contracts/providers/standard-approved.v1';
import { standardDraftedV1 } from '@okienko/contracts/providers/standard-drafted.v1';
import { CriterionTwice, OwnDraft, StandardTooEarly } from './standard-errors';

export const standardStates = ['DRAFTED', 'APPROVED'] as const;
export type StandardState = (typeof standardStates)[number];

export interface Criterion {
  readonly code: string;
  /** What is asked, in Polish. */
  readonly sentence: string;
}

export interface StandardContent {
  /** The law that sets the standard; without one it is the centre's own. */
  readonly law?: string;
  readonly criteria: readonly Criterion[];
}

/** The approved edition before this one. */
export interface Edition {
  readonly edition: number;
  readonly from: Day;
}

/** What a service is held to. It counts until the day before the next edition begins, so that no day has two. */
export class Standard {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly offerId: string,
    public state: StandardState,
    public law: string | null,
    public criteria: readonly Criterion[],
    public draftedBy: string,
    public edition: number | null,
    public approvedBy: string | null,
    public from: Day | null,
  ) {}

  static draft(id: string, offerId: string, { law, criteria }: StandardContent, by: string): Standard {
    assertDistinct(criteria);
    return new Standard(id, 0, offerId, 'DRAFTED', law ?? null, criteria, by, null, null, null);
  }

  drafted(): DomainEvent<typeof standardDraftedV1> {
    const { offerId, basis, criteria } = this;
    return event(standardDraftedV1, this.id, { offerId, basis, criteria: criteria.length });
  }

  /** Whole, by whoever answers for it from now on. */
  redraft({ law, criteria }: StandardContent, by: string): DomainEvent<typeof standardDraftedV1> {
    this.assertDrafted('drafted anew');
    assertDistinct(criteria);
    Object.assign(this, { law: law ?? null, criteria, draftedBy: by });
    return this.drafted();
  }

  approve(from: Day, by: string, today: Day, before?: Edition): DomainEvent<typeof standardApprovedV1> {
    this.assertDrafted('approved');
    if (by === this.draftedBy) throw new OwnDraft();
    const earliest = before && before.from >= today ? addDays(before.from, 1) : today;
    if (from < earliest) throw new StandardTooEarly(earliest);
    const edition = (before?.edition ?? 0) + 1;
    Object.assign(this, { state: 'APPROVED', edition, approvedBy: by, from });
    return event(standardApprovedV1, this.id, { offerId: this.offerId, edition, basis: this.basis, from });
  }

  private get basis(): 'LAW' | 'CENTRE' {
    return this.law === null ? 'CENTRE' : 'LAW';
  }

  private assertDrafted(act: string): void {
    if (this.state !== 'DRAFTED') throw new NotInState('standard', act, this.state);
  }
}

function assertDistinct(criteria: readonly Criterion[]): void {
  const codes = criteria.map(({ code }) => code);
  const faults = codes.flatMap((code, at) =>
    codes.indexOf(code) < at ? [{ pointer: `/criteria/${at}/code`, detail: `${code} is there already.` }] : [],
  );
  if (faults.length > 0) throw new CriterionTwice(faults);
}
