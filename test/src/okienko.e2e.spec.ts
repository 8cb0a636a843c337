import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import { programmeEndedV1 } from '@okienko/contracts/catalogue/programme-ended.v1';
import { envelope, event, type Service, services } from '@okienko/contracts/event';
import type { Explained } from '@okienko/local/okienko/explain';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { freshContext } from '@okienko/messaging/context';
import { notificationsService } from '@okienko/notifications/service';
import { providersService } from '@okienko/providers/service';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { director, organiser, terc } from './accounts';
import { environments } from './environments';

jest.setTimeout(60_000);

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const operator = { sub: 'operator-tomasz', roles: ['operator'] } as const;
const programme = {
  terc,
  name: { pl: 'Program usług społecznych' },
  aim: { pl: 'Wsparcie mieszkańców w domu' },
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  needs: { pl: 'Osoby starsze mieszkają samotnie' },
  expectedPersons: 10,
  services: [
    {
      serviceCode: 'usluga-1',
      name: { pl: 'Usługa 1' },
      expectedPersons: 10,
      queueRule: 'FILING_TIME',
      conditions: { pl: 'Każdy mieszkaniec' },
    },
  ],
  fee: { rule: 'FREE' },
  evidence: [{ code: 'APPLICANT_STATEMENT', name: { pl: 'Oświadczenie' } }],
  dataScope: ['IDENTITY'],
  stages: [{ pl: 'Nabór' }],
  indicators: [{ pl: 'Liczba osób' }],
  budgetLines: [{ year: 2026, plannedGrosze: 1, fundingShares: [{ source: 'gmina', percent: 100 }] }],
};

