import { createHash } from 'node:crypto';
import { documentIssuedV1, type DocumentIssuedV1 } from '@okienko/contracts/cases/document-issued.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { DocumentForm } from './document-templates';

export type DocumentKind = DocumentIssuedV1['kind'];
export const documentKinds = [
  'QUALIFICATION_NOTICE',
  'DECISION',
  'PLAN',
  'PLAN_SUMMARY',
] as const satisfies DocumentKind[];

export class NothingToIssue extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'nothing-to-issue';
  constructor(why: string) {
    super(why);
  }
}

export class PerformerUnnamed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'performer-unnamed';
  override readonly basis = 'art. 39(2)';
  constructor(providerId: string) {
    super(`A plan names who performs each service. Say in performers what the provider ${providerId} is called.`);
  }
}

/** What it tells of, in the state in which it is told. */
export interface DocumentSubject {
  readonly id: string;
  readonly version: number;
  readonly unit: string;
  readonly terc: string;
  readonly personId: string;
  readonly applicationId: string;
}

/** Sealed: that somebody asked for easy reading may tell of a disability. */
export interface Particulars {
  readonly form: DocumentForm;
  readonly template: string;
  readonly signatory: { readonly name: string; readonly position: string };
}

/** Both renderings of one description, plain. */
export interface Rendering {
  readonly pdf: Buffer;
  readonly html: Buffer;
}

/** A document that the centre has issued. Whatever becomes of its subject, its bytes stay. */
export class IssuedDocument {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly personId: string,
    readonly applicationId: string,
    readonly kind: DocumentKind,
    readonly subjectId: string,
    readonly subjectVersion: number,
    readonly templateVersion: number,
    /** Ciphertext of `Particulars`. */
    readonly particulars: Buffer,
    /** Ciphertext. */
    readonly pdf: Buffer,
    /** Ciphertext. */
    readonly html: Buffer,
    readonly pdfSha256: string,
    readonly htmlSha256: string,
    readonly issuedBy: string,
    readonly issuedAt: Date,
  ) {}

  static issue(
    id: string,
    kind: DocumentKind,
    { unit, terc, personId, applicationId, ...subject }: DocumentSubject,
    templateVersion: number,
    rendering: Rendering,
    sealed: Rendering & { readonly particulars: Buffer },
    by: string,
    now: Date,
  ): IssuedDocument {
    return new IssuedDocument(
      id,
      0,
      unit,
      terc,
      personId,
      applicationId,
      kind,
      subject.id,
      subject.version,
      templateVersion,
      sealed.particulars,
      sealed.pdf,
      sealed.html,
      digestOf(rendering.pdf),
      digestOf(rendering.html),
      by,
      now,
    );
  }

  issued(): DomainEvent<typeof documentIssuedV1> {
    const { applicationId, personId, kind, subjectId, subjectVersion, templateVersion, pdfSha256, htmlSha256 } = this;
    const data = { applicationId, personId, kind, subjectId, subjectVersion, templateVersion, pdfSha256, htmlSha256 };
    return event(documentIssuedV1, this.id, data, this.terc);
  }
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
