import type { FromSchema } from 'json-schema-to-ts';
import { criteria } from '../criteria/schema';
import { code, date } from '../properties';
import { flatPeriods, incomeBases, mostGrosze, mostIncome, mostReliefs, mostRows, mostTables } from './fee';

const grosze = { type: 'integer', minimum: 0, maximum: mostGrosze, 'x-data-class': 'count' } as const;
const percent = { type: 'number', minimum: 0, maximum: 100, 'x-data-class': 'count' } as const;

const tables = {
  type: 'array',
  maxItems: mostTables,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['validFrom', 'costGrosze', 'unit', 'basis', 'rows'],
    properties: {
      validFrom: date,
      /** Of one unit; the person pays a part of it. */
      costGrosze: grosze,
      unit: code,
      basis: { type: 'string', enum: incomeBases, 'x-data-class': 'code' },
      /** Each row reaches from where the one before it ended, so there can be neither gap nor overlap; the last one is open. */
      rows: {
        type: 'array',
        maxItems: mostRows,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['singlePercent', 'familyPercent'],
          properties: {
            /** Included. */
            upTo: { type: 'number', minimum: 0, maximum: mostIncome, 'x-data-class': 'count' },
            singlePercent: percent,
            familyPercent: percent,
          },
        },
      },
    },
  },
} as const;

const reliefs = {
  type: 'array',
  maxItems: mostReliefs,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['code', 'percent'],
    properties: {
      code,
      /** Of the fee; 100 is an exemption. */
      percent,
      /** Who is entitled to it. */
      criteria,
      /** Instead of criteria: the centre grants it at its discretion, for one of these reasons. */
      reasons: { type: 'array', maxItems: 50, items: code },
    },
  },
} as const;

/** What one service costs, as `fee.ts` tells it. A rule without its terms is in words only. */
export const fee = {
  type: 'object',
  additionalProperties: false,
  required: ['rule'],
  properties: {
    // Not a list of rules: a reader of today must bear one of tomorrow, and leaves it to a person.
    rule: code,
    grosze,
    per: { type: 'string', enum: flatPeriods, 'x-data-class': 'code' },
    unit: code,
    tables,
    reliefs,
  },
} as const;

export type FeeData = FromSchema<typeof fee>;
export type TableData = NonNullable<FeeData['tables']>[number];
export type ReliefData = NonNullable<FeeData['reliefs']>[number];
