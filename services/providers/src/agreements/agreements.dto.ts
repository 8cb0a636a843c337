import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type AgreementState, agreementStates } from './agreement-state';
import { dataRoles } from './conditions';
import { type Unit, units } from './prices';
import { procedures, type SelectionMode, selectionModes, taskForms } from './selection';

/** Grosze: a hundred thousand million zlotys. */
const most = 10_000_000_000_000;
const dearest = 100_000_000;

export class AgreementServiceDto {
  @IsId() offerId!: string;
  /** @example "HOUR" */
  @IsIn(units) unit!: Unit;
  /** The most that can be ordered, in units. @example 1200 */
  @MayBeAbsent() @IsInt() @Min(1) @Max(2_147_483_647) ceilingQuantity?: number;
}

export class PlanAgreement {
  @IsId() providerId!: string;
  /** How the provider is chosen (art. 7(2)). @example "NGO_OPEN_COMPETITION" */
  @IsIn(selectionModes) selectionMode!: SelectionMode;
  /** What it is about. Nothing of persons belongs here. @example "Usługi opiekuńcze w 2026 r." */
  @IsText(1, 500) subject!: string;
  /** First day. @example "2026-03-02" */
  @IsDayString() from!: string;
  /** Last day. @example "2026-12-31" */
  @IsDayString() to!: string;
  @Parts(() => AgreementServiceDto, 1, 50) services!: AgreementServiceDto[];
  /** The most that all orders may cost, in grosze. @example 6000000 */
  @MayBeAbsent() @IsInt() @Min(0) @Max(most) ceilingGrosze?: number;
}

export class StartProcurement {
  /** Of an open competition: whether the task is given whole, or only supported. @example "ENTRUST" */
  @MayBeAbsent() @IsIn(taskForms) form?: (typeof taskForms)[number];
  /** Day of the notice. @example "2026-01-05" */
  @MayBeAbsent() @IsDayString() announcedOn?: string;
  /** Last day for offers. @example "2026-01-26" */
  @MayBeAbsent() @IsDayString() offersUntil?: string;
  /** Of a small grant: the day on which the organisation has made its offer. @example "2026-01-05" */
  @MayBeAbsent() @IsDayString() offerFiledOn?: string;
  /** Of a public order. @example "GENERAL" */
  @MayBeAbsent() @IsIn(procedures) procedure?: (typeof procedures)[number];
  /** Of a public order: its value without tax, in grosze. @example 25000000 */
  @MayBeAbsent() @IsInt() @Min(0) @Max(most) estimatedGrosze?: number;
  /** @example "2026/BZP 00012345" */
  @MayBeAbsent()
  @IsText(1, 100)
  noticeNumber?: string;
  /** Of a medical entity: its number in the register (RPWDL), twelve digits. @example "000000012345" */
  @MayBeAbsent()
  @Matches(/^\d{12}$/, { message: '$property must be a number of the RPWDL register: twelve digits' })
  rpwdlNumber?: string;
}

export class ConditionsDto {
  /** How people with special needs reach the services (Accessibility Act art. 4(3)). @example "Wejście bez progów, tłumacz PJM na życzenie" */
  @MayBeAbsent()
  @IsText(1, 4000)
  accessibility?: string;
  /** What the provider is to personal data (GDPR). @example "PROCESSOR" */
  @MayBeAbsent() @IsIn(dataRoles) dataRole?: (typeof dataRoles)[number];
  /** Version of the quality standard. @example "2026-1" */
  @MayBeAbsent()
  @IsText(1, 100)
  qualityStandard?: string;
  /** Codes of what those who perform the services must be qualified for (art. 2(3)). @example ["CARER"] */
  @MayBeAbsent() @IsArray() @ArrayMaxSize(50) @IsCode({ each: true }) qualifications?: string[];
}

