import type { FromSchema } from 'json-schema-to-ts';
import { code, count, slug, terc } from '../properties';
import { disabilityDegrees, mostConditions, periods } from './criteria';

const amount = { type: 'number', minimum: 0, maximum: 1_000_000, 'x-data-class': 'count' } as const;
const period = { type: 'string', enum: periods, 'x-data-class': 'code' } as const;

const personal = {
  // Not a list of kinds: a reader of today must bear one of tomorrow, and leaves it to a person.
  kind: code,
  from: count,
  to: count,
  degrees: {
    type: 'array',
    maxItems: 10,
    items: { type: 'string', enum: disabilityDegrees, 'x-data-class': 'code' },
  },
  code,
} as const;

const alternatives = <Item extends object>(item: Item) =>
  ({
    type: 'array',
    maxItems: mostConditions,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['allOf'],
      properties: { allOf: { type: 'array', maxItems: mostConditions, items: item } },
    },
  }) as const;

const who = alternatives({
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: personal,
} as const);

/** Conditions of one service, as `criteria.ts` tells them. */
export const criteria = {
  type: 'array',
  maxItems: mostConditions,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['anyOf'],
    properties: {
      anyOf: alternatives({
        type: 'object',
        additionalProperties: false,
        required: ['kind'],
        properties: {
          ...personal,
          gminas: { type: 'array', maxItems: 50, items: terc },
          of: { type: 'string', enum: ['OTHERS', 'EVERYBODY'], 'x-data-class': 'code' },
          every: { type: 'boolean', 'x-data-class': 'code' },
          who,
          length: count,
          period,
          serviceCode: slug,
          unit: code,
          amount,
          serviceCodes: { type: 'array', maxItems: 50, items: slug },
        },
      } as const),
    },
  },
} as const;

export type RequirementData = FromSchema<typeof criteria>[number];
export type AlternativeData = RequirementData['anyOf'][number];
/** A condition as it is written and sent: every field of every kind, of which a kind has its own. */
export type ConditionData = AlternativeData['allOf'][number];

/** Calendar time: so many days, weeks, months or years. */
export const lengthOfTime = {
  type: 'object',
  additionalProperties: false,
  required: ['length', 'period'],
  properties: { length: count, period },
} as const;
