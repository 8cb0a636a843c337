import type { GapReader, OutboxRow, Sql } from '@okienko/messaging/gap-reader';
import { NoPlace, type Outgoing, type RawPublisher, type Stored } from '@okienko/messaging/raw-publisher';
import { alter, inside } from '../rig/alter';
import { inTheRig } from './defect';

type Publish = RawPublisher['publish'];

const publisherOf = (relay: object): RawPublisher => inside<RawPublisher>(relay, 'publisher');

export const marksBeforeTheAck = inTheRig(
  'relay marks an event as published before the broker has acknowledged it',
  ['lost'],
  {
    relay: (relay, { stream }) =>
      alter<Publish>(publisherOf(relay), 'publish', (publish) => (batch) => {
        void publish(batch);
        return Promise.resolve({ stored: batch.map(() => ({ stream, sequence: 0, repeated: false })) });
      }),
  },
);

export const trustsSequenceZero = inTheRig('relay takes an acknowledgement without a place for a good one', ['lost'], {
  relay: (relay, { stream }) =>
    alter<Publish>(publisherOf(relay), 'publish', (publish) => async (batch) => {
      const { stored, failure } = await publish(batch);
      if (!(failure instanceof NoPlace)) return { stored, ...(failure && { failure }) };
      return { stored: [...stored, { stream, sequence: 0, repeated: false }] };
    }),
});

/** Reads what has a higher number than the last it has seen: what was drawn earlier and committed later is never seen. */
class NaiveReader {
  readonly openGaps = 0;

  constructor(
    private readonly sql: Sql,
    private high: bigint,
  ) {}

  watermark(published: bigint): bigint {
    return published;
  }

  follow(): boolean {
    return false;
  }

  async read(): Promise<OutboxRow[]> {
    const rows = await this.sql.query<Omit<OutboxRow, 'seq'> & { seq: string }>(
      `select seq::text as seq, id::text, aggregate_type as "aggregateType", aggregate_id::text as "aggregateId", subject, event
       from outbox o where o.seq > $1 order by o.seq limit 500`,
      [this.high.toString()],
    );
    this.high = BigInt(rows.at(-1)?.seq ?? this.high);
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
  }
}

export const naiveCursor = inTheRig('relay reads on from the highest number that it has seen', ['lost'], {
  relay: (relay) =>
    alter<() => Promise<boolean>>(relay, 'takeLead', (takeLead) => async () => {
      const leads = await takeLead();
      if (leads) {
        const reader = new NaiveReader(inside<Sql>(relay, 'session'), inside<bigint>(relay, 'published'));
        Object.assign(relay, { reader: reader as unknown as GapReader });
      }
      return leads;
    }),
});

export const resendsOnlyTheFailed = inTheRig(
  'relay sends a failed event again alone, behind those that came after it',
  ['outOfOrder'],
  {
    relay: (relay) =>
      alter<Publish>(publisherOf(relay), 'publish', (publish) => {
        const alone = async (message: Outgoing): Promise<Stored> => {
          for (let attempt = 0; ; attempt += 1) {
            const messageId = attempt < 3 ? message.messageId : `${message.messageId}.${attempt}`;
            const { stored } = await publish([{ ...message, messageId }]);
            if (stored[0]) return stored[0];
          }
        };
        return async (batch) => ({ stored: await Promise.all(batch.map(alone)) });
      }),
  },
);
