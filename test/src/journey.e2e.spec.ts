import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { chromiumOnPath } from '@okienko/local/page-browser';
import { eventually } from '@okienko/testing/eventually';
import { chromium } from 'playwright-core';
import { cloudEventFaults, cloudEventType, hasCloudEventsSchema, onTheWire } from './cloud-events';
import { blocksOf, canPlay, played } from './guide';
import { LocalDeployment } from './local-deployment';

interface Status {
  readonly ready: boolean;
  readonly services: readonly { name: string; url: string; ready: boolean; version: string; pid: number }[];
  readonly engines: readonly { name: string; ready: boolean; version: string; pid?: number }[];
}

interface Webhook {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly verified: boolean;
}

const services = ['catalogue', 'cases', 'providers', 'notifications'];

/** Resident memory of a process in MiB. */
const residentMemory = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const isOpen = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = createConnection(Number(port), hostname);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });

describe('one resident goes through the whole system', () => {
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await LocalDeployment.prepare();
    await deployment.start();
  }, 180_000);

  afterAll(() => deployment.remove(), 60_000);

  const status = (): Promise<Status> => deployment.json<Status>('/status.json');
  const operator = async (): Promise<string> => {
    const response = await fetch(`${deployment.page}/tokens/operator-tomasz`, {
      method: 'POST',
      headers: { Origin: deployment.page, 'Sec-Fetch-Site': 'same-origin' },
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const deadLetters = async (): Promise<string[]> => {
    const token = await operator();
    const { services: all } = await status();
    const found = await Promise.all(
      all.map(async ({ name, url }) => {
        const { items } = (await (
          await fetch(`${url}/dead-letters`, { headers: { Authorization: `Bearer ${token}` } })
        ).json()) as { items: { eventName: string; reason: string; error: string }[] };
        return items.map(({ eventName, reason, error }) => `${name}: ${eventName} ${reason} ${error}`);
      }),
    );
    return found.flat();
  };

  test('the timeline tells every act in the order of the Act', () => {
    const acts = [...deployment.output.matchAll(/● ([^–\n]+)/g)].map(([, title]) => title?.trim());
    expect(acts).toEqual([
      'Resident registered at the desk',
      'Application for two services',
      'Needs recognised in a talk',
      'Qualified for both, within the limits',
      'Plan drafted',
      'Plan agreed with the resident and submitted',
      'Plan approved by another, authorised person',
      'First provider accepts',
      'Second provider declines',
      'Referred again, to another provider',
      'The other provider accepts',
      'Deliveries recorded by the providers and accepted by the centre',
      'Plan ended',
      'Closing talk held, summed up',
      'Description of course and results on file: plan closed',
    ]);
    expect(deployment.output).toContain('webhook at the partner: cases.plan.closed.v1, signature verified');
    expect(deployment.output).not.toContain('SIGNATURE WRONG');
  });

  test('status.json lists four ready services and two ready engines', async () => {
    const now = await status();
    expect(now.ready).toBe(true);
    expect(now.services.map(({ name, ready }) => [name, ready])).toEqual(services.map((name) => [name, true]));
    expect(now.engines.map(({ ready }) => ready)).toEqual([true, true]);
  });

  test('no service holds more than 135 MB when idle', async () => {
    if (process.platform !== 'linux') return;
    const { services: idle } = await status();
    // What a journey has left behind goes with the next collections.
    for (const { pid } of idle) await eventually(() => expect(residentMemory(pid)).toBeLessThan(135), 30_000);
  }, 60_000);

  test('the partner received each event once, signed, and each aggregate in order', async () => {
    const webhooks = await deployment.json<Webhook[]>('/partner.json');
    expect(webhooks.length).toBeGreaterThan(30);
    expect(webhooks.every(({ verified }) => verified)).toBe(true);
    expect(new Set(webhooks.map(({ id }) => id)).size).toBe(webhooks.length);
    const last = new Map<string, number>();
    for (const { type, subject, sequence } of webhooks) {
      const key = `${type.split('.')[1]} ${subject}`;
      expect(sequence).toBeGreaterThan(last.get(key) ?? 0);
      last.set(key, sequence);
    }
  });

  (hasCloudEventsSchema ? test : test.skip)(
    'every event is a CloudEvent 1.0 by the schema of its project',
    async () => {
      const events = await onTheWire(deployment.brokerUrl, 'okienko');
      expect(events.length).toBeGreaterThan(100);
      expect(new Set(events.map(({ subject }) => subject.split('.')[1]))).toEqual(new Set([...services, 'sealed']));
      expect(cloudEventFaults(events)).toEqual([]);
      const [event] = events;
      const { id: _, ...without } = JSON.parse(event?.body ?? '') as { id: string };
      expect(
        cloudEventFaults([{ subject: 'x', contentType: 'text/plain', body: JSON.stringify(without) }]),
      ).toHaveLength(2);
    },
  );

  (canPlay ? test : test.skip)(
    'every command of the guide for partners does what it says, and what it brings are CloudEvents',
    async () => {
      const said = await played(blocksOf('docs/partner-guide.md'), deployment.home, deployment.environmentBeside);
      expect(said.join('').trim().split('\n')).toEqual([
        expect.stringMatching(/^\{"looked":\d+,"matched":[1-9]\d*\}$/),
        expect.stringMatching(
          /^\{"sequence":1,"type":"pl\.okienko\.cases\.plan\.[a-z-]+\.v1","about":"[0-9a-f-]{36}"\}$/,
        ),
        expect.stringMatching(/^id: [1-9]\d*$/),
        expect.stringMatching(/^All of 1 to [1-9]\d* are here\.$/),
        '{"version":1}',
        '{"version":2}',
      ]);
      const streamed = [...readFileSync(join(deployment.home, 'events.txt'), 'utf8').matchAll(/^data: (.*)$/gm)];
      const bodies = streamed.map(([, body = '']) => ({ subject: 'streamed', contentType: cloudEventType, body }));
      expect(bodies.length).toBeGreaterThan(3);
      if (hasCloudEventsSchema) expect(cloudEventFaults(bodies)).toEqual([]);
    },
  );

  test('nothing was parked', async () => expect(await deadLetters()).toEqual([]));

  test("the resident's address is in no log, no stream and no table", async () => {
    const mails = await deployment.json<{ to: string | string[] }[]>('/mailbox.json');
    expect(mails.length).toBeGreaterThanOrEqual(5);
    const folders = ['logs', 'nats', 'postgres']
      .map((name) => `${deployment.home}/${name}`)
      .filter((folder) => existsSync(folder));
    expect(folders.length).toBeGreaterThan(0);
    let found = '';
    try {
      found = execFileSync('grep', ['-rlaF', 'mieszkaniec.example', ...folders], { encoding: 'utf8' });
    } catch (error) {
      if ((error as { status?: number }).status !== 1) throw error;
    }
    expect(found).toBe('');
  });

  test.each<[string, string[], RegExp]>([
    ['whether all is well', ['status'], /✓ catalogue {2}[^]*✓ cases {2}[^]*✓ providers {2}[^]*✓ notifications {2}/],
    ['that the schemas are at head', ['migrate'], /catalogue: at head\n[^]*notifications: at head\n/],
    ['that the broker has all it should', ['streams', 'diff'], /^The broker has every stream/m],
    ['who reads over NATS', ['partners', 'list'], /./],
    ['that nothing is parked', ['dead-letters', 'list', 'notifications'], /^None\.$/m],
    ['what has been disposed of', ['retention'], /^No disposal has been proposed\.$/m],
    ['that the access log is whole', ['verify-access-log', '--service', 'cases'], /cases/],
    ['whom an account has seen', ['accesses', '--account', 'desk-anna'], /"persons": [1-9]/],
  ])(
    'okienko says %s, without being told where anything is',
    async (_, args, says) => {
      const { code, output } = await deployment.run('okienko', undefined, args);
      expect(`${code} ${output}`).toMatch(/^0 /);
      expect(output).toMatch(says);
    },
    60_000,
  );

  test('okienko explains an event that the partner has, from the outbox to its sink', async () => {
    const webhooks = await deployment.json<Webhook[]>('/partner.json');
    const id = webhooks.find(({ type }) => type.endsWith('cases.plan.closed.v1'))?.id ?? '';
    const { code, output } = await deployment.run('okienko', undefined, ['explain', id]);
    expect(`${code} ${output}`).toMatch(/^0 /);
    for (const sentence of [
      / is cases\.plan\.closed\.v1, event \d+ of the plan /,
      /✓ cases stored it at /,
      /✓ It lies in the stream OKIENKO_CASES at \d+\./,
      /✓ notifications handled it at /,
      /✓ powiat \(subscription .* took it at .* \(1 attempt, the last one answered 2\d\d\)/,
    ])
      expect(output).toMatch(sentence);
  });

  test('okienko says what followed from an event, and from which another one did', async () => {
    const webhooks = await deployment.json<Webhook[]>('/partner.json');
    const id = webhooks.find(({ type }) => /cases\.allocation\.referred/.test(type))?.id ?? '';
    const { output } = await deployment.run('okienko', undefined, ['explain', id]);
    const [, caused = ''] =
      /Because of it providers said providers\.service-order\.\S+ at \S+: okienko explain (\S+)/.exec(output) ?? [];
    expect([output, caused]).toEqual([output, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const effect = await deployment.run('okienko', undefined, ['explain', caused]);
    expect(effect.output).toContain(`It followed from another event: okienko explain ${id}`);
  });

  test.each([
    ['catalogue', 'capacities'],
    ['cases', 'offers'],
    ['cases', 'capacities'],
    ['cases', 'programmes'],
    ['providers', 'offers'],
  ])(
    'of %s the copy %s is what its owner said, by the stream and by the archive',
    async (service, copy) => {
      for (const from of ['stream', 'archive']) {
        const { code, output } = await deployment.run('okienko', undefined, ['rebuild', service, copy, '--from', from]);
        expect(`${code} ${output}`).toMatch(/^0 [^]*The copy is what its owner said\.\n$/);
      }
    },
    60_000,
  );

  const browser = chromiumOnPath();
  const shown = `the page shows the journey's acts, events, messages and webhooks${browser ? '' : ' (no Chromium on the path)'}`;
  (browser ? test : test.skip)(
    shown,
    async () => {
      const chrome = await chromium.launch(browser);
      try {
        const page = await chrome.newPage();
        const faults: string[] = [];
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        await page.goto(deployment.page);
        const texts = [
          'Everything is ready.',
          'Description of course and results on file: plan closed',
          'cases.plan.closed.v1',
          'Masz wiadomość z CUS',
          'signature verified',
        ];
        for (const text of texts) await page.getByText(text).first().waitFor({ timeout: 15_000 });
        expect(faults).toEqual([]);
      } finally {
        await chrome.close();
      }
    },
    60_000,
  );

  test.each(services)(
    'when %s is killed during a journey and starts again, the journey ends all the same',
    async (name) => {
      const kill = async (): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, 700 + Math.random() * 600));
        const victim = (await status()).services.find((service) => service.name === name);
        process.kill(victim?.pid ?? 0, 'SIGKILL');
      };
      const { code, output } = await deployment.run('journey', kill);
      expect(`${code} ${output}`).toContain('webhook at the partner: cases.plan.closed.v1, signature verified');
      expect(code).toBe(0);
      await eventually(async () => expect((await status()).ready).toBe(true), 20_000);
      expect(await deadLetters()).toEqual([]);
    },
    90_000,
  );

  test('after kill -9 of the launcher the next start resumes where this one stopped, and a stop leaves nothing behind', async () => {
    const before = await status();
    await deployment.stop('SIGKILL');
    await deployment.start('--no-journey');
    expect(deployment.output).toContain('all there from the last time');
    const after = await status();
    expect(after.ready).toBe(true);
    expect(after.services.map(({ pid }) => pid)).not.toEqual(before.services.map(({ pid }) => pid));
    await deployment.stop();
    for (const { url } of after.services) expect(await isOpen(url)).toBe(false);
    expect(await isOpen(deployment.page)).toBe(false);
  }, 120_000);
});
