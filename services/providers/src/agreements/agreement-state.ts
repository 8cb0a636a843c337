export const agreementStates = [
  'PLANNED',
  'PROCURING',
  'SIGNED',
  'ACTIVE',
  'SUSPENDED',
  'ENDED',
  'SETTLED',
  'CANCELLED',
] as const;
export type AgreementState = (typeof agreementStates)[number];

/** CANCELLED: given up before it was signed. From SIGNED to ACTIVE, and to ENDED after its term, the calendar leads. */
export const transitions: Readonly<Record<AgreementState, readonly AgreementState[]>> = {
  PLANNED: ['PROCURING', 'SIGNED', 'CANCELLED'],
  PROCURING: ['SIGNED', 'CANCELLED'],
  SIGNED: ['ACTIVE', 'ENDED'],
  ACTIVE: ['SUSPENDED', 'ENDED'],
  SUSPENDED: ['ACTIVE', 'ENDED'],
  ENDED: ['SETTLED'],
  SETTLED: [],
  CANCELLED: [],
};
