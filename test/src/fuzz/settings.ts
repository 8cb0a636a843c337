import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import { Obstacle } from '@okienko/local/obstacle';

export interface Settings {
  readonly short: boolean;
  readonly seed: number;
  readonly services: readonly Service[];
  /** For each service. */
  readonly inputs: number;
  readonly messages: number;
  readonly crossAccess: number;
  /** Classes of bad tokens that each route meets; the next route meets the next ones. */
  readonly tokensEach: number;
}

export function settingsFrom(args: string[]): Settings {
  const { values } = parseArgs({
    args,
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string' },
      service: { type: 'string' },
      inputs: { type: 'string' },
      messages: { type: 'string' },
    },
  });
  const { short, service } = values;
  if (service !== undefined && !services.includes(service as Service))
    throw new Obstacle(`--service is one of ${services.join(', ')}.`);
  return {
    short,
    seed: Number(values.seed ?? randomInt(1, 1_000_000)),
    services: service === undefined ? services : [service as Service],
    inputs: Number(values.inputs ?? (short ? 3000 : 100_000)),
    messages: Number(values.messages ?? (short ? 2000 : 100_000)),
    crossAccess: short ? 400 : 4000,
    tokensEach: short ? 6 : Infinity,
  };
}
