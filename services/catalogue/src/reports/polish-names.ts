/** What codes are called in reports. */
export const unitNames: Readonly<Record<string, string>> = {
  HOUR: 'godziny',
  RIDE: 'przejazdy',
  DAY: 'dni',
  PLACE: 'miejsca',
  VISIT: 'wizyty',
  ITEM: 'sztuki',
  FLAT_SUM: 'ryczałty',
};

export const kindNames: Readonly<Record<string, string>> = {
  OWN_UNIT: 'jednostka własna',
  GMINA_OFFICE: 'urząd gminy',
  GMINA_UNIT: 'jednostka organizacyjna gminy',
  NGO: 'organizacja pozarządowa',
  SOCIAL_COOPERATIVE: 'spółdzielnia socjalna',
  FIRM: 'przedsiębiorca',
  MEDICAL_ENTITY: 'podmiot leczniczy',
  NATURAL_PERSON: 'osoba fizyczna',
  UNKNOWN: 'rodzaj nieznany',
};

export const copyNames = {
  applications: 'wnioski',
  allocations: 'przydziały usług',
  deliveries: 'realizacja usług',
  settlements: 'rozliczenia z wykonawcami',
} as const;
