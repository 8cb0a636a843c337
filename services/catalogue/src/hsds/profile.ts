import { v5 as uuidv5 } from 'uuid';
import { areas } from '../areas/areas';
import type { HsdsTaxonomy, HsdsTaxonomyTerm, HsdsTaxonomyTermDetails } from './hsds';
import { profileFields } from './profile-fields';

/** Under which the feed derives ids of what has none here, so that the same thing has the same id wherever it is exported. */
const namespace = 'b6f0d0f2-5c0e-5f0a-9a63-0f3f3c1d2e74';

/** A UUID of version 5 (RFC 9562) that follows from what the thing is. */
export const derivedId = (...parts: readonly (string | number)[]): string => uuidv5(JSON.stringify(parts), namespace);

export interface ProfileTerm extends HsdsTaxonomyTerm {
  readonly taxonomyId: string;
}

export interface ProfileTaxonomy extends HsdsTaxonomy {
  /** Where an offer says it. */
  readonly field: string;
  readonly isList: boolean;
  readonly terms: readonly ProfileTerm[];
}

type Names = Readonly<Record<string, string>>;

function taxonomy(
  field: string,
  isList: boolean,
  name: string,
  description: string,
  terms: readonly { code: string; name: string; description?: string }[],
): ProfileTaxonomy {
  const id = derivedId('taxonomy', field);
  return {
    id,
    name,
    description,
    version: '1',
    field,
    isList,
    terms: terms.map((term) => ({
      id: derivedId('taxonomy-term', field, term.code),
      code: term.code,
      name: term.name,
      description: term.description ?? term.name,
      taxonomy: name,
      language: 'pl',
      taxonomyId: id,
    })),
  };
}

const named = (names: Names): { code: string; name: string }[] =>
  Object.entries(names).map(([code, name]) => ({ code, name }));

export const feeRuleNames: Names = {
  FREE: 'nieodpłatnie',
  FREE_OWN_COSTS: 'nieodpłatnie; koszty własne ponosi korzystający',
  FLAT: 'opłata stała',
  PER_UNIT: 'opłata za jednostkę usługi',
  TABLE_BY_INCOME: 'opłata zależna od dochodu',
  OWN_COSTS_ONLY: 'tylko koszty własne',
  COUNCIL_RESOLUTION: 'opłata według uchwały rady gminy',
  UNKNOWN: 'brak informacji o opłacie',
};

export const accessibilityNames: Names = {
  STEP_FREE: 'wejście bez stopni',
  LIFT: 'winda',
  ACCESSIBLE_TOILET: 'toaleta dostępna dla osób z niepełnosprawnościami',
  PARKING: 'miejsce parkingowe dla osób z niepełnosprawnościami',
  HEARING_LOOP: 'pętla indukcyjna',
  SIGN_LANGUAGE: 'polski język migowy',
  EASY_TO_READ: 'informacja łatwa do czytania',
  ASSISTANCE_DOG: 'można wejść z psem asystującym',
  HOME_VISIT: 'wizyta w domu',
};