/** Four real services of one deployment, whose tokens come from one issuer; `okienko` as a process of its own beside them. */
describe('okienko, against a deployment elsewhere', () => {
  const sinks: Server[] = [];
  let all: Record<Service, ServiceUnderTest>;
  let subscriptions: { alive: string; dead: string };

  beforeAll(async () => {
    const own = environments();
    const places = await Promise.all([sink(), sink()]);
    const cases = await startForTest(casesService, own.cases);
    const shared = { EVENT_NAMESPACE: cases.namespace, OIDC_ISSUER: cases.issuer.url };
    const [catalogue, providers, notifications] = await Promise.all([
      startForTest(catalogueService, shared),
      startForTest(providersService, shared),
      startForTest(notificationsService, {
        ...shared,
        ...own.notifications,
        ALLOWED_PRIVATE_SINKS: places.join(','),
      }),
    ]);
    all = { catalogue, cases, providers, notifications };
    const grant = { types: ['catalogue.programme.'], validFrom: '2020-01-01', validTo: '2199-12-31' };
    const made = await Promise.all(
      ['alive', 'dead'].map(async (partnerId, index) => {
        await ask('notifications', 'POST', '/grants', director, { ...grant, partnerId });
        const partner = { sub: `system-${partnerId}`, roles: ['partner'] as const, partnerId };
        return ask('notifications', 'POST', '/subscriptions', partner, { sink: `http://${places[index]}/okienko` });
      }),
    );
    subscriptions = { alive: String(made[0]?.id), dead: String(made[1]?.id) };
    sinks[1]?.closeAllConnections();
    sinks[1]?.close();
  }, 120_000);
  afterAll(async () => {
    for (const one of sinks) one.close();
    for (const service of services) await all?.[service].stop();
  }, 60_000);

  async function sink(): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      request.on('end', () => response.writeHead(204).end());
    });
    sinks.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function ask(
    service: Service,
    method: string,
    path: string,
    as: object,
    body: object,
    version?: number,
  ): Promise<{ id: string; version: number }> {
    const response = await fetch(`${all[service].url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await all.cases.issuer.token(as)}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      },
      body: JSON.stringify(body),
    });
    const said = (await response.json()) as { id: string; version: number };
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
    return said;
  }

  /** A programme that was drafted and adopted; the id of the second event. */
  async function adopted(): Promise<string> {
    const { id, version } = await ask('catalogue', 'POST', '/programmes', organiser, programme);
    const decision = { resolutionNumber: 'XL/1/2026', adoptedOn: new Date().toISOString().slice(0, 10) };
    await ask('catalogue', 'POST', `/programmes/${id}/adoption`, organiser, decision, version);
    // Whichever service it is asked of, the stream is the same.
    return (await all.cases.published('catalogue.programme.adopted.v1', id)).id;
  }

  async function okienko(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const script = join(checkout, 'deploy', 'local', 'dist', 'okienko.js');
    const where = Object.fromEntries(
      services.map((service) => [`OKIENKO_${service.toUpperCase()}_URL`, all[service].url]),
    );
    const env = {
      ...process.env,
      ...where,
      OKIENKO_TOKEN: await all.cases.issuer.token(operator),
      NATS_URL: process.env['TEST_NATS_URL'],
      EVENT_NAMESPACE: all.cases.namespace,
      ...more,
    };
    return new Promise((resolve) =>
      execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      ),
    );
  }
  const explain = async (id: string): Promise<Explained & { code: number }> => {
    const { code, stdout, stderr } = await okienko(['explain', id, '--json']);
    if (!stdout) throw new Error(stderr);
    return { ...(JSON.parse(stdout) as Explained), code };
  };

  it('says that all is well', async () => {
    const { code, stdout } = await okienko(['status']);
    expect(`${code} ${stdout}`).toMatch(/^0 ✓ catalogue {2}[^]*schema at head[^]*✓ notifications /);
  });

  it('explains an event that has arrived everywhere, one that waits for a dead sink, and one that was parked', async () => {
    const arrived = await adopted();
    for (let more = 0; more < 6; more += 1) await adopted();
    await all.notifications.eventually(async () => {
      const [row] = await all.notifications.sql<{ broken: boolean; taken: boolean }>(
        `select (select broken_since is not null from subscription where id = $1) as broken,
           exists (select from dispatch where subscription_id = $2 and event_id = $3 and state = 'DELIVERED') as taken`,
        [subscriptions.dead, subscriptions.alive, arrived],
      );
      expect(row).toEqual({ broken: true, taken: true });
    }, 40_000);

    const found = await explain(arrived);
    expect(found).toMatchObject({
      code: 1,
      owner: 'catalogue',
      standsStill: true,
      stored: { name: 'catalogue.programme.adopted.v1', sequence: 2, state: 'PUBLISHED' },
      streamSequence: expect.any(Number) as number,
    });
    const states = Object.fromEntries(found.reads.map(({ service, state }) => [service, state]));
    expect(states).toEqual({ cases: 'HANDLED', providers: expect.any(String) as string, notifications: 'HANDLED' });
    expect(
      found.dispatches.map(({ partnerId, state, brokenSince }) => [partnerId, state, brokenSince === null]),
    ).toEqual([
      ['alive', 'DELIVERED', true],
      ['dead', 'PENDING', false],
    ]);
    expect(found.sentences.join('\n')).toMatch(/✗ For dead .* the sink has not answered since .*ECONNREFUSED/);

    const status = await okienko(['status']);
    expect(`${status.code} ${status.stdout}`).toMatch(/^1 [^]*→ The sink of dead has not answered since /);
    const waits = JSON.parse((await okienko(['status', '--json'])).stdout) as { service: string; findings: string[] }[];
    expect(waits.filter(({ findings }) => findings.length > 0).map(({ service }) => service)).toEqual([
      'notifications',
    ]);
  });

  it('explains an event that its readers could not handle, and settles it', async () => {
    const subject = randomUUID();
    const fact = event(programmeEndedV1, subject, programmeEndedV1.examples[0] as never);
    // What no version of catalogue would say: its readers refuse it before any handler has it.
    const said = { ...envelope(fact, 1, new Date(), freshContext()), data: { nonsense: true } };
    await all.catalogue.sql(
      `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, 'programme', $2, 1, $3, $4)`,
      [said.id, subject, programmeEndedV1.$id, JSON.stringify(said)],
    );
    await all.cases.eventually(async () => {
      expect(await all.cases.sql(`select 1 from dead_letter where event_id = $1`, [said.id])).toHaveLength(1);
    }, 20_000);
    const found = await explain(said.id);
    expect([found.code, found.stored?.state]).toEqual([1, 'PUBLISHED']);
    const read = found.reads.find(({ service }) => service === 'cases');
    expect(read).toMatchObject({ state: 'PARKED', deadLetter: { reason: 'INVALID', status: 'PARKED' } });
    expect(found.sentences.join('\n')).toMatch(
      /✗ cases could not handle it \(INVALID, 1 attempt\) .*dead-letters show cases /,
    );

    const id = read?.deadLetter?.id ?? '';
    expect((await okienko(['dead-letters', 'list', 'cases'])).stdout).toContain(id);
    expect((await okienko(['dead-letters', 'show', 'cases', id])).stdout).toMatch(/reason +INVALID/);
    expect(await okienko(['dead-letters', 'discard', 'cases', id])).toMatchObject({ code: 2, stdout: '' });
    const gone = await okienko(['dead-letters', 'discard', 'cases', id, '--reason', 'nonsense', '--json']);
    expect(JSON.parse(gone.stdout)).toMatchObject({ status: 'DISCARDED' });
    expect((await explain(said.id)).reads.find(({ service }) => service === 'cases')?.state).toBe('DISCARDED');
  });

  it('knows nothing of an id that nobody has said, and says which service it could not ask', async () => {
    const id = randomUUID();
    const { code, stdout } = await okienko(['explain', id]);
    expect([code, stdout]).toEqual([1, expect.stringContaining(`No service has said ${id}.`)]);
    const nobody = { OKIENKO_PROVIDERS_URL: `http://127.0.0.1:${await freePort()}` };
    const without = await okienko(['explain', id], nobody);
    expect([without.code, without.stdout]).toEqual([
      3,
      expect.stringMatching(/\? providers could not be asked: .*ECONNREFUSED/),
    ]);
    const status = await okienko(['status'], nobody);
    expect([status.code, status.stdout]).toEqual([3, expect.stringMatching(/✗ providers .*\n +Nothing answers/)]);
  });

  it('shows what the broker lacks, and revokes an account', async () => {
    expect(await okienko(['streams', 'diff'])).toMatchObject({ code: 0 });
    const lacking = await okienko(['streams', '--json'], { EVENT_NAMESPACE: `x${all.cases.namespace}` });
    expect([lacking.code, (JSON.parse(lacking.stdout) as { changes: object[] }).changes.length > 10]).toEqual([
      1,
      true,
    ]);
    const revoked = await okienko(['revoke', 'desk-nobody', '--reason', 'LEFT']);
    expect(revoked.stdout.match(/within five seconds/g)).toHaveLength(4);
    expect((await okienko(['retention'], { OKIENKO_TOKEN: await all.cases.issuer.token(director) })).stdout).toBe(
      'No disposal has been proposed.\n',
    );
  });

  it.each([
    [
      ['migrate', '--service', 'cases'],
      /kubernetes:[^]*compose:[^]*systemd:\n {2}systemctl start okienko-migrate@cases/,
    ],
    [
      ['doctor', '--service', 'cases'],
      /kubectl -n okienko exec deploy\/okienko-cases -- \/app\/node \/app\/main.cjs doctor/,
    ],
    [
      ['rotate-keys', '--service', 'cases'],
      /main.cjs rotate-keys --what master --what index --what persons --grace 120/,
    ],
    [['rebuild', 'cases', 'offers', '--swap'], /main.cjs rebuild offers --swap/],
    [['replay', 'cases', '--to', 'providers', '--run', 'one'], /main.cjs replay --to providers --run one/],
    [['verify-access-log'], /okienko-notifications[^]*main.cjs verify-access-log/],
    [['accesses', '--account', 'desk-anna'], /main.cjs accesses --account desk-anna/],
  ])('says where %j is done, and does nothing', async (args, says) => {
    const { code, stdout, stderr } = await okienko(args);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(says);
  });

  it('takes from a file where services are, and how they run', async () => {
    const home = temporaryHome();
    const config = join(home, 'city.json');
    writeFileSync(config, JSON.stringify({ services: { cases: 'https://cases.example.pl' }, runs: 'systemd' }));
    const { code, stderr } = await okienko(['doctor', '--service', 'cases', '--config', config]);
    expect([code, stderr]).toEqual([4, expect.stringMatching(/systemd-run [^]*main.cjs doctor/)]);
    expect(stderr).not.toMatch(/kubectl|docker/);
    writeFileSync(config, JSON.stringify({ token: 'secret' }));
    const refused = await okienko(['status', '--config', config]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Secrets come by OKIENKO_TOKEN')]);
    rmSync(home, { recursive: true });
  });

  it.each([
    [['statis'], /Did you mean status\?/],
    [['explain', 'what'], /is no id of an event/],
    [['status', '--url', 'kasa=http://x'], /names no service/],
    [['dead-letters', 'list', 'case'], /the services are catalogue, cases/],
    [['status', '--config', '/nowhere.json'], /There is no file/],
    [['revoke', 'x', '--reason', 'BORED'], /Allowed choices are LEFT/],
  ])('says of %j what is wrong', async (args, says) => {
    const { code, stdout, stderr } = await okienko(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });

  it('has help with examples for every command', async () => {
    const { code, stdout } = await okienko(['--help']);
    expect(code).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z][\w-]+)/gm)].map(([, name]) => name ?? '');
    expect(commands).toEqual(expect.arrayContaining(['status', 'explain', 'doctor', 'migrate', 'replay', 'retention']));
    for (const name of commands.filter((one) => one !== 'help' && one !== 'okienko')) {
      const help = await okienko([name, '--help']);
      expect([name, help.code, help.stdout]).toEqual([name, 0, expect.stringContaining('Examples:\n  ')]);
    }
  });
});
