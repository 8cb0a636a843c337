import { type Day, editionOn } from '@okienko/contracts/calendar';

/** What the Act leaves to the centre about paying, and how its amounts become whole grosze: data with validity dates. */
export interface FeeTerms {
  readonly validFrom: Day;
  /** The term that the centre sets unless it says otherwise (art. 43(1)). */
  readonly dueDays: number;
  /** Longest period of one assessment. */
  readonly longestMonths: number;
  readonly roundings: readonly Rounding[];
}

/** One rounding: what is rounded, when, which way, and why. Nothing else is ever rounded, and no amount is a fraction. */
export interface Rounding {
  readonly code: 'PERCENT' | 'INCOMPLETE_PERIOD' | 'DELIVERED_UNITS';
  /** In Polish, for the person who pays. */
  readonly says: string;
  readonly direction: 'DOWN' | 'NONE';
  readonly basis: string;
}

/** Newest first. */
const history: readonly [...FeeTerms[], FeeTerms] = [
  {
    validFrom: '2020-01-01',
    dueDays: 14,
    longestMonths: 24,
    roundings: [
      {
        code: 'PERCENT',
        says: 'Część kosztu i ulgę w procentach liczy się od ceny jednostki lub okresu; ułamka grosza się nie pobiera.',
        direction: 'DOWN',
        basis: 'art. 5 ust. 3 pkt 7: nie pobiera się więcej, niż ustala program',
      },
      {
        code: 'INCOMPLETE_PERIOD',
        says: 'Za niepełny tydzień, miesiąc lub rok płaci się za jego dni, w każdej racie osobno; ułamka grosza się nie pobiera.',
        direction: 'DOWN',
        basis: 'art. 44 ust. 1: opłata za okres, w którym przysługiwało prawo do usługi',
      },
      {
        code: 'DELIVERED_UNITS',
        says: 'Za wykonane jednostki płaci się ich liczbę razy cenę jednostki; wynik jest zawsze pełny w groszach.',
        direction: 'NONE',
        basis: 'art. 42 ust. 1, art. 43 ust. 1',
      },
    ],
  },
];

export const feeTermsOn = (day: Day): FeeTerms => editionOn(history, day);
