/** One of the fourteen areas in which a gmina may offer social services. */
export interface Area {
  readonly slug: string;
  readonly code: string;
  readonly no: number;
  readonly name: { readonly pl: string; readonly en: string };
  readonly legalBasis: string;
}

const area = (no: number, slug: string, code: string, pl: string, en: string): Area => ({
  slug,
  code,
  no,
  name: { pl, en },
  legalBasis: `art. 2 ust. 1 pkt ${no}`,
});

/**
 * The closed list of art. 2(1) of the Act of 19 July 2019 on social services delivered by a social services centre
 * (Dz.U. 2019 poz. 1818). Numbers and Polish names are the law's; slugs, codes and English names are ours.
 * There is no area for seniors: age is a target group.
 */
export const areas: readonly Area[] = [
  area(1, 'polityka-prorodzinna', 'PRO_FAMILY_POLICY', 'polityka prorodzinna', 'pro-family policy'),
  area(2, 'wspieranie-rodziny', 'FAMILY_SUPPORT', 'wspieranie rodziny', 'family support'),
  area(3, 'system-pieczy-zastepczej', 'FOSTER_CARE', 'system pieczy zastępczej', 'foster care system'),
  area(4, 'pomoc-spoleczna', 'SOCIAL_ASSISTANCE', 'pomoc społeczna', 'social assistance'),
  area(5, 'promocja-i-ochrona-zdrowia', 'HEALTH', 'promocja i ochrona zdrowia', 'health promotion and protection'),
  area(
    6,
    'wspieranie-osob-niepelnosprawnych',
    'DISABILITY_SUPPORT',
    'wspieranie osób niepełnosprawnych',
    'support for people with disabilities',
  ),
  area(7, 'edukacja-publiczna', 'PUBLIC_EDUCATION', 'edukacja publiczna', 'public education'),
  area(8, 'przeciwdzialanie-bezrobociu', 'UNEMPLOYMENT', 'przeciwdziałanie bezrobociu', 'counteracting unemployment'),
  area(9, 'kultura', 'CULTURE', 'kultura', 'culture'),
  area(
    10,
    'kultura-fizyczna-i-turystyka',
    'SPORT_TOURISM',
    'kultura fizyczna i turystyka',
    'physical culture and tourism',
  ),
  area(
    11,
    'pobudzanie-aktywnosci-obywatelskiej',
    'CIVIC_ACTIVITY',
    'pobudzanie aktywności obywatelskiej',
    'stimulating civic activity',
  ),
  area(12, 'mieszkalnictwo', 'HOUSING', 'mieszkalnictwo', 'housing'),
  area(13, 'ochrona-srodowiska', 'ENVIRONMENT', 'ochrona środowiska', 'environmental protection'),
  area(
    14,
    'reintegracja-zawodowa-i-spoleczna',
    'REINTEGRATION',
    'reintegracja zawodowa i społeczna',
    'vocational and social reintegration',
  ),
];

export const areaSlugs: readonly string[] = areas.map(({ slug }) => slug);
