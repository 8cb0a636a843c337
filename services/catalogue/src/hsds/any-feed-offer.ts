import fc from 'fast-check';
import { areaSlugs } from '../areas/areas';
import {
  accessibilityFeatures,
  legalTracks,
  offerFeeRules,
  recipientKinds,
  type ServiceOfferContent,
  targetGroups,
  units,
} from '../service-offers/service-offer-content';
import type { FeedOffer } from './hsds-summary';

const letter = fc.constantFrom(...'aąćęłńóśźżĄŻ0 ,.;:„”–"\\/&<{[\n');
/** Text that an offer takes: of any characters, but not blank. */
const text = (maxLength = 60): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: letter, minLength: 1, maxLength }).filter((said) => said.trim() !== ''),
    fc.constantFrom(
      'true',
      '80',
      '[]',
      'null',
      ' z odstępem ',
      'ul. Królewiecka 195, 82-300 Elbląg',
      'TEMPORARILY_CLOSED',
    ),
  );
const lines = fc.array(text(), { maxLength: 3 });
const codes = fc.array(fc.constantFrom('WEB_FORM', 'IN_PERSON', 'PHONE', 'POST'), { maxLength: 3 });
const some = <T extends string>(values: readonly T[], minLength = 0): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength: 4 });
const optional = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[] = []) =>
  fc.record(fields, { requiredKeys: required }) as fc.Arbitrary<T>;
const localised = fc.record(
  { pl: text(), 'pl-x-etr': text(), uk: text(), en: text() },
  { requiredKeys: ['pl'] },
) as fc.Arbitrary<{ pl: string }>;
const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2026-03-01'), noInvalidDate: true });
const dayText = day.map((date) => date.toISOString().slice(0, 10));
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const url = fc.constantFrom(
  'https://cus.example.pl',
  'http://x.pl/ścieżka?q=a|b',
  'https://żółw.pl/',
  'https://a.pl/a%20b#c',
);
const whole = fc.nat(1_000_000_000);

const details = optional({
  providerType: text(),
  providerName: text(),
  programme: text(),
  edition: text(),
  status: text(),
  timeline: text(),
  fundingSource: text(),
  budget: optional(
    { totalGrosze: whole, stateGrantGrosze: whole, stateSharePercent: fc.constantFrom(0, 12.5, 80, 84.28) },
    ['totalGrosze'],
  ),
  feeBasis: text(),
  feeDetail: text(),
  usageLimit: text(),
  maxDuration: text(),
  scope: lines,
  isPackage: fc.boolean(),
  packageRule: text(),
  components: lines,
  variants: lines,
  constraints: lines,
  requiredDocuments: lines,
  applicationChannels: codes,
  thirdPartyReport: fc.boolean(),
  voluntary: fc.boolean(),
  endReasons: codes,
  detail: text(),
  caveat: text(),
});

const programme = fc.record({
  id: fc.uuid(),
  name: text(),
  aim: text(),
  evidence: fc.array(fc.record({ code: fc.constantFrom('A', 'B_1'), name: text() }), { maxLength: 3 }),
});

const content = optional<Record<string, unknown>>(
  {
    name: localised,
    description: localised,
    areas: some(areaSlugs, 1),
    legalTrack: fc.constantFrom(...legalTracks),
    recipientKind: fc.constantFrom(...recipientKinds),
    unit: fc.constantFrom(...units),
    terc: fc.constantFrom('2861011', '2607011', '1209033'),
    feeRule: fc.constantFrom(...offerFeeRules),
    targetGroup: localised,
    targetGroups: some(targetGroups),
    ages: optional({ from: fc.nat(150), to: fc.nat(150) }),
    languages: some(['pl', 'uk', 'pjm', 'pl-x-etr', 'zz', 'de-AT']),
    accessibility: some(accessibilityFeatures),
    openingHours: fc.array(
      fc.record({
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        opens: time,
        closes: time,
      }),
      { maxLength: 3 },
    ),
    contact: optional({
      phone: fc.constantFrom('+48 55 625 61 00', '112', '55/625-61-00 (01)'),
      email: fc.constantFrom('biuro@cus.example.pl', 'żółw@cus.example.pl', "o'neil@a-b.pl"),
      url,
      address: text(),
    }),
    place: localised,
    details,
    source: fc.record({ url, facts: lines, inferred: lines }),
  },
  ['name', 'description', 'areas', 'legalTrack', 'recipientKind', 'unit', 'terc', 'feeRule'],
) as unknown as fc.Arbitrary<ServiceOfferContent>;

const owner = fc.record({ owner: text(), confirmedOn: dayText });
const centreOffer = optional({ legalTrack: fc.constantFrom(...legalTracks), programme }, ['legalTrack']);

/** Published offers of every kind: the centre's own, under a programme or another law, other bodies', and other centres'. */
export const anyFeedOffer: fc.Arbitrary<FeedOffer> = fc
  .tuple(fc.uuid(), content, fc.constantFrom('own', 'other body', 'other centre'), owner, centreOffer, programme)
  .map(([id, said, kind, informationOnly, told, by]) => {
    if (kind === 'own')
      return said.legalTrack === 'PUS'
        ? { id, content: { ...said, programmeId: by.id, serviceCode: 'teleopieka' }, programme: by }
        : { id, content: said };
    const legalTrack = said.legalTrack === 'PUS' ? 'OTHER_ACT' : said.legalTrack;
    if (kind === 'other body') return { id, content: { ...said, legalTrack, informationOnly } };
    const there = told.legalTrack === 'PUS' ? 'OTHER_ACT' : told.legalTrack;
    return { id, content: { ...said, legalTrack: there, informationOnly: { ...informationOnly, centreOffer: told } } };
  });
