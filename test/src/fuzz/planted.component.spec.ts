import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { notificationsService } from '@okienko/notifications/service';
import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import { Attacker } from '../attacker';
import { Chance } from '../chance';
import { environments } from '../environments';
import { Findings, type Kind, kinds } from './findings';
import { tryForeign } from './foreign';
import { sendMessages } from './messages';
import { type Fuzzed, listen, reach } from './place';
import { type Harm, plantedBefore, type Said } from './planted';
import { Requests } from './requests';
import { tryInwardSinks } from './ssrf';
import { tryTokens } from './tokens';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const megabyte = 2 ** 20;
const heap = (): Promise<number> => {
  collect();
  return Promise.resolve(process.memoryUsage().heapUsed);
};

let place: ServicePlace;
let service: RunningService;
let planted: Awaited<ReturnType<typeof plantedBefore>>;
let fuzzed: Fuzzed;
let attacker: Attacker;

beforeAll(async () => {
  place = await placeForTest(notificationsService);
  const environment = { ...place.environment, ...environments().notifications };
  service = await createService(notificationsService, loadConfig(notificationsService.config, environment));
  await service.app.listen(0, '127.0.0.1');
  planted = await plantedBefore(await service.app.getUrl());
  const said = { failures: [], leaks: [] };
  fuzzed = { ...reach('notifications', place), url: planted.url, said, hasEnded: false, heap };
  attacker = new Attacker('notifications', fuzzed);
  await attacker.make();
  await fuzzed.sql('create table planted (at bigint)');
}, 60_000);
afterAll(async () => {
  await planted.stop();
  await service.stop();
  await place.remove();
}, 30_000);

/** Parts of the run, each in its smallest form. */
const parts = {
  tokens: (findings: Findings) => tryTokens(attacker, attacker.api.routes, 3, findings),
  sinks: (findings: Findings) => tryInwardSinks(attacker, findings, (sink) => /127\.0\.0\.1|0x7f000001/.test(sink)),
  foreign: (findings: Findings) => tryForeign(attacker, 'notifications', 200, new Chance(1), findings),
  inputs: (findings: Findings) => new Requests(attacker, new Chance(1), findings, heap).send(480, () => undefined),
  messages: (findings: Findings) => sendMessages(fuzzed, 1000, new Chance(1), findings, () => undefined),
} as const;

async function found(part: keyof typeof parts, harm: Harm = (_, said) => said): Promise<Kind[]> {
  const findings = new Findings();
  planted.harm = harm;
  await parts[part](findings);
  return kinds.filter((kind) => findings.counts[kind] > 0);
}

const problem = (said: Said, status: number, detail: string): Said => ({
  status,
  type: 'application/problem+json',
  text: JSON.stringify({
    type: 'https://x.example/problems/x',
    title: 'x',
    status,
    detail,
    instance: '/x',
    was: said.status,
  }),
});
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const expired = (authorization = ''): boolean => {
  try {
    const claims = Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString();
    return Number((JSON.parse(claims) as { exp?: number }).exp) < Date.now() / 1000;
  } catch {
    return false;
  }
};

