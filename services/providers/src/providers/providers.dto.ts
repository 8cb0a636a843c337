import { Changed } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import {
  IsCode,
  IsDayString,
  IsId,
  IsLocalised,
  IsSlug,
  IsTerc,
  IsText,
  Localised,
  MayBeAbsent,
  Parts,
} from '@okienko/chassis/validation';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { DescribePlace } from '../places/places.dto';
import { IsKrs, IsNip, IsRegon, IsRpwdl } from './identifiers.dto';
import { type VerificationState, verificationStates } from './provider';
import { type ProviderKind, providerKinds } from './provider-details';

/** One of the two names it. */
export class PerformedServiceBody {
  /** An offer of the catalogue. */
  @MayBeAbsent() @IsId() offerId?: string;
  /** A service as programmes call it. @example "teleopieka" */
  @MayBeAbsent() @IsSlug() code?: string;
}

export class PermitBody {
  /** What it permits or shows. @example "CARE_HOME_PERMIT" */
  @IsCode() code!: string;
  @MayBeAbsent() @IsText(1, 100) number?: string;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** Last day; left out where it does not run out. @example "2028-12-31" */
  @MayBeAbsent() @IsDayString() to?: string;
}

export class DescribeProvider {
  /** What kind of body it is (art. 7(2)); PUBLIC_BENEFIT_BODY is one of art. 3(3) of the Public Benefit Act that is no NGO. @example "NGO" */
  @IsIn(providerKinds) kind!: ProviderKind;
  /** Name by language; Polish always. */
  @IsLocalised() name!: Localised;
  /** Taxpayer number, ten digits. @example "5260250274" */
  @IsOptional() @IsNip() nip?: string;
  /** Business register number, nine or fourteen digits. @example "123456785" */
  @IsOptional() @IsRegon() regon?: string;
  /** Court register number, ten digits. @example "0000123456" */
  @IsOptional() @IsKrs() krs?: string;
  /** Of a medical entity: number of its book in RPWDL, twelve digits; needed to be verified. @example "000000012345" */
  @IsOptional() @IsRpwdl() rpwdl?: string;
  /** Gmina of its seat. @example "2861011" */
  @IsOptional() @IsTerc() terc?: string;
  /** Where letters reach it. @example "ul. Winna 9, Elbląg" */
  @IsOptional()
  @IsText(1, 300)
  address?: string;
  /** What it performs. */
  @MayBeAbsent() @Parts(() => PerformedServiceBody, 0, 200) services?: PerformedServiceBody[];
  /** Qualifications and permits of the body itself. */
  @MayBeAbsent() @Parts(() => PermitBody, 0, 50) permits?: PermitBody[];
}

/** Places for an offer over a period, of the provider that is being registered. */
export class OpenOwnCapacity {
  /** A published service offer of the catalogue. */
  @IsId() offerId!: string;
  /** How many persons can be served at the same time. @example 12 */
  @IsInt() @Min(1) @Max(100_000) places!: number;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** Last day. @example "2026-12-31" */
  @IsDayString() to!: string;
}

export class RegisterProvider extends DescribeProvider {
  /** Where it serves. */
  @MayBeAbsent() @Parts(() => DescribePlace, 0, 50) places?: DescribePlace[];
  /** What it offers from the beginning. */
  @MayBeAbsent() @Parts(() => OpenOwnCapacity, 0, 50) capacities?: OpenOwnCapacity[];
}

export class Registered extends Changed {
  /** In the order in which the places were given. */
  placeIds!: string[];
  /** In the order in which the capacities were given. */
  capacityIds!: string[];
}

export class VerifyProvider {
  /** By what it was verified. @example "KRS_EXTRACT" */
  @IsCode() evidenceCode!: string;
  /** Last day of the verification; it ends no later than the permits of the entry. @example "2028-12-31" */
  @MayBeAbsent() @IsDayString() until?: string;
}

export class RejectProvider {
  /** @example "NOT_IN_REGISTER" */
  @IsCode() reasonCode!: string;
}

export class DeactivateProvider {
  /** @example "CEASED_ACTIVITY" */
  @IsCode() reasonCode!: string;
}

export class ListProviders extends PageQuery {
  @IsOptional() @IsIn(verificationStates) verification?: VerificationState;
  /** Those that perform this offer. */
  @IsOptional() @IsId() offerId?: string;
}

export class VerdictView {
  /** Account that verified or rejected the entry. */
  by!: string;
  on!: string;
  evidenceCode?: string;
  reasonCode?: string;
}

export class DeactivationView {
  by!: string;
  on!: string;
  reasonCode!: string;
}

export class ProviderView {
  id!: string;
  version!: number;
  kind!: ProviderKind;
  name!: Localised;
  nip!: string | null;
  regon!: string | null;
  krs!: string | null;
  rpwdl!: string | null;
  terc!: string | null;
  address!: string | null;
  services!: PerformedServiceBody[];
  permits!: PermitBody[];
  verification!: VerificationState;
  verdict!: VerdictView | null;
  /** Last day of the verification, if it ends. */
  verifiedUntil!: string | null;
  deactivation!: DeactivationView | null;
}
