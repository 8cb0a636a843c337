import type { CentreProgramme, ServiceOfferContent } from '../service-offers/service-offer-content';
import { type HsdsOrganization, type HsdsProgram, type HsdsServiceSummary, said } from './hsds';
import { plainEmail, plainUri } from './plain-values';
import { derivedId, feeRuleNames } from './profile';

/** A published offer, with the programme under which a centre grants it. */
export interface FeedOffer {
  readonly id: string;
  readonly content: ServiceOfferContent;
  readonly programme?: CentreProgramme | null;
}

export const hsdsOrganization = (name: string): HsdsOrganization => ({
  id: derivedId('organization', name),
  name,
  description: 'Podmiot, który prowadzi usługi społeczne.',
});

/** The programme of the centre itself, or of the one whose offer the entry restates. */
export const programmeOf = ({ content, programme }: FeedOffer): CentreProgramme | undefined =>
  content.informationOnly?.centreOffer?.programme ?? programme ?? undefined;

/** What a list says of an offer. `centre` runs what no other body does. */
export function hsdsSummary(offer: FeedOffer, centre: string): HsdsServiceSummary {
  const { id, content } = offer;
  const { name, description, targetGroup, ages, informationOnly, contact = {}, details = {} } = content;
  const owner = hsdsOrganization(informationOnly?.owner ?? centre);
  const programme = programmeOf(offer);
  return said<HsdsServiceSummary>({
    id,
    name: name.pl,
    description: description.pl,
    status: details.status === 'TEMPORARILY_CLOSED' ? 'temporarily closed' : 'active',
    organization: owner,
    program: programme && programOf(programme, owner),
    url: plainUri(contact.url),
    email: plainEmail(contact.email),
    application_process: applicationProcess(details.applicationChannels),
    fees_description: feesDescription(content),
    eligibility_description: targetGroup?.pl,
    minimum_age: ages?.from,
    maximum_age: ages?.to,
    // A centre's own offer is right as long as the centre publishes it; another body's is as right as on the day it last said so.
    assured_date: informationOnly?.centreOffer ? undefined : informationOnly?.confirmedOn,
  });
}

const programOf = ({ id, name, aim }: CentreProgramme, { id: organization_id }: HsdsOrganization): HsdsProgram => ({
  id,
  organization_id,
  name,
  description: aim,
});

const channelNames: Readonly<Record<string, string>> = {
  WEB_FORM: 'formularz w internecie',
  IN_PERSON: 'osobiście',
  PHONE: 'telefonicznie',
};

const applicationProcess = (channels: readonly string[] = []): string | undefined =>
  channels.length === 0 ? undefined : `Wniosek: ${channels.map((code) => channelNames[code] ?? code).join(', ')}.`;

function feesDescription({ feeRule, details = {} }: ServiceOfferContent): string | undefined {
  const rule = feeRule === 'UNKNOWN' ? undefined : feeRuleNames[feeRule];
  const parts = [rule, details.feeDetail, details.feeBasis].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}
