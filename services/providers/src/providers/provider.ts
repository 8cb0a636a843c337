import { addDays, type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { providerDeactivatedV1 } from '@okienko/contracts/providers/provider-deactivated.v1';
import { providerDetailsCorrectedV1 } from '@okienko/contracts/providers/provider-details-corrected.v1';
import { providerReactivatedV1 } from '@okienko/contracts/providers/provider-reactivated.v1';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { providerVerificationEndingV1 } from '@okienko/contracts/providers/provider-verification-ending.v1';
import { providerVerificationExpiredV1 } from '@okienko/contracts/providers/provider-verification-expired.v1';
import { providerVerificationRefusedV1 } from '@okienko/contracts/providers/provider-verification-refused.v1';
import { providerVerifiedV1 } from '@okienko/contracts/providers/provider-verified.v1';
import { verificationTermsOn } from '../terms/verification-terms';
import {
  changedAspects,
  faultsWithin,
  type PerformedService,
  type Permit,
  type ProviderDetails,
  type ProviderKind,
  verifiedAspects,
} from './provider-details';
import { EntryFaulty, PermitExpired, ProviderDeactivated, RpwdlMissing, VerificationOver } from './provider-errors';

export const verificationStates = ['UNVERIFIED', 'VERIFIED', 'REJECTED', 'EXPIRED'] as const;
export type VerificationState = (typeof verificationStates)[number];

/** Who verified or rejected the entry, when, and by what. */
export interface Verdict {
  readonly by: string;
  readonly on: Day;
  readonly evidenceCode?: string;
  readonly reasonCode?: string;
}

export interface Deactivation {
  readonly by: string;
  readonly on: Day;
  readonly reasonCode: string;
}

/** A body that performs services for the centre (art. 7(2)). Name and address of a natural person stay in this row. */
export class Provider {
  readonly kind!: ProviderKind;
  readonly name!: { readonly pl: string };
  readonly nip: string | null = null;
  readonly regon: string | null = null;
  readonly krs: string | null = null;
  readonly rpwdl: string | null = null;
  readonly terc: string | null = null;
  readonly address: string | null = null;
  readonly services: readonly PerformedService[] = [];
  readonly permits: readonly Permit[] = [];
  private verification: VerificationState = 'UNVERIFIED';
  public verdict: Verdict | null = null;
  /** The last day of the verification; null while nothing of it runs out. */
  private verifiedUntil: Day | null = null;
  private deactivation: Deactivation | null = null;
  /** The last day of the verification of whose end was warned. */
  private warnedUntil: Day | null = null;

  private constructor(
    readonly id: string,
    readonly version: number,
  ) {}

  static register(id: string, details: ProviderDetails): Provider {
    const provider = new Provider(id, 0);
    provider.write(details);
    return provider;
  }

  registered(): DomainEvent<typeof providerRegisteredV1> {
    return event(providerRegisteredV1, this.id, { kind: this.kind, ...this.seat }, this.gmina);
  }

  /** The entry as it should have been, whole. Of a change of what was verified nothing is verified any more. */
  correct(details: ProviderDetails): DomainEvent<typeof providerDetailsCorrectedV1> {
    this.assertActive();
    const before = { ...this };
    this.write(details);
    const changed = changedAspects(before, this);
    if (changed.some((aspect) => verifiedAspects.includes(aspect))) this.judge('UNVERIFIED', null);
    return event(providerDetailsCorrectedV1, this.id, { kind: this.kind, changed, ...this.seat }, this.gmina);
  }

  /** It holds until the day that was named, and no longer than the permits that it rests on. */
  verify(evidenceCode: string, by: string, on: Day, until?: Day): DomainEvent<typeof providerVerifiedV1> {
    this.assertActive();
    if (this.kind === 'MEDICAL_ENTITY' && this.rpwdl === null) throw new RpwdlMissing();
    for (const { code, to } of this.permits) if (to !== undefined && to < on) throw new PermitExpired(code, to);
    const [ends] = [until, ...this.permits.map(({ to }) => to)].filter((day) => day !== undefined).sort();
    if (ends !== undefined && ends < on) throw new VerificationOver();
    this.judge('VERIFIED', { by, on, evidenceCode }, ends);
    const data = { kind: this.kind, evidenceCode, ...(ends === undefined ? {} : { until: ends }) };
    return event(providerVerifiedV1, this.id, data, this.gmina);
  }

  reject(reasonCode: string, by: string, on: Day): DomainEvent<typeof providerVerificationRefusedV1> {
    this.assertActive();
    this.judge('REJECTED', { by, on, reasonCode });
    return event(providerVerificationRefusedV1, this.id, { kind: this.kind, reasonCode }, this.gmina);
  }

  /** Once for each last day; nothing when the end is further off, or past. */
  warn(today: Day): DomainEvent<typeof providerVerificationEndingV1> | undefined {
    const { verification, verifiedUntil: endsOn, warnedUntil } = this;
    if (verification !== 'VERIFIED' || endsOn === null || endsOn < today || endsOn === warnedUntil) return undefined;
    if (addDays(today, verificationTermsOn(today).warnDays) < endsOn) return undefined;
    this.warnedUntil = endsOn;
    return event(providerVerificationEndingV1, this.id, { kind: this.kind, endsOn }, this.gmina);
  }

  /** Nothing when it still holds. */
  expire(today: Day): DomainEvent<typeof providerVerificationExpiredV1> | undefined {
    const { verification, verifiedUntil: expiredOn } = this;
    if (verification !== 'VERIFIED' || expiredOn === null || expiredOn >= today) return undefined;
    this.verification = 'EXPIRED';
    return event(providerVerificationExpiredV1, this.id, { kind: this.kind, expiredOn }, this.gmina);
  }

  /** Orders that it has go on; new ones it gets none. */
  deactivate(reasonCode: string, by: string, on: Day): DomainEvent<typeof providerDeactivatedV1> {
    if (this.deactivation) throw new NotInState('provider', 'deactivated', 'DEACTIVATED');
    this.deactivation = { by, on, reasonCode };
    return event(providerDeactivatedV1, this.id, { kind: this.kind, deactivatedOn: on, reasonCode }, this.gmina);
  }

  reactivate(on: Day): DomainEvent<typeof providerReactivatedV1> {
    if (!this.deactivation) throw new NotInState('provider', 'reactivated', 'ACTIVE');
    this.deactivation = null;
    return event(providerReactivatedV1, this.id, { kind: this.kind, reactivatedOn: on }, this.gmina);
  }

  assertActive(): void {
    if (this.deactivation) throw new ProviderDeactivated();
  }

  private write(details: ProviderDetails): void {
    const faults = faultsWithin(details);
    if (faults.length > 0) throw new EntryFaulty(faults);
    const { kind, name, nip = null, regon = null, krs = null, rpwdl = null, terc = null, address = null } = details;
    const { services = [], permits = [] } = details;
    Object.assign(this, { kind, name, nip, regon, krs, rpwdl, terc, address, services, permits });
  }

  private judge(state: VerificationState, verdict: Verdict | null, until?: Day): void {
    this.verification = state;
    this.verdict = verdict;
    this.verifiedUntil = until ?? null;
  }

  private get seat(): { terc?: string } {
    return this.terc === null ? {} : { terc: this.terc };
  }

  private get gmina(): string | undefined {
    return this.terc ?? undefined;
  }
}
