import type { CloudEvent } from '@okienko/contracts/event';
import { aggregateKey, type Incoming } from './incoming';

/**
 * Events of one strand are handled one after the other, those of different strands side by side: so a service says of an event that what
 * others bring about at the same time is nothing to it. One without a strand is handled alone.
 */
export type StrandOf = (event: CloudEvent) => string | undefined;

/**
 * The events of a batch as stretches, which follow each other, each of strands, which may be handled side by side. An aggregate stays in
 * its order whatever the strands say.
 */
export function stretchesOf<E extends Pick<Incoming, 'aggregateType' | 'aggregateId'>>(
  events: readonly E[],
  strandOf: (event: E) => string | undefined,
): E[][][] {
  const stretches: E[][][] = [];
  let strands = new Map<string, E[]>();
  let strandOfAggregate = new Map<string, string>();
  const close = (): void => {
    if (strands.size > 0) stretches.push([...strands.values()]);
    strands = new Map();
    strandOfAggregate = new Map();
  };
  for (const event of events) {
    const strand = strandOf(event);
    if (strand === undefined) {
      close();
      stretches.push([[event]]);
      continue;
    }
    const aggregate = aggregateKey(event);
    if ((strandOfAggregate.get(aggregate) ?? strand) !== strand) close();
    strandOfAggregate.set(aggregate, strand);
    const before = strands.get(strand);
    if (before) before.push(event);
    else strands.set(strand, [event]);
  }
  close();
  return stretches;
}

/** Handles each stretch after the one before it. Whoever fails, it is over only when nobody is at work any more. */
export async function handleStretches<E>(
  stretches: readonly (readonly (readonly E[])[])[],
  handle: (event: E) => Promise<void>,
): Promise<void> {
  for (const strands of stretches) {
    const ends = await Promise.allSettled(
      strands.map(async (events) => {
        for (const event of events) await handle(event);
      }),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
