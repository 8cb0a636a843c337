import type { Day } from '@okienko/contracts/calendar';

export interface AgreedPrice {
  readonly offerId: string;
  readonly unit: string;
  readonly grosze: number;
  readonly from: Day;
  /** Its last day; without one it stays. */
  readonly to: Day | null;
}

export interface FundingEdition {
  readonly from: Day;
  readonly shares: readonly { readonly source: string; readonly permille: number }[];
}

/** What an agreement says about money. */
export interface AgreementTerms {
  readonly agreementId: string;
  readonly providerId: string;
  readonly from: Day;
  readonly to: Day;
  readonly ceilingGrosze: number | null;
  /** What is paid when the person was not there, of the price. */
  readonly noShowPermille: number;
  readonly services: readonly { readonly offerId: string; readonly unit: string }[];
  readonly prices: readonly AgreedPrice[];
  readonly funding: readonly FundingEdition[];
}

/** UNITS: each has its price. FLAT_SUM: a sum for each month, whatever is delivered. COSTS: a grant, accounted by what it was spent on. */
export type Payment = 'UNITS' | 'FLAT_SUM' | 'COSTS';

export function paymentOf({ services, prices }: AgreementTerms, offerId: string): Payment {
  if (services.find((service) => service.offerId === offerId)?.unit !== 'FLAT_SUM') return 'UNITS';
  return prices.some((price) => price.offerId === offerId) ? 'FLAT_SUM' : 'COSTS';
}

/** The price of the day; of several the one that began last. */
export function priceOn({ prices }: AgreementTerms, offerId: string, unit: string, day: Day): number | undefined {
  let found: AgreedPrice | undefined;
  for (const price of prices)
    if (
      price.offerId === offerId &&
      price.unit === unit &&
      price.from <= day &&
      (price.to === null || day <= price.to) &&
      (found === undefined || found.from < price.from)
    )
      found = price;
  return found?.grosze;
}

const unspecified = [{ source: 'UNSPECIFIED', permille: 1000 }] as const;

/** Who bears what on that day; of several editions the one that began last. */
export function sharesOn({ funding }: AgreementTerms, day: Day): FundingEdition['shares'] {
  let found: FundingEdition | undefined;
  for (const edition of funding)
    if (edition.from <= day && (found === undefined || found.from < edition.from)) found = edition;
  return found?.shares ?? unspecified;
}
