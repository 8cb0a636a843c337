import { DomainError } from '@okienko/contracts/domain-error';

export const applicantRoles = ['PERSON', 'STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER'] as const;
/** Who may apply (art. 35). */
export type ApplicantRole = (typeof applicantRoles)[number];

export interface Applicant {
  readonly personId: string;
  readonly applicantRole: ApplicantRole;
  readonly applicantPersonId?: string;
}

export class ApplicantWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'applicant-wrong';
  override readonly basis = 'art. 35';
  constructor() {
    super(
      'Name the applicant where a representative or a carer applies, and nobody where the person does so themselves.',
    );
  }
}

export class NotTheirRepresentative extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'not-their-representative';
  override readonly basis = 'art. 35';
  constructor() {
    super(
      'The applicant was not recorded in that role for this person on the day of filing. Record it first with POST /representations.',
    );
  }
}

/** Old bodies name nobody, so only somebody wrong is refused. */
export function assertApplicant({ personId, applicantRole, applicantPersonId }: Applicant): void {
  if (applicantPersonId === undefined) return;
  if (applicantRole === 'PERSON' || applicantPersonId === personId) throw new ApplicantWrong();
}
