import { randomUUID } from 'node:crypto';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { event } from '@okienko/contracts/event';
import { pause } from '../rounds';
import { addressOf, type World } from './world';

const now = (): number => performance.timeOrigin + performance.now();

const approve = ({ service }: World, personId: string): Promise<string> =>
  service.publish(
    event(planApprovedV1, randomUUID(), { personId, authorisationId: randomUUID(), approvedOn: '2026-03-02' }),
    { sequence: 1 },
  );

const submit = ({ service }: World, personId: string): Promise<string> =>
  service.publish(
    event(applicationSubmittedV1, randomUUID(), {
      personId,
      applicantRole: 'PERSON',
      channel: 'DESK',
      filedAt: new Date().toISOString(),
      items: [{ itemId: randomUUID(), offerId: randomUUID() }],
    }),
    { sequence: 1 },
  );

const publishAll = async (people: readonly string[], publish: (personId: string) => Promise<string>): Promise<void> => {
  for (let at = 0; at < people.length; at += 100) await Promise.all(people.slice(at, at + 100).map(publish));
};

/** Asked seldom enough not to be what is measured. */
async function until(done: () => boolean | Promise<boolean>, seconds: number, what: string): Promise<void> {
  const deadline = now() + seconds * 1000;
  while (!(await done())) {
    if (now() > deadline) throw new Error(`${what} did not happen within ${seconds} s.`);
    await pause(20);
  }
}

/** Asked often, so it goes on where it stopped. */
function haveArrived({ arrivals }: World, people: readonly string[]): () => boolean {
  let next = 0;
  return () => {
    while (next < people.length && arrivals.has(addressOf(people[next] ?? ''))) next += 1;
    return next === people.length;
  };
}

/** Messages a second, from the first event of a burst to the last message that is recorded as handed over. */
export async function burst(world: World, count: number): Promise<{ rate: number; cpuMilliseconds: number }> {
  const people = await world.people(count);
  const [began, cpu] = [now(), process.cpuUsage()];
  await publishAll(people, (personId) => approve(world, personId));
  await until(haveArrived(world, people), 300, 'every message of the burst');
  await until(
    async () => {
      const [row] = await world.service.sql<{ sent: number }>(
        `select count(*)::int as sent from message where person_id = any($1) and state = 'SENT'`,
        [people],
      );
      return row?.sent === count;
    },
    60,
    'every record of the burst',
  );
  const { user, system } = process.cpuUsage(cpu);
  return { rate: count / ((now() - began) / 1000), cpuMilliseconds: (user + system) / 1000 / count };
}

/** Applications a second that are handled, to the last message that is written and waits, while nothing goes out. */
export async function handling(world: World, count: number): Promise<{ rate: number; cpuMilliseconds: number }> {
  const people = await world.people(count);
  const written = async (state: string): Promise<number> => {
    const [row] = await world.service.sql<{ written: number }>(
      'select count(*)::int as written from message where person_id = any($1) and state = $2 and content is not null',
      [people, state],
    );
    return row?.written ?? NaN;
  };
  const rest = (until: string): Promise<unknown> =>
    world.service.sql(`update gateway set rests_until = ${until} where channel = 'EMAIL'`);
  await rest(`now() + interval '1 hour'`);
  const [began, cpu] = [now(), process.cpuUsage()];
  await publishAll(people, (personId) => submit(world, personId));
  await until(async () => (await written('QUEUED')) === count, 300, 'every message of the applications');
  const seconds = (now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await rest('null');
  await until(async () => (await written('SENT')) === count, 300, 'every mail of the applications');
  return { rate: count / seconds, cpuMilliseconds: (user + system) / 1000 / count };
}

/** Milliseconds from each event to the mail server that has the mail, at a steady pace. */
export async function steady(world: World, perSecond: number, seconds: number): Promise<number[]> {
  const people = await world.people(perSecond * seconds);
  const published = new Map<string, number>();
  const first = now();
  for (const [index, personId] of people.entries()) {
    const wait = first + (index * 1000) / perSecond - now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    published.set(personId, now());
    void approve(world, personId);
  }
  await until(haveArrived(world, people), 60, 'every message at the steady pace');
  return people.map((personId) => (world.arrivals.get(addressOf(personId)) ?? NaN) - (published.get(personId) ?? NaN));
}

/** Mails beyond the one that each event is worth. */
export async function twice({ service }: World): Promise<number> {
  const [row] = await service.sql<{ more: number }>(
    `select (count(*) - count(distinct message_id))::int as more from message_attempt where outcome = 'HANDED_OVER'`,
  );
  return row?.more ?? NaN;
}
