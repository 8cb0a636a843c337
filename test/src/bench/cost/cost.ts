import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { until } from '@okienko/local/api';
import { Closing } from '@okienko/local/closing';
import { witnessAt } from '@okienko/local/journey-telling';
import type { Status } from '@okienko/local/page-status';
import { freePort } from '@okienko/local/ports';
import { inventResident } from '@okienko/local/resident';
import { ResidentJourney } from '@okienko/local/resident-journey';
import { confidentialFile } from '@okienko/local/secrets';
import type { Seeded } from '@okienko/local/seed';
import { readAssumptions, spenders } from '@okienko/local/sizing/model';
import { beyond, byFigure, cpuOf, during, Spending, type Spent } from '@okienko/local/sizing/spending';
import { run, Steps } from '@okienko/local/steps';
import { LocalDeployment } from '../../local-deployment';
import { type Line, meets, table } from '../report';
import { median } from '../rounds';
import { hardware } from '../world';
import { Sink } from './sink';

const assumed = readAssumptions();
const { prices } = assumed;
const { values: said } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    journeys: { type: 'string' },
    'at-a-time': { type: 'string', default: '4' },
    vcpu: { type: 'string', default: String(prices.vCpu) },
    disk: { type: 'string', default: String(prices.diskGb) },
    // What public clouds ask for a gigabyte that leaves them; what stays inside is free.
    egress: { type: 'string', default: '0.08' },
  },
});
const settings = {
  short: said.short,
  rounds: Number(said.rounds ?? (said.short ? 1 : 5)),
  journeys: Number(said.journeys ?? (said.short ? 12 : 40)),
  atATime: Number(said['at-a-time']),
  idleSeconds: said.short ? 15 : 60,
  /** Subscriptions to everything, beside the one that the local system has: what they cost more is what webhooks cost. */
  further: said.short ? 4 : 12,
};
const registrations = settings.journeys * 10;
/** Milliseconds in which what an act set off comes to rest. */
const rest = 6_000;
const price = { vCpu: Number(said.vcpu), disk: Number(said.disk), egress: Number(said.egress) };
const partner = 'partner-powiat';
const gigabyte = 2 ** 30;
const secondsAMonth = 730 * 3600;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** What one of each has cost. */
interface Round {
  readonly journey: Spent;
  readonly registration: Spent;
  readonly webhook: Spent;
  readonly webhooks: number;
  readonly bytes: number;
  readonly missing: number;
}

/** `npm run cost`: what a journey, an event and a webhook cost, in seconds of a core, bytes and money. */
run(async () => {
  const steps = new Steps();
  const closing = new Closing();
  const interrupted = closing.onInterruption(steps.say).then(() => process.exit(130));
  try {
    const measure = await prepare(steps, closing);
    const rounds: Round[] = [];
    for (let number = 1; number <= settings.rounds; number += 1) rounds.push(await measure.round());
    report(steps, rounds, during(measure.idle, 3600));
  } finally {
    await Promise.race([closing.end(), interrupted]);
  }
  process.exit();
});

