import { randomUUID } from 'node:crypto';
import { type EventContract, envelope, event } from '@okienko/contracts/event';
import { freshContext } from '@okienko/messaging/context';
import fc from 'fast-check';
import type { Chance } from '../chance';
import { anyValue } from '../hostile-values';

export interface HostileMessage {
  readonly shape: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

type Shape = (made: Made) => Omit<HostileMessage, 'shape'>;
interface Made {
  readonly contract: EventContract;
  readonly chance: Chance;
  /** An event as its owner would send it, of an aggregate that is new. */
  readonly honest: Record<string, unknown>;
  any(): unknown;
}

const text = (value: unknown): { body: string } => ({ body: JSON.stringify(value) });
const deep = (levels: number): string => `${'{"data":'.repeat(levels)}1${'}'.repeat(levels)}`;

const shapes: Readonly<Record<string, Shape>> = {
  bytes: ({ chance }) => ({ body: Uint8Array.from({ length: chance.below(200) }, () => chance.below(256)) }),
  cut: ({ chance, honest }) => {
    const body = JSON.stringify(honest);
    return { body: body.slice(0, chance.below(body.length)) };
  },
  'no envelope': ({ any }) => text(any()),
  'deep nesting': ({ chance }) => ({ body: deep(chance.pick([40, 2000, 20_000])) }),
  'an envelope with anything in a field': ({ chance, honest, any }) =>
    text({ ...honest, [chance.pick(Object.keys(honest))]: any() }),
  'an envelope without a field': ({ chance, honest }) => {
    const { [chance.pick(Object.keys(honest))]: _, ...rest } = honest;
    return text(rest);
  },
  'another type': ({ chance, honest }) =>
    text({ ...honest, type: chance.pick(['pl.okienko.x.y.v1', `${String(honest['type'])}9`, '', '__proto__']) }),
  'a strange sequence': ({ chance, honest }) =>
    text({ ...honest, sequence: chance.pick(['0', '-1', '1e9', '99999999999', 'first', '4294967296', '']) }),
  'anything as data': ({ honest, any }) => text({ ...honest, data: any() }),
  'data with anything in a field': spoiledData,
  'data near the contract': spoiledData,
  'a prototype': ({ honest }) => ({ body: JSON.stringify(honest).replace('{', '{"__proto__":{"isAdmin":true},') }),
  'a large one': ({ honest, chance }) => text({ ...honest, more: 'x'.repeat(chance.pick([10_000, 60_000, 300_000])) }),
  'strange headers': ({ honest, chance }) => ({
    ...text(honest),
    headers: { 'ce-type': 'x', traceparent: chance.pick(['', '00-zz', 'x'.repeat(3000)]), 'Nats-Expected-Stream': '' },
  }),
  'an honest one': ({ honest }) => text(honest),
};

/** The example with one or two fields, at any depth, that hold anything. */
function spoiledData({ honest, chance, any }: Made): { body: string } {
  const data = structuredClone(honest['data']) as Record<string, unknown>;
  for (let count = 1 + chance.below(2); count > 0; count -= 1) spoil(data, chance, any);
  return text({ ...honest, data });
}

function spoil(part: Record<string, unknown>, chance: Chance, any: () => unknown): void {
  const names = Object.keys(part);
  if (names.length === 0) return;
  const name = chance.pick(names);
  const value = part[name];
  if (typeof value === 'object' && value !== null && chance.next() < 0.7)
    spoil(value as Record<string, unknown>, chance, any);
  else part[name] = likely(value, chance, any);
}

/** Of the same kind as the value, as a rule, so that the contract lets it pass. */
function likely(value: unknown, chance: Chance, any: () => unknown): unknown {
  if (chance.next() < 0.4) return any();
  if (typeof value === 'number') return chance.pick([0, -1, 1, 0.5, 2 ** 31, 2 ** 53, 1e21]);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return any();
  if (/^[0-9a-f]{8}-/.test(value)) return chance.pick([randomUUID(), value.toUpperCase(), '']);
  if (/^\d{4}-\d\d-\d\d/.test(value)) return chance.pick(['2024-02-29', '0001-01-01', '9999-12-31', '2025-02-29']);
  return chance.pick(['', 'x'.repeat(5000), '\u0000', '\ud800', 'ﬀ', `${value}X`, value.toLowerCase()]);
}

/** Draws messages that nobody should have sent; the same seed draws the same, but for the ids. */
export function hostileMessages(chance: Chance): (contract: EventContract) => HostileMessage {
  const values = fc.sample(anyValue, { seed: chance.below(2 ** 31), numRuns: 4000 });
  const any = (): unknown => chance.pick(values);
  return (contract) => {
    const example = chance.pick(contract.examples as readonly object[]);
    const fact = event(contract, randomUUID(), example as never);
    const honest = envelope(fact, 1, new Date(), freshContext()) as unknown as Record<string, unknown>;
    const shape = chance.pick(Object.keys(shapes));
    return { shape, ...(shapes[shape] as Shape)({ contract, chance, honest, any }) };
  };
}
