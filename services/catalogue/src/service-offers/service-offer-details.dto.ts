import { IsDecimal, MayBeAbsent, Part } from '@okienko/chassis/validation';
import { IsInt, Max, Min } from 'class-validator';
import { OptionalCodes, OptionalFlag, OptionalLine, OptionalLines } from '../lines.dto';
import type { ServiceOfferDetails } from './service-offer-content';

export class OfferBudget {
  /** Integer grosze. @example 6750000 */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  totalGrosze!: number;

  /** Integer grosze. @example 5400000 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  stateGrantGrosze?: number;

  /** @example 80 */
  @MayBeAbsent()
  @IsDecimal(2)
  @Min(0)
  @Max(100)
  stateSharePercent?: number;
}

/** Facts that some offices state of some services; each is optional. */
export class ServiceOfferFacts implements Omit<ServiceOfferDetails, 'budget'> {
  /** Kind of body that delivers it. @example "OWN_UNIT+VOLUNTEERS" */
  @OptionalLine()
  providerType?: string;

  @OptionalLine()
  providerName?: string;

  /** A programme that is not among this directory's programmes. */
  @OptionalLine()
  programme?: string;

  /** Year or call. @example "2024" */
  @OptionalLine()
  edition?: string;

  /** @example "PLANNED" */
  @OptionalLine()
  status?: string;

  @OptionalLine()
  timeline?: string;

  @OptionalLine()
  fundingSource?: string;

  /** The act that sets the fee. */
  @OptionalLine()
  feeBasis?: string;

  @OptionalLine()
  feeDetail?: string;

  /** @example "do 6 przejazdów w miesiącu" */
  @OptionalLine()
  usageLimit?: string;

  /** @example "3 miesiące" */
  @OptionalLine()
  maxDuration?: string;

  /** What the service consists of. */
  @OptionalLines()
  scope?: string[];

  @OptionalFlag()
  isPackage?: boolean;

  @OptionalLine()
  packageRule?: string;

  /** Services of the package. */
  @OptionalLines()
  components?: string[];

  @OptionalLines()
  variants?: string[];

  @OptionalLines()
  constraints?: string[];

  @OptionalLines()
  requiredDocuments?: string[];

  /** @example ["WEB_FORM", "IN_PERSON"] */
  @OptionalCodes()
  applicationChannels?: string[];

  /** Somebody else may report the need. */
  @OptionalFlag()
  thirdPartyReport?: boolean;

  @OptionalFlag()
  voluntary?: boolean;

  /** @example ["MOVED_OUT_OF_GMINA"] */
  @OptionalCodes()
  endReasons?: string[];

  @OptionalLine()
  detail?: string;

  /** What to keep in mind of the source. */
  @OptionalLine()
  caveat?: string;
}

export class ServiceOfferDetailsBody extends ServiceOfferFacts implements ServiceOfferDetails {
  @MayBeAbsent()
  @Part(() => OfferBudget)
  budget?: OfferBudget;
}
