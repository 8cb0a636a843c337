import type { Fault } from '@okienko/contracts/domain-error';

export const dataRoles = ['PROCESSOR', 'SEPARATE_CONTROLLER'] as const;

/** What an agreement lays down beside services and money. */
export interface Conditions {
  /** How people with special needs reach the services. */
  readonly accessibility?: string;
  /** What the provider is to the personal data that it is given (GDPR). */
  readonly dataRole?: (typeof dataRoles)[number];
  /** Version of the quality standard. */
  readonly qualityStandard?: string;
  /** Codes of what those who perform the services must be qualified for (art. 2(3)). */
  readonly qualifications?: readonly string[];
}

/** With a body outside the gmina nothing is agreed on without these. */
export const conditionFaults = ({ accessibility, dataRole }: Conditions): Fault[] => [
  ...(accessibility === undefined
    ? [
        {
          pointer: '/conditions/accessibility',
          detail: 'It says how the services are accessible (Accessibility Act art. 4(3)).',
        },
      ]
    : []),
  ...(dataRole === undefined
    ? [{ pointer: '/conditions/dataRole', detail: 'It says what the provider is to personal data (GDPR art. 28).' }]
    : []),
];