async function prepare(
  steps: Steps,
  closing: Closing,
): Promise<{ idle: Spent & { seconds: number }; round(): Promise<Round> }> {
  const sink = new Sink();
  const port = await freePort();
  closing.add(await sink.listen(port));
  process.env['OKIENKO_SINKS'] = `127.0.0.1:${port}`;
  const system = await LocalDeployment.prepare();
  closing.add(() => rmSync(system.home, { recursive: true, force: true }));
  closing.add(() => system.stop());
  await steps.step('A system of its own', () => system.start('--no-journey'));
  const { databaseUrl, brokerUrl } = system.places;
  const spending = await Spending.open(databaseUrl, brokerUrl, await system.json<Status>('/status.json'));
  closing.add(() => spending.close());
  const api = await system.api();
  const seeded = confidentialFile<Seeded>(system.home, 'seeded').read() ?? {};

  const silent = { step: () => undefined, arrival: () => undefined };
  const play = (): Promise<unknown> =>
    new ResidentJourney(api, seeded, witnessAt(system.page), silent).play(inventResident());
  const register = (): Promise<unknown> =>
    api.post('desk-anna', 'cases', '/persons', {
      givenName: 'Zmyślona',
      familyName: `Osoba-${randomUUID()}`,
      terc: '2861011',
    });
  const subscribe = async (): Promise<string> => {
    const types = ['catalogue.', 'cases.', 'providers.'];
    const subscription = { types, sink: `http://127.0.0.1:${port}/` };
    return (await api.post(partner, 'notifications', '/subscriptions', subscription)).id;
  };
  /** How many events stand in them, of which each is to be posted. */
  const standing = async (subscriptions: readonly string[]): Promise<number> =>
    sum(
      await Promise.all(
        subscriptions.map(async (id) => {
          const { lastSequence } = await api.get<{ lastSequence: number }>(
            partner,
            'notifications',
            `/subscriptions/${id}`,
          );
          return lastSequence;
        }),
      ),
    );

  await steps.step(`${settings.journeys} journeys and ${registrations} registrations, uncounted`, async () => {
    await many(settings.journeys, play);
    await many(registrations, register);
    await pause(rest);
  });
  const idle = await steps.step(`Nobody asks, for ${settings.idleSeconds} s`, () =>
    spending.of(() => pause(settings.idleSeconds * 1000)),
  );
  /** What one costs beyond what the time in which it happened would have cost anyway. */
  const each = async (title: string, count: number, act: () => Promise<unknown>): Promise<Spent> => {
    const spent = await steps.step(`${count} × ${title}`, () =>
      spending.of(async () => {
        await many(count, act);
        await pause(rest);
      }),
    );
    return beyond(spent, during(idle, spent.seconds), count);
  };
  return {
    idle,
    async round() {
      const journey = await each('a journey', settings.journeys, play);
      const registration = await each('a person is registered', registrations, register);
      const [taken, bytes] = [sink.taken, sink.bytes];
      const subscriptions = await Promise.all(Array.from({ length: settings.further }, subscribe));
      const heard = await each(`a journey of which ${settings.further} more sinks hear`, settings.journeys, play);
      const expected = await standing(subscriptions);
      await until('the last webhooks', async () => (sink.taken - taken >= expected ? true : undefined)).catch(() => {});
      const webhooks = sink.taken - taken;
      for (const id of subscriptions) await api.delete(partner, 'notifications', `/subscriptions/${id}`);
      return {
        journey,
        registration,
        webhook: beyond(heard, journey, webhooks / settings.journeys),
        webhooks: webhooks / settings.journeys / settings.further,
        bytes: (sink.bytes - bytes) / webhooks,
        missing: Math.max(0, expected - webhooks),
      };
    },
  };
}

async function many(count: number, act: () => Promise<unknown>): Promise<void> {
  let left = count;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await act();
    }
  };
  await Promise.all(Array.from({ length: settings.atATime }, one));
}

