import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { performerConditionsRecordedV1 } from '@okienko/contracts/providers/performer-conditions-recorded.v1';
import { performerErasedV1 } from '@okienko/contracts/providers/performer-erased.v1';
import { performerLeftV1 } from '@okienko/contracts/providers/performer-left.v1';
import { performerNameCorrectedV1 } from '@okienko/contracts/providers/performer-name-corrected.v1';
import { performerProofWithdrawnV1 } from '@okienko/contracts/providers/performer-proof-withdrawn.v1';
import { performerQualificationExpiringV1 } from '@okienko/contracts/providers/performer-qualification-expiring.v1';
import { performerQualificationRecordedV1 } from '@okienko/contracts/providers/performer-qualification-recorded.v1';
import { performerRegisteredV1 } from '@okienko/contracts/providers/performer-registered.v1';
import { ConditionNotAsked, ConditionOfAllocation, LeftBeforeItBegan, ValidityReversed } from './performer-errors';
import { lastErasableOn, type PerformerCondition, type PerformerKind, performerTermsOn } from './performer-terms';
import type { Proof } from './proofs';

export interface PerformerTermsOfWork {
  readonly providerId: string;
  readonly kind: PerformerKind;
  /** Ciphertext. */
  readonly name: Buffer;
  readonly from: Day;
}

/** Somebody who performs services for a provider: its staff, a volunteer, or a neighbour of the recipient. */
export class Performer {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
    readonly kind: PerformerKind,
    public name: Buffer,
    readonly from: Day,
    /** The last day. */
    private leftOn: Day | null,
    private erasedOn: Day | null,
  ) {}

  static register(id: string, { providerId, kind, name, from }: PerformerTermsOfWork): Performer {
    return new Performer(id, 0, providerId, kind, name, from, null, null);
  }

  registered(): DomainEvent<typeof performerRegisteredV1> {
    const { providerId, kind, from } = this;
    return event(performerRegisteredV1, this.id, { providerId, kind, from });
  }

  correctName(name: Buffer): DomainEvent<typeof performerNameCorrectedV1> {
    this.name = name;
    return event(performerNameCorrectedV1, this.id, { providerId: this.providerId });
  }

  leave(leftOn: Day): DomainEvent<typeof performerLeftV1> {
    this.assertStays();
    if (leftOn < this.from) throw new LeftBeforeItBegan();
    this.leftOn = leftOn;
    return event(performerLeftV1, this.id, { providerId: this.providerId, leftOn });
  }

  /** Its key is destroyed: the name and the documents stay, and nobody reads them any more. */
  erase(today: Day): DomainEvent<typeof performerErasedV1> {
    if (this.erasedOn !== null) throw new NotInState('performer', 'erased', 'ERASED');
    if (this.leftOn === null || this.leftOn > lastErasableOn(today))
      throw new NotInState('performer', 'erased', 'KEPT');
    this.erasedOn = today;
    return event(performerErasedV1, this.id, { providerId: this.providerId, erasedOn: today });
  }

  show({ code, from, to }: Proof): DomainEvent<typeof performerQualificationRecordedV1> {
    this.assertStays();
    checkValidity(from, to);
    const until = to === null ? {} : { to };
    return event(performerQualificationRecordedV1, this.id, { providerId: this.providerId, code, from, ...until });
  }

  /** Only what the law asks of performers of this kind, each for all recipients or for one, as the law has it. */
  meet(proofs: readonly Proof[], allocationId?: string): DomainEvent<typeof performerConditionsRecordedV1> {
    this.assertStays();
    for (const { code, from, to } of proofs) {
      checkValidity(from, to);
      if ((this.condition(code, from).of === 'ALLOCATION') !== (allocationId !== undefined))
        throw new ConditionOfAllocation(code, allocationId === undefined);
    }
    const conditions = proofs.map(({ code }) => code);
    const whom = allocationId === undefined ? {} : { allocationId };
    return event(performerConditionsRecordedV1, this.id, { providerId: this.providerId, conditions, ...whom });
  }

  withdraw(proof: Proof, withdrawnOn: Day): DomainEvent<typeof performerProofWithdrawnV1> {
    return event(performerProofWithdrawnV1, this.id, { ...this.named(proof), withdrawnOn });
  }

  warn(proof: Proof, to: Day): DomainEvent<typeof performerQualificationExpiringV1> {
    return event(performerQualificationExpiringV1, this.id, { ...this.named(proof), to });
  }

  condition(code: string, on: Day): PerformerCondition {
    const asked = performerTermsOn(on).conditions[this.kind].find((condition) => condition.code === code);
    if (!asked) throw new ConditionNotAsked(code, this.kind);
    return asked;
  }

  private named({ kind, code, allocationId }: Proof) {
    const whom = allocationId === null ? {} : { allocationId };
    return { providerId: this.providerId, proofKind: kind, code, ...whom };
  }

  private assertStays(): void {
    if (this.leftOn !== null) throw new NotInState('performer', 'changed', 'LEFT');
  }
}

function checkValidity(from: Day, to: Day | null): void {
  if (to !== null && to < from) throw new ValidityReversed();
}
