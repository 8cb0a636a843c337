import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How orders are answered. The Act is silent, so the centre sets it: data with validity dates. */
export interface OrderTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Calendar days by which a provider may put its answer off, all in all. */
  readonly longestExtension: number;
  /** Calendar days before the last one on which a provider is reminded. */
  readonly remindBefore: number;
  /** Days for which a token for an answer counts where the order has no last day for one. */
  readonly answerTokenDays: number;
}

/** Newest first. */
const history: readonly [...OrderTerms[], OrderTerms] = [
  {
    validFrom: '2020-01-01',
    basis: 'rule of the centre (art. 13(1)(1), 45(1))',
    longestExtension: 7,
    remindBefore: 1,
    answerTokenDays: 3,
  },
];

export const orderTermsOn = (day: Day): OrderTerms => editionOn(history, day);
