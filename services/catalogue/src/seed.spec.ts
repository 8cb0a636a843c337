import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTerc } from '@okienko/identifiers/terc';
import { areaSlugs } from './areas/areas';
import { assertComplete, assertConsistent, type ProgrammeContent } from './programmes/programme-content';
import type { ServiceOfferContent } from './service-offers/service-offer-content';

interface SeedOffer extends ServiceOfferContent {
  key: string;
}
interface Seed {
  programme: { body: ProgrammeContent; inferred: string[]; source: { facts: string[] } };
  offers: SeedOffer[];
}
interface SeedProvider {
  key: string;
  source: { facts: string[]; inferred: string[] };
  offers: { offer: string; places: number }[];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(join(__dirname, '../seed', file), 'utf8')) as T;
const elblag = read<Seed>('elblag.json');
const ostrowiec = read<Seed>('ostrowiec.json');
const all = [...elblag.offers, ...ostrowiec.offers];
const at = (root: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], root);
const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}--${String(index + 1).padStart(2, '0')}`);

/** How many fields each source states, counted there: a fact lost from the seed shows here. */
const factCounts = {
  elblag: [11, 11, 9, 8, 2, 8, 7, 7, 7, 7, 7, 7, 7, 3, 4],
  ostrowiec: [2, 2, 2, 2, 2, 2, 2, 2, 7],
};

describe('the seed', () => {
  it('holds all 15 services of Elbląg and all 9 of Ostrowiec', () => {
    expect(elblag.offers.map(({ key }) => key)).toEqual(numbered('ecus-elblag', 15));
    expect(ostrowiec.offers.map(({ key }) => key)).toEqual(numbered('cus-ostrowiec', 9));
  });

  it('has lost none of the facts that the sources state', () => {
    const counts = ({ offers }: Seed) => offers.map(({ source }) => source!.facts.length);
    expect(counts(elblag)).toEqual(factCounts.elblag);
    expect(counts(ostrowiec)).toEqual(factCounts.ostrowiec);
  });

  it.each(all)('$key carries every field it calls a fact or inferred, and says which is which', (offer) => {
    const { facts, inferred, url } = offer.source!;
    for (const path of [...facts, ...inferred]) expect([path, at(offer, path)]).not.toEqual([path, undefined]);
    expect(facts.filter((path) => inferred.includes(path))).toEqual([]);
    const details = Object.keys(offer.details ?? {}).map((name) => `details.${name}`);
    expect([...facts, ...inferred, 'details.caveat']).toEqual(expect.arrayContaining(details));
    expect(url).toMatch(/^https?:\/\//);
  });

  it('names only areas of art. 2(1) and valid gminas', () => {
    for (const { areas, terc } of all) {
      expect(areas.length).toBeGreaterThan(0);
      expect(areaSlugs).toEqual(expect.arrayContaining([...areas]));
      expect(isTerc(terc)).toBe(true);
    }
    for (const { terc } of read<{ gminas: { terc: string }[] }>('gminas.json').gminas) expect(isTerc(terc)).toBe(true);
  });

  it.each([elblag, ostrowiec])(
    'has a complete programme with exactly the services offered under it',
    ({ programme, offers }) => {
      assertConsistent(programme.body);
      assertComplete(programme.body);
      const offered = offers.filter(({ legalTrack }) => legalTrack === 'PUS').map(({ serviceCode }) => serviceCode);
      expect(programme.body.services.map(({ serviceCode }) => serviceCode)).toEqual(offered);
      for (const path of [...programme.inferred, ...programme.source.facts]) expect(at(programme, path)).toBeDefined();
    },
  );

  it('has for every offer under a programme a body with places for it', () => {
    const { providers } = read<{ providers: SeedProvider[] }>('providers.json');
    const offered = providers.flatMap(({ offers }) => offers);
    const keys = all.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(offered.map(({ offer }) => offer)));
    expect(offered.every(({ places }) => places > 0)).toBe(true);
    const pus = all.filter(({ legalTrack }) => legalTrack === 'PUS').map(({ key }) => key);
    expect(offered.map(({ offer }) => offer)).toEqual(expect.arrayContaining(pus));
    for (const provider of providers)
      for (const path of provider.source.facts) expect(at(provider, path)).toBeDefined();
  });
});