export class PriceDto {
  @IsId() offerId!: string;
  /** Of one unit, in grosze. @example 4500 */
  @IsInt() @Min(0) @Max(dearest) priceGrosze!: number;
  /** First day. @example "2026-03-02" */
  @IsDayString() from!: string;
  /** Last day; without it, the last one of the agreement. */
  @MayBeAbsent() @IsDayString() to?: string;
}

export class ShareDto {
  /** Code of who pays. @example "EU" */
  @IsCode() source!: string;
  /** @example 843 */
  @IsInt() @Min(1) @Max(1000) permille!: number;
}

export class FundingDto {
  /** First day of these shares. @example "2026-03-02" */
  @IsDayString() from!: string;
  @Parts(() => ShareDto, 1, 20) shares!: ShareDto[];
}

export class SignAgreement {
  /** @example "CUS.272.3.2026" */
  @IsText(1, 100) number!: string;
  /** @example "2026-02-20" */
  @IsDayString() signedOn!: string;
  /** A price for every day of every service; a flat sum needs none, nor does a unit of the gmina. */
  @MayBeAbsent() @Parts(() => PriceDto, 0, 200) prices?: PriceDto[];
  /** Where it is another than planned. */
  @MayBeAbsent() @IsInt() @Min(0) @Max(most) ceilingGrosze?: number;
  @MayBeAbsent() @Part(() => ConditionsDto) conditions?: ConditionsDto;
  /** Days within which the provider answers an order. @example 3 */
  @MayBeAbsent() @IsInt() @Min(0) @Max(365) answerDays?: number;
  /** What is paid of the price when the person was not there. @example 500 */
  @MayBeAbsent() @IsInt() @Min(0) @Max(1000) noShowPermille?: number;
  @MayBeAbsent() @Parts(() => FundingDto, 0, 100) funding?: FundingDto[];
  /** Days on which the provider reports while the agreement runs. @example ["2026-07-15"] */
  @MayBeAbsent() @IsArray() @ArrayMaxSize(50) @IsDayString({ each: true }) reportDates?: string[];
}

export class NewPriceDto {
  @IsId() offerId!: string;
  /** @example 4900 */
  @IsInt() @Min(0) @Max(dearest) priceGrosze!: number;
}

/** What is not named stays. */
export class AmendAgreement {
  /** @example "Aneks 1" */
  @IsText(1, 100) number!: string;
  /** @example "2026-05-20" */
  @IsDayString() signedOn!: string;
  /** The first day on which services, prices and shares count otherwise. @example "2026-06-01" */
  @IsDayString() from!: string;
  /** Another last day. @example "2027-03-31" */
  @MayBeAbsent() @IsDayString() to?: string;
  @MayBeAbsent() @IsInt() @Min(0) @Max(most) ceilingGrosze?: number;
  @MayBeAbsent() @IsInt() @Min(0) @Max(365) answerDays?: number;
  @MayBeAbsent() @Part(() => ConditionsDto) conditions?: ConditionsDto;
  /** Services that are added, or get another ceiling. */
  @MayBeAbsent() @Parts(() => AgreementServiceDto, 1, 50) services?: AgreementServiceDto[];
  @MayBeAbsent() @Parts(() => NewPriceDto, 1, 50) prices?: NewPriceDto[];
  @MayBeAbsent() @Parts(() => ShareDto, 1, 20) funding?: ShareDto[];
}

export class WithReason {
  /** @example "QUALITY" */
  @IsCode() reasonCode!: string;
}

export class ReceiveReport {
  /** The day on which it is due. @example "2027-01-30" */
  @IsDayString() dueOn!: string;
  /** @example "2027-01-22" */
  @IsDayString() receivedOn!: string;
}

export class ListAgreements extends PageQuery {
  /** @example "ACTIVE" */
  @IsOptional() @IsIn(agreementStates) state?: AgreementState;
  @IsOptional() @IsId() providerId?: string;
  @IsOptional() @IsId() offerId?: string;
}
