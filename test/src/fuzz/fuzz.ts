import { rmSync } from 'node:fs';
import type { Service } from '@okienko/contracts/event';
import { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { run } from '@okienko/local/steps';
import { Attacker } from '../attacker';
import { type Line, meets, table } from '../bench/report';
import { hardware } from '../bench/world';
import { Chance } from '../chance';
import { Findings, kinds } from './findings';
import { tryForeign } from './foreign';
import { sendMessages } from './messages';
import { startFuzzed } from './place';
import { Requests } from './requests';
import { type Settings, settingsFrom } from './settings';
import { tryInwardSinks } from './ssrf';
import { tryTokens } from './tokens';

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

interface Figures {
  readonly inputs: number;
  readonly requests: number;
  readonly messages: number;
  readonly memoryGrowthMB: number;
  readonly crossAccess: number;
  readonly tokensTried: number;
  readonly tokenClasses: number;
  readonly ssrfTried: number;
}

/** Says how far a part has come, ten times. */
function progressOf(service: Service, what: string, all: number): (done: number) => void {
  let next = all / 10;
  return (done) => {
    if (done < next) return;
    next = done + all / 10;
    say(`  ${service}: ${done.toLocaleString('en')} of ${all.toLocaleString('en')} ${what}`);
  };
}

/** All that is tried on one service, in a process of its own. */
async function fuzz(service: Service, settings: Settings, findings: Findings, closing: Closing): Promise<Figures> {
  const fuzzed = await startFuzzed(service, closing);
  const chance = new Chance(settings.seed);
  const attacker = new Attacker(service, fuzzed);
  const made = await attacker.make();
  say(`▸ ${service}: ${attacker.api.routes.length} routes; there are ${made.length} kinds of things`);
  const timed = async <T>(what: string, act: Promise<T>): Promise<T> => {
    const since = performance.now();
    const result = await act;
    say(`  ${service}: ${what} took ${((performance.now() - since) / 1000).toFixed(1)} s`);
    return result;
  };
  const tokens = await timed('tokens', tryTokens(attacker, attacker.api.routes, settings.tokensEach, findings));
  const ssrfTried = await timed('sinks that lead inwards', tryInwardSinks(attacker, findings));
  const crossAccess = await timed(
    "what is another's",
    tryForeign(attacker, service, settings.crossAccess, chance, findings),
  );
  const requests = new Requests(attacker, chance, findings, fuzzed.heap);
  const { inputs, growth } = await timed(
    'inputs',
    requests.send(settings.inputs, progressOf(service, 'inputs', settings.inputs)),
  );
  const { messages: wanted } = settings;
  const messages = await timed(
    'messages',
    sendMessages(fuzzed, wanted, chance, findings, progressOf(service, 'messages', wanted)),
  );
  for (const line of fuzzed.said.leaks) findings.note('leaks', `the log of ${service}`, line);
  if (fuzzed.hasEnded) findings.note('crashes', service, fuzzed.said.failures.at(-1) ?? 'the process has ended');
  const memoryGrowthMB = Math.max(growth / 2 ** 20, 0);
  if (findings.counts.serverErrors > 0) fuzzed.said.failures.slice(0, 3).forEach((line) => say(`  ${line}`));
  const { tried: tokensTried, classes: tokenClasses } = tokens;
  return {
    inputs,
    requests: attacker.sent,
    messages,
    memoryGrowthMB,
    crossAccess,
    tokensTried,
    tokenClasses,
    ssrfTried,
  };
}

const goals: Readonly<Partial<Record<keyof Figures, (settings: Settings) => Line['goal']>>> = {
  inputs: ({ inputs, services }) => ({ atLeast: inputs * services.length }),
  messages: ({ messages, services }) => ({ atLeast: messages * services.length }),
  memoryGrowthMB: () => ({ atMost: 20 }),
};

const told: Readonly<Record<keyof Figures, string>> = {
  inputs: 'drawn for routes, of all services',
  requests: 'sent for them: what was refused is sent again, to see that nothing changes',
  messages: 'to the consumers',
  memoryGrowthMB: 'that the worst of the services holds more after the rest of the inputs than after a tenth',
  crossAccess: 'times somebody asked for what is of another unit, provider or partner',
  tokensTried: 'bad tokens sent',
  tokenClasses: 'ways for a token to be bad',
  ssrfTried: 'sinks that lead inwards',
};

function linesOf(figures: readonly Figures[], findings: Findings, settings: Settings): Line[] {
  const most: readonly (keyof Figures)[] = ['memoryGrowthMB', 'tokenClasses'];
  const sum = (key: keyof Figures): number =>
    figures.map((one) => one[key]).reduce((a, b) => (most.includes(key) ? Math.max(a, b) : a + b), 0);
  return [
    ...(Object.keys(told) as (keyof Figures)[]).map((key): Line => {
      const goal = goals[key]?.(settings);
      return { key, figure: sum(key), ...(goal && { goal }), what: told[key] };
    }),
    ...kinds.map((key): Line => ({ key, figure: findings.counts[key], goal: { atMost: 0 }, what: 'found' })),
  ];
}

/** `npm run fuzz`: hostile input to every route, and hostile messages to every consumer. */
run(async () => {
  const settings = settingsFrom(process.argv.slice(2));
  const { seed, short } = settings;
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${seed}${short ? ', short form' : ''}`);
    const home = temporaryHome();
    const engines = await startEngines({ home, ports: 'free', syncAlways: false });
    closing.add(async () => {
      await engines.stop();
      rmSync(home, { recursive: true, force: true });
    });
    process.env['TEST_DATABASE_URL'] = engines.postgres.url;
    process.env['TEST_NATS_URL'] = engines.nats.url;
    const findings = new Findings();
    const figures: Figures[] = [];
    const queue = [...settings.services];
    // Two at a time: while one service works, what is sent to the other is drawn.
    const work = async (): Promise<void> => {
      for (let service = queue.shift(); service; service = queue.shift())
        figures.push(await fuzz(service, settings, findings, closing));
    };
    await Promise.all([work(), work()]);
    const lines = linesOf(figures, findings, settings);
    const met = lines.every(meets);
    say(`\n${findings.lines.join('\n')}\n\n${table(lines)}\n`);
    await closing.end();
    const shown = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(6))]));
    say(JSON.stringify({ fuzz: settings.services, met, seed, short, hardware, ...shown }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});
