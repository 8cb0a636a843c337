import { faultsOf } from '@okienko/chassis/validation';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import { DraftServiceOffer } from '../service-offers/service-offers.dto';
import type { RecordFault } from '../record-fault';

/** Where an HSDS record says what an offer says there; the rest is said by attributes. */
const places: readonly (readonly [offer: string, record: string])[] = [
  ['/name/pl', '/name'],
  ['/description/pl', '/description'],
  ['/targetGroup/pl', '/eligibility_description'],
  ['/ages/from', '/minimum_age'],
  ['/ages/to', '/maximum_age'],
  ['/languages', '/languages'],
  ['/openingHours', '/schedules'],
  ['/contact/phone', '/phones'],
  ['/contact/email', '/email'],
  ['/contact/url', '/url'],
  ['/contact/address', '/service_at_locations'],
  ['/place/pl', '/service_at_locations'],
  ['/terc', '/service_areas'],
  ['/details/fundingSource', '/funding'],
  ['/details/requiredDocuments', '/required_documents'],
  ['/details/feeDetail', '/fees_description'],
  ['/informationOnly/owner', '/organization/name'],
  ['/informationOnly/confirmedOn', '/assured_date'],
  ['/informationOnly/centreOffer', '/program'],
];

/** What the rules of an offer say against what a record says: the same that they say to whoever drafts one. */
export function offerFaults(content: ServiceOfferContent): RecordFault[] {
  const errors = validateSync(plainToInstance(DraftServiceOffer, content), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  return faultsOf(errors).map(({ pointer, detail }) => ({
    pointer: places.find(([offer]) => pointer === offer || pointer.startsWith(`${offer}/`))?.[1] ?? '/attributes',
    detail,
  }));
}
