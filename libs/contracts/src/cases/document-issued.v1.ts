import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$', 'x-data-class': 'reference' } as const;

export const documentIssuedV1 = {
  $id: 'cases.document.issued.v1',
  title: 'The centre has issued a document; its bytes never change',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: [
    'applicationId',
    'personId',
    'kind',
    'subjectId',
    'subjectVersion',
    'templateVersion',
    'pdfSha256',
    'htmlSha256',
  ],
  properties: {
    applicationId: id,
    personId: id,
    kind: {
      type: 'string',
      enum: ['QUALIFICATION_NOTICE', 'DECISION', 'PLAN', 'PLAN_SUMMARY'],
      'x-data-class': 'code',
    },
    // The application, decision or plan that it tells of, as it was at that version.
    subjectId: id,
    subjectVersion: count,
    templateVersion: count,
    pdfSha256: sha256,
    htmlSha256: sha256,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'DECISION',
      subjectId: '0197a000-0000-7000-8000-000000000011',
      subjectVersion: 1,
      templateVersion: 1,
      pdfSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      htmlSha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    },
  ],
} as const;
export type DocumentIssuedV1 = FromSchema<typeof documentIssuedV1>;
