import type { JsMsg } from '@nats-io/jetstream';
import { park, type ParkReason } from '@okienko/messaging/dead-letters';
import { Inbox } from '@okienko/messaging/inbox';
import type { Incoming } from '@okienko/messaging/incoming';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { alter } from '../rig/alter';
import type { Rig } from '../rig/rig';
import { inTheRig } from './defect';

interface Taken {
  readonly message: JsMsg;
  readonly incoming: Incoming;
}

type Carefully = (taken: readonly Taken[]) => Promise<void>;
type InTurn = (taken: readonly Taken[]) => Promise<boolean>;
type ParkFor = (taken: Taken, reason: ParkReason, error: unknown, attempts: number) => Promise<void>;

const durable = 'a-broken-one';

/** Replaces both ways in which a batch is handled. */
function alterHandling(consumer: object, change: (carefully: Carefully) => Carefully): void {
  alter<InTurn>(consumer, 'inTurn', () => () => Promise.resolve(false));
  alter<Carefully>(consumer, 'carefully', change);
}

/** One transaction over the batch, then the acknowledgements: whatever else `handle` does is the defect. */
const handlingBy =
  ({ listener }: Rig, handle: (transaction: Transaction, taken: readonly Taken[]) => Promise<void>): Carefully =>
  async (taken) => {
    await inTransaction(listener, (transaction) => handle(transaction, taken));
    for (const { message } of taken) message.ack();
  };

export const withoutInbox = inTheRig('handler without an inbox', ['twice'], {
  consumer: (consumer, rig) =>
    alterHandling(consumer, () =>
      handlingBy(rig, async (transaction, taken) => {
        for (const { incoming } of taken) await rig.handle(incoming, transaction);
      }),
    ),
});

export const acksBeforeTheCommit = inTheRig('handler acknowledges before the commit', ['lost'], {
  consumer: (consumer) =>
    alterHandling(consumer, (carefully) => async (taken) => {
      for (const { message } of taken) message.ack();
      await carefully(taken);
    }),
});

export const withoutPositions = inTheRig('consumer with an inbox and no guard of the order', ['outOfOrder'], {
  consumer: (consumer, rig) =>
    alterHandling(consumer, () =>
      handlingBy(rig, async (transaction, taken) => {
        const fresh = await new Inbox(transaction, durable).note(taken.map(({ incoming }) => incoming.event.id));
        for (const { incoming } of taken) if (fresh.delete(incoming.event.id)) await rig.handle(incoming, transaction);
      }),
    ),
});

export const parksTheLetterAlone = inTheRig(
  'a dead letter lets the later events of its aggregate pass',
  ['outOfOrder'],
  {
    consumer: (consumer, { listener, stream }) =>
      alter<ParkFor>(consumer, 'parkFor', () => async ({ message, incoming }, reason, error, attempts) => {
        const name = `providers-reads-${stream.split('_').at(-1)?.toLowerCase()}`;
        await inTransaction(listener, async (transaction) => {
          const inbox = new Inbox(transaction, name);
          await inbox.note([incoming.event.id]);
          const positions = await inbox.positions([incoming]);
          for (const position of positions.values()) position.sequence = incoming.sequence;
          await park(transaction, name, incoming, incoming.body, reason, (error as Error).message, attempts);
          await inbox.advance(positions);
        });
        message.term(reason);
      }),
  },
);
