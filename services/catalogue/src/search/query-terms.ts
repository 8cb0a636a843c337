/** Stands in the vocabulary for no stem: in how many offers anything is. */
export const allOffers = '';

/** What a word of the query may stand for in the offers: a stem, how much it counts, and in how many offers it is. */
export interface Meaning {
  readonly stem: string;
  readonly weight: number;
  readonly df: number;
}

/** One word of the query. Any of its meanings will do. */
export interface Term {
  readonly typed: string;
  readonly meanings: readonly Meaning[];
  /** The stem that was read in place of one that no offer has. */
  readonly corrected?: string;
}

const quoted = ({ meanings }: Term): string => `(${meanings.map(({ stem }) => `'${stem}'`).join(' | ')})`;
/** In how many offers any of its meanings is, at most. */
export const dfOf = ({ meanings }: Term): number => meanings.reduce((sum, { df }) => sum + df, 0);

/** All words at once. */
export const everyTerm = (terms: readonly Term[]): string => terms.map(quoted).join(' & ');

/** Any of the words that say most: the rarest ones, while together they are in no more than so many offers; the rarest that is in any always. */
export function anyTerm(terms: readonly Term[], mostOffers: number): string {
  let sum = 0;
  const rare = [...terms]
    .sort((a, b) => dfOf(a) - dfOf(b))
    .filter((term) => {
      const isFirst = sum === 0;
      sum += dfOf(term);
      return isFirst || sum <= mostOffers;
    });
  return rare.map(quoted).join(' | ');
}

/** Weight of each stem in the order of results: the rarer it is, the more it says. */
export function ranking(terms: readonly Term[], offers: number): { stems: string[]; weights: number[] } {
  const meanings = terms.flatMap((term) => term.meanings);
  return {
    stems: meanings.map(({ stem }) => `'${stem}'`),
    weights: meanings.map(({ weight, df }) => weight * Math.log(1 + Math.max(offers, 1) / Math.max(df, 1))),
  };
}