const defects: readonly [what: string, part: keyof typeof parts, shows: Kind, harm: () => Harm][] = [
  [
    'fails at a body that is no JSON',
    'inputs',
    'serverErrors',
    () => (asked, said) => (asked.body && !isJson(asked.body) ? problem(said, 500, 'Failed.') : said),
  ],
  [
    'answers an unknown query with a status that no document knows',
    'inputs',
    'undocumentedStatuses',
    () => (asked, said) => (said.status === 400 && asked.url.includes('?') ? problem(said, 418, 'No.') : said),
  ],
  [
    'tells the statement that failed',
    'inputs',
    'leaks',
    () => (asked, said) =>
      said.status === 400 && asked.method === 'POST'
        ? problem(said, 400, 'insert into message (id) values ($1): duplicate key')
        : said,
  ],
  [
    'writes before it refuses',
    'inputs',
    'stateChangesOnRefusal',
    () => async (asked, said) => {
      if (said.status >= 400 && asked.url.startsWith('/subscriptions'))
        await fuzzed.sql('insert into planted values (extract(epoch from clock_timestamp()) * 1000)');
      return said;
    },
  ],
  [
    'refuses in words that are no problem',
    'inputs',
    'wrongAnswers',
    () => (_, said) => (said.status === 404 ? { ...said, type: 'text/plain', text: 'not found' } : said),
  ],
  [
    'cuts the line on a long address',
    'inputs',
    'crashes',
    () => (asked, said) => (asked.url.length > 600 ? undefined : said),
  ],
  [
    'lets in who has a token that has run out',
    'tokens',
    'tokensAccepted',
    () => (asked, said) =>
      said.status === 401 && expired(asked.headers.authorization)
        ? { status: 200, type: 'application/json', text: '{}' }
        : said,
  ],
  [
    "says that what is another's is not allowed, and of what does not exist that it is not there",
    'foreign',
    'crossAccessLeaks',
    () => (asked, said) =>
      said.status === 404 && asked.url.includes(attacker.made.get('/subscriptions')?.id ?? 'none')
        ? problem(said, 403, 'Not yours.')
        : said,
  ],
  [
    "shows in a list what is another's",
    'foreign',
    'crossAccessLeaks',
    () => (asked, said) =>
      said.status === 200 && asked.method === 'GET'
        ? { ...said, text: `${said.text.slice(0, -1)}, "more": ${JSON.stringify([...attacker.made.values()])}}` }
        : said,
  ],
  [
    'calls a sink before it refuses it',
    'sinks',
    'ssrfPassed',
    () => async (asked, said) => {
      const { sink } = (isJson(asked.body) ? JSON.parse(asked.body || '{}') : {}) as { sink?: string };
      if (/^http:\/\/127\.0\.0\.1:/.test(sink ?? '')) await fetch(sink ?? '').catch(() => undefined);
      return said;
    },
  ],
  [
    'takes a sink on the own machine',
    'sinks',
    'ssrfPassed',
    () => (asked, said) => (asked.body.includes('0x7f000001') ? { ...said, status: 201 } : said),
  ],
];

describe('hostile input', () => {
  test.each(Object.keys(parts) as (keyof typeof parts)[])(
    'finds nothing where nothing is broken: %s',
    async (part) => expect(await found(part)).toEqual([]),
    120_000,
  );

  test.each(defects)(
    'finds a build that %s',
    async (_, part, shows, harm) => expect(await found(part, harm())).toContain(shows),
    120_000,
  );

  test('finds a build that keeps something of every request', async () => {
    const growth = async (harm: Harm): Promise<number> => {
      planted.harm = harm;
      return (await parts.inputs(new Findings())).growth / megabyte;
    };
    const kept: object[] = [];
    expect(await growth((_, said) => said)).toBeLessThan(20);
    const leaking = await growth(({ url }, said) => {
      kept.push(Array.from({ length: 20_000 }, (_, at) => ({ at, url })));
      return said;
    });
    expect(leaking).toBeGreaterThan(20);
  }, 60_000);

  test('finds a marked value in the log, also where the log comes in pieces', async () => {
    const said: Fuzzed['said'] = { failures: [], leaks: [] };
    const log = new PassThrough();
    listen(log, said);
    for (const piece of ['{"level":30,"msg":"Anna Żu', 'raw"}\n', '{"level":50,"msg":"failed"}\n']) log.write(piece);
    await fuzzed.eventually(() => expect([said.leaks.length, said.failures.length]).toEqual([1, 1]));
  });

  // The last: what it plants remains.
  test('finds a build whose handlers fail', async () => {
    await fuzzed.sql(
      `create function planted() returns trigger language plpgsql as $$ begin if random() < 0.05 then raise 'planted'; end if; return new; end $$`,
    );
    await fuzzed.sql(
      'create trigger planted before insert or update on inbox_position for each row execute function planted()',
    );
    expect(await found('messages')).toContain('serverErrors');
  }, 60_000);
});
