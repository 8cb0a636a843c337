import { gminas } from '@okienko/identifiers/terc';
import type { CentreProgramme, ServiceOfferContent } from '../service-offers/service-offer-content';
import {
  type HsdsAttribute,
  type HsdsCostOption,
  type HsdsRequiredDocument,
  type HsdsService,
  type HsdsServiceAtLocationDetails,
  said,
} from './hsds';
import { locationOf } from './hsds-location';
import { type FeedOffer, hsdsSummary, programmeOf } from './hsds-summary';
import { weekdays } from './plain-values';
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
import { plainContentOf, type PlainService } from './stated-content';

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

/** An offer at the place that it names; nothing where it names none. */
export function hsdsServiceAtLocation(offer: FeedOffer, centre: string): HsdsServiceAtLocationDetails | undefined {
  const place = locationOf(offer.id, offer.content);
  return place && { ...place, service: hsdsSummary(offer, centre) };
}

function plainService(offer: FeedOffer, centre: string): PlainService {
  const { id, content } = offer;
  const { terc, languages, openingHours, contact = {}, details = {} } = content;
  const summary = hsdsSummary(offer, centre);
  const { email, organization } = summary;
  const phones = contact.phone === undefined ? [] : [{ id: derivedId(id, 'phone'), number: contact.phone }];
  const hasContact = email !== undefined || phones.length > 0;
  const place = locationOf(id, content);
  return said<PlainService>({
    ...summary,
    phones,
    contacts: hasContact ? [said({ id: derivedId(id, 'contact'), name: organization.name, email, phones })] : [],
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
    service_at_locations: place && [place],
    languages: languages?.map((code) => said({ id: derivedId(id, 'language', code), code, name: languageName(code) })),
    funding:
      details.fundingSource === undefined ? [] : [{ id: derivedId(id, 'funding'), source: details.fundingSource }],
    cost_options: costOptions(id, content),
    required_documents: documents(id, details.requiredDocuments ?? [], programmeOf(offer)),
  });
}

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
