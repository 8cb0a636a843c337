import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { witnessAt } from '../journey-telling';
import { portNumber } from '../ports';
import { inventResident } from '../resident';
import { ResidentJourney } from '../resident-journey';
import { runningSystem } from '../running-system';
import { brokerPasswords, keptSecrets } from '../secrets';
import type { Steps } from '../steps';
import { type Act, acts, type Cost, type Costs, folder } from './model';
import { beyond, during, Spending } from './spending';

/** Milliseconds in which what an act set off comes to rest. */
const rest = 6_000;

/** What each act costs on the system of `npm start`, which should have nothing else to do; writes `deploy/sizing/costs.json`. */
export async function measure(counts: Readonly<Record<Act, number>>, steps: Steps): Promise<Costs> {
  const { home, page, status, seeded, api } = await runningSystem();
  const secret = (file: string, name: string): string => encodeURIComponent(keptSecrets(home, file)(name));
  const spending = await Spending.open(
    `postgresql://postgres:${secret('postgres', 'postgres')}@127.0.0.1:${portNumber('postgres')}/okienko`,
    `nats://centre:${secret(brokerPasswords, 'centre')}@127.0.0.1:${portNumber('nats')}`,
    status,
  );

  let person = '';
  const once: Readonly<Record<Act, () => Promise<unknown>>> = {
    journey: async () => {
      const silent = { step: () => undefined, arrival: () => undefined };
      const journey = new ResidentJourney(api, seeded, witnessAt(page), silent);
      person = (await journey.play(inventResident())).personId;
    },
    write: () =>
      api.post('desk-anna', 'cases', '/persons', {
        givenName: 'Zmyślona',
        familyName: `Osoba-${randomUUID()}`,
        terc: '2861011',
      }),
    look: () => api.get('desk-anna', 'cases', `/persons/${person}`),
    search: () => api.get('desk-anna', 'catalogue', '/service-offer-search?q=opieka'),
  };
  try {
    await steps.step('What is under way comes to rest', () => pause(rest));
    // Before the first count everything is compiled and cached as it is in a working day.
    await steps.step('Once each, uncounted', async () => {
      for (const act of acts) for (let time = 0; time < Math.ceil(counts[act] / 10); time += 1) await once[act]();
      await pause(rest);
    });
    const idle = await steps.step('Nobody asks, for half a minute', () => spending.of(() => pause(30_000)));
    const costs: Partial<Record<Act, Cost>> = {};
    for (const act of acts) {
      const count = counts[act];
      const spent = await steps.step(`${count} × ${act}`, () =>
        spending.of(async () => {
          for (let time = 0; time < count; time += 1) await once[act]();
          await pause(rest);
        }),
      );
      const { cpu, wal, stored, streamed } = beyond(spent, during(idle, spent.seconds), count);
      costs[act] = { cpu, wal, stored, streamed };
    }
    const versions = status.engines.map(({ name, version }) => `${name} ${version ?? ''}`.trim());
    const measured: Costs = {
      measured: {
        at: new Date().toISOString().slice(0, 10),
        hardware: `${availableParallelism()} × ${cpus()[0]
          ?.model.replace(/ Processor.*| \d+-Core.*/, '')
          .trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
        versions: [`node ${process.versions.node}`, ...versions].join(', '),
        journeys: counts.journey,
      },
      acts: costs as Record<Act, Cost>,
      memory: spending.memory(),
    };
    writeFileSync(join(folder, 'costs.json'), `${JSON.stringify(measured, rounded, 2)}\n`);
    return measured;
  } finally {
    await spending.close();
  }
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value;
