import { randomUUID } from 'node:crypto';
import { serviceOfferConfirmedV1 } from '@okienko/contracts/catalogue/service-offer-confirmed.v1';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { type CloudEvent, type DomainEvent, event } from '@okienko/contracts/event';
import type { Chance } from '../../chance';
import { pause } from '../rounds';
import type { Settings } from './settings';
import { now, type Kind, Sink } from './sink';
import { type Subscribed, type Wish, type World } from './world';

export interface Published {
  readonly event: CloudEvent;
  readonly at: number;
}

export interface Party {
  readonly sink: Sink;
  readonly place: string;
  readonly wish: Pick<Wish, 'types' | 'filters'>;
  readonly gminas: readonly string[];
  /** What the grant and the wish come to, said once more without the service. */
  readonly wants: (one: CloudEvent) => boolean;
}

export type Member = Party & { readonly subscription: Subscribed };

const gminas = ['2861011', '2804011', '2804022'] as const;
const plans = 'pl.okienko.cases.plan.';
const kinds: readonly Kind[] = ['failing', 'failing', 'failing', 'failing', 'failing', 'dead', 'slow', 'flapping'];

/** 50 partners: one in ten fails at random, one is dead, one slow, one flaps. What each may have and asks for differs. */
export async function parties(chance: Chance): Promise<Party[]> {
  return Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const sink = new Sink(kinds[index] ?? 'healthy', chance);
      const gmina = gminas[index % gminas.length] ?? '';
      // The slow one asks for no more than it can bear.
      const isNarrow = sink.kind === 'slow' || index % 4 === 0;
      const onlyPlans = sink.kind === 'slow' || index % 2 === 0;
      return {
        sink,
        place: await sink.start(),
        gminas: index % 5 === 0 ? [gmina] : [],
        wish: {
          types: onlyPlans ? ['cases.plan.'] : [],
          filters: isNarrow ? [{ exact: { gmina } }] : [],
        },
        wants: (one: CloudEvent) =>
          (one.gmina === gmina || !(isNarrow || index % 5 === 0)) && (!onlyPlans || one.type.startsWith(plans)),
      };
    }),
  );
}

/** Plans and offers whose histories go on at random, at a steady pace; meanwhile replicas are killed in turn. */
export async function flow(
  { publish, replicas }: World,
  { seconds, perSecond, kills }: Settings,
  chance: Chance,
): Promise<{ published: Published[]; killedAt: number[] }> {
  const histories = Array.from({ length: 60 }, (_, index) => ({ id: randomUUID(), index, sequence: 0 }));
  const published: Published[] = [];
  const stored: Promise<unknown>[] = [];
  const killedAt: number[] = [];
  const killing = (async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      await pause((seconds * 1000) / (kills + 1));
      const replica = replicas[kill % replicas.length];
      await replica?.kill();
      killedAt.push(now());
      replica?.start();
    }
  })();
  const began = now();
  for (let index = 0; index < seconds * perSecond; index += 1) {
    await pause(Math.max(0, began + (index * 1000) / perSecond - now()));
    const history = chance.pick(histories);
    history.sequence += 1;
    const sent = publish(factOf(history.id, history.index), history.sequence);
    published.push({ event: sent.event, at: now() });
    stored.push(sent.stored);
  }
  await Promise.all([killing, ...stored]);
  return { published, killedAt };
}

function factOf(id: string, index: number): DomainEvent {
  const gmina = gminas[index % gminas.length];
  return index % 2 === 0
    ? event(planRedraftedV1, id, planRedraftedV1.examples[0], gmina)
    : event(serviceOfferConfirmedV1, id, serviceOfferConfirmedV1.examples[0], gmina);
}

/** Sinks are well again, but for the dead one; after a while what would wait for minutes or hours is due at once. */
export async function drain({ sql }: World, members: readonly Member[], published: readonly Published[]) {
  const living = members.filter(({ sink }) => sink.kind !== 'dead');
  for (const { sink } of living) sink.isHealed = true;
  const isDone = (): boolean =>
    living.every(({ sink, wants }) => sink.taken.length >= published.filter(({ event: one }) => wants(one)).length);
  const ids = living.map(({ subscription }) => subscription.id);
  for (let second = 0; second < 180 && !isDone(); second += 1) {
    await pause(1000);
    if (second % 10 !== 9) continue;
    await sql(`update subscription set probe_at = now() where id = any($1) and probe_at > now()`, [ids]);
    await sql(
      `update dispatch set next_attempt_at = now() where subscription_id = any($1) and state = 'PENDING' and next_attempt_at > now()`,
      [ids],
    );
  }
}
