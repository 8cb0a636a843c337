import { DomainError } from '@okienko/contracts/domain-error';
import type { IdempotencyKey } from './context';
import type { Transaction } from './transaction';

export class StillRunning extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'request-still-running';
  constructor() {
    super('The first request with this Idempotency-Key is still running. Repeat it in a moment for the same answer.');
  }
}

export class KeyUsedForAnother extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'idempotency-key-reused';
  constructor() {
    super(
      'This Idempotency-Key belongs to another request. Use a fresh key for a new request, or repeat the old one unchanged.',
    );
  }
}

interface Found {
  readonly mine: boolean;
  readonly fingerprint: string | null;
  readonly result: string | null;
}

/**
 * The answer given to the same request before, if any. Takes the key for this transaction. Should the first request commit between
 * this statement's snapshot and its lock, keeping the answer violates the primary key and the unit of work starts over.
 */
export async function findAnswer<T>(
  transaction: Transaction,
  { client, key, fingerprint }: IdempotencyKey,
): Promise<{ result: T } | undefined> {
  const [found] = await transaction.query<Found>(
    `select pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0)) as mine, k.fingerprint, k.result
     from (select 1) one left join idempotency_key k on k.client = $1 and k.key = $2`,
    [client, key],
  );
  if (found?.fingerprint) {
    if (found.fingerprint !== fingerprint()) throw new KeyUsedForAnother();
    return { result: JSON.parse(found.result ?? 'null') as T };
  }
  if (!found?.mine) throw new StillRunning();
  return undefined;
}

export function keepAnswer(
  transaction: Transaction,
  { client, key, fingerprint }: IdempotencyKey,
  result: unknown,
): void {
  transaction.hold('insert into idempotency_key (client, key, fingerprint, result) values ($1, $2, $3, $4)', [
    client,
    key,
    fingerprint(),
    JSON.stringify(result ?? null),
  ]);
}
