import type { ServiceOfferContent } from '@okienko/catalogue/service-offers/service-offer-content';
import { Chance } from '../../chance';
import type { Corpus } from './corpus';

const [onsets, vowels, ends] = [
  'b br ch d dr g gr j k kr l ł m mr n p pr r s st sz t tr w wr z zb ż'.split(' '),
  'a e i o u y ą ę ó'.split(' '),
  'ński ska czyk ewicz ak owa ów iec ica no win ek oński alska'.split(' '),
];
/** So many names of places, patrons and streets, few of them often and most of them seldom (Zipf). */
const mostNames = 60_000;
/** Ranks of each offer's own names begin anew in the sequence of chance, so that the n-th offer is the same whatever is generated. */
const stride = 7_919;

const places = ['Dom', 'Klub', 'Centrum', 'Ośrodek', 'Stowarzyszenie', 'Fundacja', 'Świetlica', 'Poradnia'];

/** An invented proper name, always the same for a number. */
function invented(number: number): string {
  const chance = new Chance(number * 104_729);
  const name = `${chance.pick(onsets)}${chance.pick(vowels)}${chance.pick(onsets)}${
    chance.next() < 0.5 ? `${chance.pick(vowels)}${chance.pick(onsets)}` : ''
  }${chance.pick(ends)}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const clausesOf = (text: string): string[] => text.split(/[,;.:–]\s+/u).filter((clause) => clause.length > 8);

export interface GeneratedOffer {
  readonly id: string;
  readonly content: ServiceOfferContent;
}

/** Offers of a large country: real descriptions recombined, under invented names and addresses. */
export class Offers {
  private readonly names = Array.from({ length: mostNames }, (_, number) => invented(number));
  private readonly clauses: readonly (readonly string[])[];

  constructor(
    private readonly seed: number,
    private readonly corpus: Corpus,
  ) {
    this.clauses = corpus.descriptions.map(({ description }) => clausesOf(description));
  }

  /** The n-th offer, reproducible from the seed alone. */
  at(n: number): GeneratedOffer {
    const chance = new Chance(this.seed + n * stride);
    const name = (): string => this.names[Math.floor(mostNames ** chance.next()) - 1] ?? '';
    const { descriptions, seeds, gminas } = this.corpus;
    const kind = chance.below(descriptions.length);
    const gmina = chance.pick(gminas);
    const own = this.clauses[kind] ?? [];
    const clauses = [...own.filter(() => chance.next() < 0.7), chance.pick(chance.pick(this.clauses))];
    const place = `${chance.pick(places)} „${name()} ${name()}”`;
    return {
      id: `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
      content: {
        ...chance.pick(seeds),
        name: { pl: `${descriptions[kind]?.name ?? ''}${chance.next() < 0.5 ? ` – ${gmina.name}` : ''}` },
        description: { pl: `${clauses.join(', ')}. Prowadzi: ${place}, ${name()}.` },
        terc: gmina.terc,
        place: { pl: `${gmina.name}, ul. ${name()} ${1 + chance.below(120)}` },
      },
    };
  }
}
