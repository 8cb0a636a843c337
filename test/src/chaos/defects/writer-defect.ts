import type { Transaction } from '@okienko/messaging/transaction';
import { alter } from '../rig/alter';
import { inTheRig } from './defect';

type Hold = Transaction['hold'];
type Perform = (transaction: Transaction, ...rest: unknown[]) => Promise<unknown>;

export const outboxOutside = inTheRig('unit of work that writes the outbox after its transaction', ['lost'], {
  work(work, { writer, chance }) {
    const later: (() => Promise<unknown>)[] = [];
    alter<Perform>(work, 'perform', (perform) => (transaction, ...rest) => {
      alter<Hold>(transaction, 'hold', (hold) => (text, values, returned) => {
        if (text.startsWith('insert into outbox')) later.push(() => writer.query(text, values));
        else hold(text, values, returned);
      });
      return perform(transaction, ...rest);
    });
    alter<() => void>(work, 'announce', (announce) => () => {
      // Now and then the process is gone by then.
      for (const write of later.splice(0)) if (chance.next() > 0.15) void write().then(announce, () => undefined);
    });
  },
});
