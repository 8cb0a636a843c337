import { setTimeout as pause } from 'node:timers/promises';
import { headers } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import type { Rig } from './rig';

/** For so long everything happens to the rig that may happen: sessions end, connections break, relays change, messages come twice and in disorder. */
export async function storm(rig: Rig, milliseconds: number): Promise<void> {
  const until = Date.now() + milliseconds;
  let leader = await rig.startRelay();
  const standby = await rig.startRelay();
  await rig.startConsumer();
  await rig.startConsumer();
  const writers = Array.from({ length: 6 }, () => rig.write());
  const faults = [
    () => endSessions(rig, 'cases'),
    () => endSessions(rig, 'providers'),
    () => rig.proxy.swallow(60),
    () => repeat(rig, 6),
    () => rig.proxy.swallow(90),
    async () => {
      const old = leader;
      leader = await rig.startRelay();
      await rig.stopRelay(old);
    },
  ];
  for (let next = 0; Date.now() < until; next += 1) {
    await pause(rig.chance.between(60, 220));
    await faults[next % faults.length]?.().catch(() => undefined);
  }
  rig.stopWriting();
  await Promise.all(writers);
  await rig.stopRelay(standby);
}

/** As when a server is restarted or a process is killed: every session of the service ends, in the middle of whatever it does. */
async function endSessions(rig: Rig, service: string): Promise<void> {
  await rig.admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like $2',
    [rig.mark, `${service}_app%`],
  );
}

/** Stored messages once more, under fresh message ids, so that the broker takes them for new ones. */
async function repeat(rig: Rig, count: number): Promise<void> {
  const { state } = await rig.broker.manager.streams.info(rig.stream);
  for (let times = 0; times < count && state.last_seq > 0; times += 1) {
    const seq = 1 + rig.chance.below(state.last_seq);
    const message = await rig.broker.manager.direct.getMessage(rig.stream, { seq });
    const head = headers();
    head.set('Nats-Msg-Id', randomUUID());
    if (message) await rig.broker.streams.publish(message.subject, message.data, { headers: head });
  }
}
