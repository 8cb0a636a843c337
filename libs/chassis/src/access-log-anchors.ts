import type { CloudEvent, Service } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { History } from '@okienko/messaging/history';
import type { Broker } from '@okienko/messaging/jetstream';
import type { AnchoredChain, ToldChain } from '@okienko/privacy/access-log-verification';
import type { Sql } from '@okienko/privacy/sql';

interface Anchor {
  readonly anchoredAt: string;
  readonly chains: readonly AnchoredChain[];
}

export interface AnchorFault {
  /** Number of the anchor. */
  readonly anchor: number;
  /** `MISSING`: the outbox has kept all others. `CONTRADICTED`: it was published or kept in other words. */
  readonly kind: 'MISSING' | 'CONTRADICTED';
}

export interface Anchors {
  readonly told: readonly ToldChain[];
  readonly faults: readonly AnchorFault[];
  readonly count: number;
}

const anchorsInOutbox = `select event from outbox_history where aggregate_type = 'access-log' order by sequence`;

export const anchorsIn = async (sql: Sql): Promise<string[]> =>
  (await sql.query<{ event: string }>(anchorsInOutbox, [])).map(({ event }) => event);

/** What the stream has not yet forgotten, which no administrator of the database can change. */
export async function anchorsOnStream(broker: Broker, namespace: string, service: Service): Promise<string[]> {
  const name = topology(namespace).streams.find(({ subjects }) => subjects.includes(`${namespace}.${service}.>`))?.name;
  const history = await History.open(broker, name ?? '', [`${namespace}.${service}.access-log.anchored.v1`]);
  try {
    const found: string[] = [];
    while ((await history.pending()) > 0 || found.length === 0) {
      const bodies = await history.take(1_000);
      if (bodies.length === 0) break;
      found.push(...bodies);
    }
    return [...found, ...(await history.take(Number.MAX_SAFE_INTEGER))];
  } finally {
    history.stop();
  }
}

/** Puts together what the outbox says and what was said elsewhere, read before it: by that the outbox is judged. */
export function judgeAnchors(outbox: readonly string[], elsewhere: readonly string[]): Anchors {
  const kept = new Map(outbox.map((body) => [sequenceOf(body), body]));
  const outside = new Map(elsewhere.map((body) => [sequenceOf(body), body]));
  const last = Math.max(0, ...kept.keys(), ...outside.keys());
  const faults: AnchorFault[] = [];
  for (let anchor = 1; anchor <= last; anchor += 1) {
    if (!kept.has(anchor)) faults.push({ anchor, kind: 'MISSING' });
    else if (elsewhere.some((body) => sequenceOf(body) === anchor && body !== kept.get(anchor)))
      faults.push({ anchor, kind: 'CONTRADICTED' });
  }
  const bodies = [...new Map([...kept, ...outside]).values()];
  const told = bodies.flatMap((body) => {
    const { anchoredAt, chains } = (JSON.parse(body) as CloudEvent<Anchor>).data;
    return chains.map((chain) => ({ ...chain, anchoredAt }));
  });
  return { told, faults, count: bodies.length };
}

const sequenceOf = (body: string): number => Number((JSON.parse(body) as CloudEvent).sequence);
