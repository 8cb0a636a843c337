import { type Day, editionOn } from '@okienko/contracts/calendar';

export const performerKinds = ['STAFF', 'VOLUNTEER', 'NEIGHBOUR'] as const;
export type PerformerKind = (typeof performerKinds)[number];

export const conditionCodes = [
  'VOLUNTEER_AGREEMENT',
  'ADULT',
  'ABILITY_STATEMENT',
  'FIRST_AID_COURSE',
  'NOT_FAMILY',
  'LIVES_NEARBY',
  'ACCEPTED_BY_RECIPIENT',
  'ACCEPTED_BY_ORGANISER',
] as const;
export type ConditionCode = (typeof conditionCodes)[number];

export interface PerformerCondition {
  readonly code: ConditionCode;
  /** Met once for every recipient, or anew for each of them. */
  readonly of: 'PERFORMER' | 'ALLOCATION';
  /** Who may say that it is met. */
  readonly saidBy: 'CENTRE' | 'PROVIDER';
  readonly basis: string;
}

/** What the law asks of those who perform services: data with validity dates. Which qualifications a service needs stands elsewhere. */
export interface PerformerTerms {
  readonly validFrom: Day;
  readonly conditions: Readonly<Record<PerformerKind, readonly PerformerCondition[]>>;
  /** So many days before something runs out its provider is warned. */
  readonly warnDays: number;
  /**
   * Whole years after the one in which a performer left, for which the name is kept: as long as what EU projects paid for is checked
   * (Regulation 2021/1060, art. 82).
   */
  readonly keepYears: number;
}

const neighbour = (
  code: ConditionCode,
  of: PerformerCondition['of'],
  saidBy: PerformerCondition['saidBy'] = 'PROVIDER',
): PerformerCondition => ({ code, of, saidBy, basis: 'Social Assistance Act, art. 50(3a)' });

/** Newest first. Services of neighbours are a form of care services since 1 November 2023. */
const history: readonly [...PerformerTerms[], PerformerTerms] = [
  {
    validFrom: '2023-11-01',
    conditions: {
      STAFF: [],
      VOLUNTEER: [
        {
          code: 'VOLUNTEER_AGREEMENT',
          of: 'PERFORMER',
          saidBy: 'PROVIDER',
          basis: 'Act on Public Benefit and Volunteer Work, art. 44',
        },
      ],
      NEIGHBOUR: [
        neighbour('ADULT', 'PERFORMER'),
        neighbour('ABILITY_STATEMENT', 'PERFORMER'),
        neighbour('FIRST_AID_COURSE', 'PERFORMER'),
        neighbour('NOT_FAMILY', 'ALLOCATION'),
        neighbour('LIVES_NEARBY', 'ALLOCATION'),
        neighbour('ACCEPTED_BY_RECIPIENT', 'ALLOCATION', 'CENTRE'),
        neighbour('ACCEPTED_BY_ORGANISER', 'ALLOCATION', 'CENTRE'),
      ],
    },
    warnDays: 30,
    keepYears: 5,
  },
];

export const performerTermsOn = (day: Day): PerformerTerms => editionOn(history, day);

/** Names of those who left on that day or before are kept no more. */
export const lastErasableOn = (today: Day): Day =>
  `${Number(today.slice(0, 4)) - performerTermsOn(today).keepYears - 1}-12-31`;
