import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceOfferContent } from '@okienko/catalogue/service-offers/service-offer-content';
import { checkout } from '@okienko/local/paths';

/** A description of a service, and the id by which queries name it. */
export interface Description {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface Query {
  readonly kind: string;
  readonly query: string;
  /** Ids of the descriptions that answer it. */
  readonly expected: readonly string[];
}

export interface Corpus {
  readonly descriptions: readonly Description[];
  /** Written by hand, with their answers; none where they do not lie beside the checkout. */
  readonly judged: readonly Query[];
  /** Offers of two centres, whose shape generated ones have. */
  readonly seeds: readonly ServiceOfferContent[];
  readonly gminas: readonly { readonly terc: string; readonly name: string }[];
}

const examples = join(checkout, '../shared/domain/search-queries.json');
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const seed = <T>(name: string): T => read<T>(join(checkout, 'services/catalogue/seed', `${name}.json`));

export function corpus(say: (sentence: string) => void): Corpus {
  const offers = ['elblag', 'ostrowiec'].flatMap(
    (name) => seed<{ offers: (ServiceOfferContent & { key: string })[] }>(name).offers,
  );
  const { gminas } = seed<Corpus>('gminas');
  const seeds = offers.map(({ key: _, serviceCode: __, source: ___, ...offer }) => ({
    ...offer,
    legalTrack: 'OTHER_ACT' as const,
  }));
  if (!existsSync(examples)) {
    say('  The judged queries are not beside the checkout: only the held-out ones are asked, of the seed offers.');
    const descriptions = offers.map(({ key, name, description }) => ({
      id: key,
      name: name.pl,
      description: description.pl,
    }));
    return { descriptions, judged: [], seeds, gminas };
  }
  const { documents, queries } = read<{ documents: Description[]; queries: Query[] }>(examples);
  return { descriptions: documents, judged: queries, seeds, gminas };
}
