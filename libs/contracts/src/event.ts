import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { v7 as uuidv7 } from 'uuid';
import type { events } from './events';

export type Service = 'catalogue' | 'cases' | 'providers' | 'notifications';
export const services: readonly Service[] = ['catalogue', 'cases', 'providers', 'notifications'];

export type EventName = (typeof events)[number]['$id'];

/** One event and version: its JSON Schema, which is also its type, its documentation and its example. */
export interface EventContract {
  readonly $id: EventName;
  readonly title: string;
  /** Whether partners may be granted it. */
  readonly 'x-audience': 'internal' | 'partner';
  readonly 'x-sealed'?: true;
  readonly type: 'object';
  readonly properties: object;
  readonly required: readonly string[];
  readonly examples: readonly object[];
}

/** The data of a contract; of any contract, just an object. */
export type DataOf<C extends EventContract> = EventContract extends C
  ? object
  : C extends JSONSchema
    ? FromSchema<C>
    : never;

/** A fact as the domain states it. The unit of work gives it its place in the aggregate's history. */
export interface DomainEvent<C extends EventContract = EventContract, Data = DataOf<C>> {
  readonly contract: C;
  /** Id of the aggregate that the fact is about. */
  readonly subject: string;
  readonly data: Data;
  /** TERC of the gmina concerned, where one is. */
  readonly gmina?: string;
}

export function event<C extends EventContract>(
  contract: C,
  subject: string,
  data: DataOf<C>,
  gmina?: string,
): DomainEvent<C> {
  return { contract, subject, data, ...(gmina === undefined ? {} : { gmina }) };
}

/** CloudEvents 1.0, structured JSON. The same bytes travel from the outbox to a partner's webhook. */
export interface CloudEvent<Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** Place in the aggregate's history: 1, 2, 3 …, ten digits so that text order is number order (CloudEvents "sequence" extension). */
  readonly sequence: string;
  readonly partitionkey: string;
  readonly traceparent: string;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly gmina?: string;
  readonly data: Data;
}

export interface Causation {
  readonly traceparent: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

export function envelope(fact: DomainEvent, sequence: number, time: Date, cause: Causation): CloudEvent {
  const name = fact.contract.$id;
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: `urn:okienko:${serviceOf(name)}`,
    type: typeOf(name),
    subject: fact.subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:okienko:schema:${name}`,
    sequence: String(sequence).padStart(10, '0'),
    partitionkey: fact.subject,
    traceparent: cause.traceparent,
    correlationid: cause.correlationId,
    ...(cause.causationId === undefined ? {} : { causationid: cause.causationId }),
    ...(fact.gmina === undefined ? {} : { gmina: fact.gmina }),
    data: fact.data,
  };
}

const part = (name: string, index: number): string => name.split('.')[index] ?? '';
export const serviceOf = (name: string): Service => part(name, 0) as Service;
export const aggregateOf = (name: string): string => part(name, 1);
export const typeOf = (name: string): string => `pl.okienko.${name}`;
/** The event's name from its CloudEvents type; undefined when the type is not ours. */
export const nameOf = (type: string): string | undefined =>
  type.startsWith('pl.okienko.') ? type.slice('pl.okienko.'.length) : undefined;
export const isSealed = (contract: EventContract): boolean => contract['x-sealed'] === true;
/** NATS subject below the deployment's root. Sealed events live apart, in a stream with a short age. */
export const subjectOf = (contract: EventContract): string => `${isSealed(contract) ? 'sealed.' : ''}${contract.$id}`;
