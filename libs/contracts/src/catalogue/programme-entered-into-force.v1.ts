import type { FromSchema } from 'json-schema-to-ts';
import { criteria, lengthOfTime } from '../criteria/schema';
import { fee } from '../fees/schema';
import { code, count, date, slug, terc } from '../properties';

export const programmeEnteredIntoForceV1 = {
  $id: 'catalogue.programme.entered-into-force.v1',
  title: 'The programme is in force and services may be granted under it',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['programmeVersion', 'terc', 'validFrom', 'validTo', 'services', 'dataScope'],
  properties: {
    programmeVersion: count,
    terc,
    /** The first day on which this edition counts. */
    inForceFrom: date,
    validFrom: date,
    validTo: date,
    /** Of the whole programme (art. 5(3)(4)); its services have limits of their own. */
    expectedPersons: count,
    /** Of every service that has no fee of its own. */
    fee,
    services: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['serviceCode', 'expectedPersons', 'queueRule'],
        properties: {
          serviceCode: slug,
          expectedPersons: count,
          queueRule: { type: 'string', enum: ['NONE', 'FILING_TIME'], 'x-data-class': 'code' },
          criteria,
          grantedFor: lengthOfTime,
          /** Groups that come first among those who filed at the same time, in this order. */
          priorities: {
            type: 'array',
            maxItems: 20,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['code', 'criteria'],
              properties: { code, criteria },
            },
          },
          fee,
          /** Categories of data, out of the data scope, that whoever performs the service is told of the person. */
          referralScope: { type: 'array', maxItems: 50, items: code },
        },
      },
    },
    dataScope: { type: 'array', maxItems: 200, items: code },
  },
  examples: [
    {
      programmeVersion: 3,
      terc: '2861011',
      inForceFrom: '2026-03-02',
      validFrom: '2026-03-02',
      validTo: '2026-03-02',
      expectedPersons: 30,
      fee: { rule: 'FLAT', grosze: 3000, per: 'MONTH' },
      services: [
        {
          serviceCode: 'teleopieka',
          expectedPersons: 3,
          queueRule: 'NONE',
          criteria: [
            { anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }, { allOf: [{ kind: 'STATEMENT', code: 'ILL' }] }] },
          ],
          grantedFor: { length: 12, period: 'MONTH' },
          priorities: [
            { code: 'ALONE', criteria: [{ anyOf: [{ allOf: [{ kind: 'HOUSEHOLD', of: 'OTHERS', to: 0 }] }] }] },
          ],
          fee: {
            rule: 'TABLE_BY_INCOME',
            tables: [
              {
                validFrom: '2026-03-02',
                costGrosze: 2400,
                unit: 'HOUR',
                basis: 'CRITERION_PERCENT',
                rows: [
                  { upTo: 150, singlePercent: 0, familyPercent: 5 },
                  { singlePercent: 40, familyPercent: 60 },
                ],
              },
            ],
            reliefs: [{ code: 'HARDSHIP', percent: 50, reasons: ['FIRE_OR_FLOOD'] }],
          },
          referralScope: ['EXAMPLE'],
        },
      ],
      dataScope: ['EXAMPLE'],
    },
  ],
} as const;
export type ProgrammeEnteredIntoForceV1 = FromSchema<typeof programmeEnteredIntoForceV1>;
