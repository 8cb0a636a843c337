import { gminas } from '@okienko/identifiers/terc';
import type { CentreProgramme, ServiceOfferContent } from '../service-offers/service-offer-content';
import {
  type HsdsAttribute,
  type HsdsCostOption,
  type HsdsOrganization,
  type HsdsProgram,
  type HsdsRequiredDocument,
  type HsdsService,
  type HsdsServiceSummary,
  said,
} from './hsds';
import { locationsOf } from './hsds-location';
import { plainEmail, plainUri, weekdays } from './plain-values';
import {
  codedTaxonomies,
  derivedId,
  evidenceTerm,
  feeRuleNames,
  fieldTaxonomy,
  hsdsTerm,
  type ProfileTerm,
  termOf,
} from './profile';
import { profileFields, valuesAt } from './profile-fields';
import { plainContentOf } from './stated-content';

/** A published offer, with the programme under which a centre grants it. */
export interface FeedOffer {
  readonly id: string;
  readonly content: ServiceOfferContent;
  readonly programme?: CentreProgramme | null;
}

export const organization = (name: string): HsdsOrganization => ({
  id: derivedId('organization', name),
  name,
  description: 'Podmiot, który prowadzi usługi społeczne.',
});

/**
 * An offer as a full HSDS service. What HSDS has a field for stands there; every other fact travels as an attribute of the Polish CUS
 * profile, so that `readService` gives back all that is said here. `centre` runs what no other body does.
 */
export function hsdsService(offer: FeedOffer, centre: string): HsdsService {
  const service = plainService(offer, centre);
  const plain = plainContentOf(service);
  const unsaid = profileFields.filter(
    (field) => JSON.stringify(valuesAt(offer.content, field)) !== JSON.stringify(valuesAt(plain, field)),
  );
  const words = unsaid.flatMap((field) =>
    valuesAt(offer.content, field).map((value, index) =>
      attribute(offer.id, termOf(fieldTaxonomy, field.path) as ProfileTerm, index, value),
    ),
  );
  return { ...service, attributes: [...codesOf(offer), ...words] };
}

/** What a list says of it. */
export const summaryOf = ({
  phones: _phones,
  contacts: _contacts,
  schedules: _schedules,
  service_areas: _areas,
  service_at_locations: _locations,
  languages: _languages,
  funding: _funding,
  cost_options: _costs,
  required_documents: _documents,
  attributes: _attributes,
  ...summary
}: HsdsService): HsdsServiceSummary => summary;

function plainService({ id, content, programme }: FeedOffer, centre: string): HsdsService {
  const { name, description, targetGroup, ages, terc, languages, openingHours, informationOnly } = content;
  const { contact = {}, details = {} } = content;
  const owner = organization(informationOnly?.owner ?? centre);
  const by = informationOnly?.centreOffer?.programme ?? programme ?? undefined;
  const email = plainEmail(contact.email);
  const phones = contact.phone === undefined ? [] : [{ id: derivedId(id, 'phone'), number: contact.phone }];
  return said<HsdsService>({
    id,
    name: name.pl,
    description: description.pl,
    status: details.status === 'TEMPORARILY_CLOSED' ? 'temporarily closed' : 'active',
    organization: owner,
    program: by && programOf(by, owner),
    url: plainUri(contact.url),
    email,
    application_process: applicationProcess(details.applicationChannels),
    fees_description: feesDescription(content),
    eligibility_description: targetGroup?.pl,
    minimum_age: ages?.from,
    maximum_age: ages?.to,
    // A centre's own offer is right as long as the centre publishes it; another body's is as right as on the day it last said so.
    assured_date: informationOnly?.centreOffer ? undefined : informationOnly?.confirmedOn,
    phones,
    contacts:
      email === undefined && phones.length === 0
        ? []
        : [said({ id: derivedId(id, 'contact'), name: owner.name, email, phones })],
    schedules: openingHours?.map(({ days, opens, closes }, index) => ({
      id: derivedId(id, 'schedule', index),
      freq: 'WEEKLY',
      byday: days.map((day) => weekdays[day - 1]).join(','),
      opens_at: opens,
      closes_at: closes,
    })),
    service_areas: [
      {
        id: derivedId(id, 'service-area'),
        name: gminas.get(terc) ?? `gmina ${terc}`,
        extent: terc,
        extent_type: 'TERC',
      },
    ],
    service_at_locations: locationsOf(id, content),
    languages: languages?.map((code) => said({ id: derivedId(id, 'language', code), code, name: languageName(code) })),
    funding:
      details.fundingSource === undefined ? [] : [{ id: derivedId(id, 'funding'), source: details.fundingSource }],
    cost_options: costOptions(id, content),
    required_documents: documents(id, details.requiredDocuments ?? [], by),
    attributes: undefined,
  } as { [K in keyof HsdsService]: HsdsService[K] | undefined });
}

const programOf = ({ id, name, aim }: CentreProgramme, { id: organization_id }: HsdsOrganization): HsdsProgram => ({
  id,
  organization_id,
  name,
  description: aim,
});

const attribute = (id: string, term: ProfileTerm, index: number, value?: string): HsdsAttribute =>
  said<HsdsAttribute>({
    id: derivedId(id, 'attribute', term.id, index),
    link_entity: 'service',
    value,
    taxonomy_term: hsdsTerm(term),
  });

function codesOf({ id, content }: FeedOffer): HsdsAttribute[] {
  const legalTrack = content.informationOnly?.centreOffer?.legalTrack ?? content.legalTrack;
  const codes = { ...content, legalTrack } as unknown as Record<string, string | readonly string[] | undefined>;
  return codedTaxonomies.flatMap((one) =>
    [codes[one.field] ?? []].flat().flatMap((code) => {
      const term = termOf(one, code);
      return term ? [attribute(id, term, 0)] : [];
    }),
  );
}

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

function costOptions(id: string, { feeRule }: ServiceOfferContent): HsdsCostOption[] {
  if (feeRule === 'UNKNOWN') return [];
  const isFree = feeRule === 'FREE' || feeRule === 'FREE_OWN_COSTS';
  const option = {
    id: derivedId(id, 'cost-option'),
    option: feeRuleNames[feeRule] as string,
    currency: 'PLN',
  } as const;
  return [isFree ? { ...option, amount: 0 } : option];
}

function documents(id: string, own: readonly string[], programme: CentreProgramme | undefined): HsdsRequiredDocument[] {
  return [
    ...own.map((document, index) => ({ id: derivedId(id, 'document', index), document })),
    ...(programme?.evidence ?? []).map(({ code, name }, index) => ({
      id: derivedId(id, 'evidence', index),
      document: name,
      attributes: [{ ...attribute(id, evidenceTerm, index, code), link_entity: 'required_document' }],
    })),
  ];
}

const polishNames = new Intl.DisplayNames(['pl'], { type: 'language', fallback: 'none' });
/** Of a language alone; a tag that says more may be none that there are names for. */
const languageName = (code: string): string | undefined =>
  code === 'pjm' ? 'polski język migowy' : /^[a-z]{2,3}$/.test(code) ? polishNames.of(code) : undefined;