function report(steps: Steps, rounds: readonly Round[], idle: Spent): void {
  const middle = (of: (round: Round) => number): number => median(rounds.map(of));
  const typical = (part: 'journey' | 'registration' | 'webhook'): Spent =>
    byFigure((of) => middle((round) => of(round[part])));
  const [journey, registration, webhook] = [typical('journey'), typical('registration'), typical('webhook')];
  // Each registration is one request with one event, posted to the one partner of the system.
  const event = beyond(registration, webhook);
  const [webhooks, bytes] = [middle((round) => round.webhooks), middle((round) => round.bytes)];
  const kept = journey.stored * assumed.indexAndBloat.value * assumed.copies.value;
  const money = {
    cpu: (cpuOf(journey) * 1000 * price.vCpu) / secondsAMonth / assumed.utilisation.value,
    disk: ((kept * 1000) / gigabyte) * price.disk * 12 * assumed.years.value,
    egress: ((webhooks * bytes * 1000) / gigabyte) * price.egress,
  };
  const total = sum(Object.values(money));
  const shares = spenders
    .map((who) => ({ who, share: journey.cpu[who] / cpuOf(journey) }))
    .sort((one, other) => other.share - one.share);
  const figures = (spent: Spent): object => ({
    cpuMilliseconds: rounded(cpuOf(spent) * 1000),
    movedBytes: rounded(spent.moved),
    walBytes: rounded(spent.wal),
    storedBytes: rounded(spent.stored),
    streamedBytes: rounded(spent.streamed),
  });

  const columns = { 'one journey': journey, 'one event': event, 'one webhook': webhook, 'an hour of nothing': idle };
  const row = (title: string, of: (spent: Spent) => string): string =>
    title.padEnd(34) +
    Object.values(columns)
      .map((spent) => of(spent).padStart(20))
      .join('');
  const thousands = (value: number): string => `${rounded(value / 1000).toLocaleString('en')} kB`;
  const milliseconds = (value: number): string => `${rounded(value * 1000).toLocaleString('en')} ms`;
  steps.say(`
${''.padEnd(34)}${Object.keys(columns)
    .map((title) => title.padStart(20))
    .join('')}
${row('processor', (spent) => milliseconds(cpuOf(spent)))}
${spenders.map((who) => row(`  ${who}`, ({ cpu }) => milliseconds(cpu[who]))).join('\n')}
${row('read and written by the services', ({ moved }) => thousands(moved))}
${row('log of the database', ({ wal }) => thousands(wal))}
${row('kept in tables', ({ stored }) => thousands(stored))}
${row('kept on streams for two weeks', ({ streamed }) => thousands(streamed))}

A journey has ${rounded(journey.events)} events and ${rounded(webhooks)} webhooks to each partner, of ${thousands(bytes)} on the line. Its processor time goes to ${shares
    .map(({ who, share }) => `${who} ${Math.round(share * 100)} %`)
    .join(', ')}.
One event is a registration's, with the request that made it. While nobody asks, ${rounded(cpuOf(idle) / 3600)} of a core is busy.
1,000 journeys: ${rounded(total)} ${prices.currency}, namely processors ${rounded(money.cpu)}, disks for ${assumed.years.value} years ${rounded(money.disk)}, webhooks leaving the house ${rounded(money.egress)}.
(${price.vCpu} for a vCPU and ${price.disk} for a GB of disk a month, ${price.egress} for a GB that leaves; cores busy to ${assumed.utilisation.value * 100} %, ${assumed.copies.value} copies: assumed.)
`);
  const lines: Line[] = [
    {
      key: 'webhooksMissing',
      figure: sum(rounds.map(({ missing }) => missing)),
      goal: { atMost: 0 },
      what: 'numbered for a partner and not posted',
    },
    {
      key: 'eventsOfARegistration',
      figure: Math.abs(registration.events - 1),
      goal: { atMost: 0.01 },
      what: 'away from one: else more was counted than was done',
    },
  ];
  steps.say(`${table(lines)}\n\n${hardware}\n`);
  console.log(
    JSON.stringify({
      ...Object.fromEntries(lines.map(({ key, figure }) => [key, figure])),
      journey: figures(journey),
      event: figures(event),
      webhook: figures(webhook),
      idleHour: figures(idle),
      eventsAJourney: rounded(journey.events),
      webhooksAJourney: rounded(webhooks),
      bytesAWebhook: rounded(bytes),
      shares: Object.fromEntries(shares.map(({ who, share }) => [who, rounded(share)])),
      thousandJourneys: { currency: prices.currency, total: rounded(total), ...byKey(money) },
      price,
      rounds: settings.rounds,
      journeys: settings.journeys,
      short: settings.short,
      hardware,
    }),
  );
  process.exitCode = lines.every(meets) ? 0 : 1;
}

const rounded = (value: number): number => Number(value.toPrecision(3));
const byKey = (values: Readonly<Record<string, number>>): object =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, rounded(value)]));
