import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type EventContract, type EventName } from './event';
import { events } from './events';

export const contractsByName: ReadonlyMap<string, EventContract> = new Map(
  events.map((contract) => [contract.$id, contract]),
);

export class EventInvalid extends Error {
  constructor(name: string, faults: string) {
    super(`${name} does not match its contract: ${faults}`);
  }
}

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const strict = new Map<string, ValidateFunction>();
const tolerant = new Map<string, ValidateFunction>();

/** What a producer may send: exactly the contract. Throws EventInvalid. */
export function assertSendable(contract: EventContract, data: unknown): void {
  check(contract, data, strict, (schema) => ({ ...schema, $id: undefined }));
}

/** What a consumer accepts: the contract, and whatever a later minor edition has added to it. Throws EventInvalid. */
export function assertReadable(contract: EventContract, data: unknown): void {
  check(contract, data, tolerant, open);
}

function check(
  contract: EventContract,
  data: unknown,
  compiled: Map<string, ValidateFunction>,
  shape: (schema: object) => object,
): void {
  const name: EventName = contract.$id;
  const validate = compiled.get(name) ?? ajv.compile(shape(contract));
  compiled.set(name, validate);
  // Positions and keywords only: a value could be somebody's datum.
  if (!validate(data))
    throw new EventInvalid(
      name,
      (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message ?? ''}`).join('; '),
    );
}

function open(schema: object): object {
  return JSON.parse(JSON.stringify({ ...schema, $id: undefined }), (key, value: unknown) =>
    key === 'additionalProperties' ? undefined : value,
  ) as object;
}