/** What an offer of a centre says in codes: the taxonomies of the Polish CUS profile. */
export const codedTaxonomies: readonly ProfileTaxonomy[] = [
  taxonomy(
    'areas',
    true,
    'Obszary usług społecznych',
    'Czternaście obszarów z art. 2 ust. 1 ustawy z dnia 19 lipca 2019 r. o realizowaniu usług społecznych przez centrum usług społecznych.',
    areas.map(({ slug, name, legalBasis }) => ({ code: slug, name: name.pl, description: legalBasis })),
  ),
  taxonomy(
    'legalTrack',
    false,
    'Podstawa udzielenia',
    'Według których przepisów usługa jest udzielana (art. 19 ustawy).',
    named({
      PUS: 'program usług społecznych',
      SOCIAL_ASSISTANCE_DECISION: 'decyzja z zakresu pomocy społecznej',
      MINISTERIAL_PROGRAMME: 'program ministerialny',
      LOCAL_PROGRAMME: 'program gminny',
      OTHER_ACT: 'inna ustawa',
      SUPPORTING_ACTIVITY: 'działanie wspierające',
    }),
  ),
  taxonomy(
    'recipientKind',
    false,
    'Odbiorca',
    'Do kogo usługa jest skierowana (art. 2 ust. 1 ustawy).',
    named({ PERSON: 'osoba', FAMILY: 'rodzina', GROUP: 'grupa', RESIDENTS: 'ogół mieszkańców' }),
  ),
  taxonomy(
    'unit',
    false,
    'Jednostka usługi',
    'W czym liczy się jedno wykonanie usługi.',
    named({
      HOUR: 'godzina',
      RIDE: 'przejazd',
      DAY: 'dzień',
      PLACE: 'miejsce',
      VISIT: 'wizyta',
      ITEM: 'sztuka',
      FLAT_SUM: 'ryczałt',
    }),
  ),
  taxonomy('feeRule', false, 'Odpłatność', 'Zasada odpłatności za usługę.', named(feeRuleNames)),
  taxonomy(
    'targetGroups',
    true,
    'Grupy docelowe',
    'Dla kogo usługa jest przeznaczona. Wiek jest grupą docelową, nie obszarem ustawy.',
    named({
      CHILDREN: 'dzieci',
      YOUTH: 'młodzież',
      FAMILIES: 'rodziny',
      SENIORS: 'osoby starsze',
      DISABLED: 'osoby z niepełnosprawnościami',
      DEPENDENT: 'osoby niesamodzielne',
      CARERS: 'opiekunowie',
      ILL: 'osoby chore',
      ADDICTED: 'osoby uzależnione',
      HOMELESS: 'osoby w kryzysie bezdomności',
      VIOLENCE: 'osoby doświadczające przemocy',
      UNEMPLOYED: 'osoby bezrobotne',
      FOREIGNERS: 'cudzoziemcy',
      EVERYONE: 'wszyscy',
    }),
  ),
  taxonomy(
    'accessibility',
    true,
    'Dostępność',
    'Ułatwienia dla osób ze szczególnymi potrzebami.',
    named(accessibilityNames),
  ),
];

const evidence = 'evidence';

/** What an offer says in words, and HSDS has no field for. */
export const fieldTaxonomy = taxonomy(
  'fields',
  true,
  'Pola profilu CUS',
  'Treść wpisu w katalogu usług społecznych, dla której standard HSDS nie ma pola: termin nazywa pole, wartość atrybutu je wypełnia.',
  [
    ...profileFields.map(({ path, name }) => ({ code: path, name })),
    { code: evidence, name: 'Kod dokumentu wymaganego programem' },
  ],
);

/** A required document that the programme asks for says so by this term; its value is the programme's code. */
export const evidenceTerm = termOf(fieldTaxonomy, evidence) as ProfileTerm;

export const taxonomies: readonly ProfileTaxonomy[] = [...codedTaxonomies, fieldTaxonomy];

const terms = new Map(taxonomies.flatMap((one) => one.terms.map((term) => [term.id, term] as const)));
const taxonomiesById = new Map(taxonomies.map((one) => [one.id, one]));

export const taxonomyById = (id: string): ProfileTaxonomy | undefined => taxonomiesById.get(id);
export const termById = (id: string): ProfileTerm | undefined => terms.get(id);
export function termOf({ terms: of }: ProfileTaxonomy, code: string): ProfileTerm | undefined {
  return of.find((term) => term.code === code);
}

export const hsdsTaxonomy = ({ id, name, description, version }: ProfileTaxonomy): HsdsTaxonomy => ({
  id,
  name,
  description,
  version,
});

export const hsdsTerm = ({ taxonomyId: _, ...term }: ProfileTerm): HsdsTaxonomyTerm => term;

export const hsdsTermDetails = (term: ProfileTerm): HsdsTaxonomyTermDetails => ({
  ...hsdsTerm(term),
  taxonomy_detail: hsdsTaxonomy(taxonomiesById.get(term.taxonomyId) as ProfileTaxonomy),
});
