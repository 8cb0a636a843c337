import { isDay } from '@okienko/contracts/calendar';
import { aggregateOf, type CloudEvent, type EventContract, nameOf } from '@okienko/contracts/event';
import { contractsByName } from '@okienko/contracts/validation';

/** An event as a consumer sees it: parsed, and placed in its aggregate's history. */
export interface Incoming {
  readonly body: string;
  readonly event: CloudEvent;
  readonly name: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  /** Undefined for an event that is younger than this service. */
  readonly contract: EventContract | undefined;
}

export class Unreadable extends Error {}

// What the columns hold.
const largest = 2 ** 31 - 1;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const isUuid = (value: unknown): boolean => typeof value === 'string' && uuid.test(value);

const mayHide = /\\u(?:0000|d[89a-f])/i;
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** PostgreSQL takes no NUL and no half of a surrogate pair; JSON says them by escapes alone. */
function assertStorable(body: string): void {
  if (!mayHide.test(body)) return;
  JSON.parse(body, (key, value: unknown) => {
    if (isStorable(key) && (typeof value !== 'string' || isStorable(value))) return value;
    throw new Unreadable('The message holds text that cannot be stored.');
  });
}

const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.test(value) &&
  isDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));

export function readEvent(body: string): Incoming {
  let event: CloudEvent;
  try {
    event = JSON.parse(body) as CloudEvent;
  } catch {
    throw new Unreadable('The message is not JSON.');
  }
  assertStorable(body);
  if (typeof event !== 'object' || event === null || event.specversion !== '1.0')
    throw new Unreadable('The message is not a CloudEvent 1.0.');
  const name = typeof event.type === 'string' ? nameOf(event.type) : undefined;
  const sequence = typeof event.sequence === 'string' && /^\d{1,10}$/.test(event.sequence) ? Number(event.sequence) : 0;
  if (!isInstant(event.time)) throw new Unreadable('The event does not say when it was.');
  if (name === undefined || !isUuid(event.id) || !isUuid(event.subject) || sequence < 1 || sequence > largest) {
    throw new Unreadable('The event lacks a type of ours, an id, a subject or a sequence.');
  }
  return {
    body,
    event,
    name,
    aggregateType: aggregateOf(name),
    aggregateId: event.subject,
    sequence,
    contract: contractsByName.get(name),
  };
}

export const aggregateKey = (event: Pick<Incoming, 'aggregateType' | 'aggregateId'>): string =>
  `${event.aggregateType} ${event.aggregateId}`;
