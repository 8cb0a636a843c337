import type { Day } from '@okienko/contracts/calendar';
import { legalHoldEndedV1 } from '@okienko/contracts/cases/legal-hold-ended.v1';
import { legalHoldPlacedV1 } from '@okienko/contracts/cases/legal-hold-placed.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

/** Why a file must stay. Open appeals and projects need no hold: their matters are not closed. */
export const holdKinds = ['COURT_PROCEEDINGS', 'CLAIM', 'CRIMINAL_PROCEEDINGS', 'AUDIT', 'COMPLAINT', 'OTHER'] as const;
export type HoldKind = (typeof holdKinds)[number];

/** Keeps the file of a person, whatever its period, until somebody ends it. */
export class LegalHold {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly personId: string,
    readonly kind: HoldKind,
    readonly placedBy: string,
    readonly placedOn: Day,
    public endedBy: string | null,
    public endedOn: Day | null,
    public reasonCode: string | null,
  ) {}

  static place(id: string, person: { id: string; unit: string }, kind: HoldKind, by: string, today: Day): LegalHold {
    return new LegalHold(id, 0, person.unit, person.id, kind, by, today, null, null, null);
  }

  end(by: string, reasonCode: string, today: Day): DomainEvent<typeof legalHoldEndedV1> {
    if (this.endedOn !== null) throw new NotInState('legal hold', 'ended', 'ENDED');
    this.endedBy = by;
    this.endedOn = today;
    this.reasonCode = reasonCode;
    const { personId, kind } = this;
    return event(legalHoldEndedV1, this.id, { personId, kind, endedOn: today, reasonCode });
  }

  placed(): DomainEvent<typeof legalHoldPlacedV1> {
    const { personId, kind, placedOn } = this;
    return event(legalHoldPlacedV1, this.id, { personId, kind, placedOn });
  }
}
