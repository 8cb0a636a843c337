import { randomBytes } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { Telemetry } from '@okienko/messaging/telemetry';
import { Turns } from '@okienko/messaging/turns';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { eventually } from './eventually';

const mark = `t${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const consumers = ['providers-reads-cases', 'providers-reads-catalogue'];

describe('the turns of replicas', () => {
  let url: string;
  const replicas: Turns[] = [];

  beforeAll(async () => {
    url = (await createServiceDatabase(admin, mark, role)).providers.app;
  }, 60_000);

  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((turns) => turns.stop()));
  });

  afterAll(() => dropServiceDatabase(admin, mark, role));

  /** A replica that asks for every turn, again and again as a consumer does, and what it has at the moment. */
  function replica(): { turns: Turns; has: () => Promise<string[]> } {
    const turns = new Turns(url, new Telemetry(pino({ level: 'silent' }), new Registry()));
    turns.start();
    replicas.push(turns);
    const has = async (): Promise<string[]> => {
      const answers = consumers.map((name) =>
        Promise.race([
          turns.mine(name).then(() => [name]),
          new Promise<string[]>((resolve) => setTimeout(resolve, 100, [])),
        ]),
      );
      return (await Promise.all(answers)).flat();
    };
    return { turns, has };
  }

  async function terminate(): Promise<void> {
    const client = new Client({ connectionString: admin });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'okienko turns' and usename = $1`,
      [new URL(url).username],
    );
    await client.end();
  }

  it('are held by one, and go to the other when it stops', async () => {
    const first = replica();
    await eventually(async () => expect(await first.has()).toEqual(consumers));
    const second = replica();
    for (let look = 0; look < 5; look += 1) expect(await second.has()).toEqual([]);
    await first.turns.stop();
    await eventually(async () => expect(await second.has()).toEqual(consumers));
  });

  it('are lost with the session, and each has one holder again', async () => {
    const both = [replica(), replica()];
    await eventually(async () => expect((await Promise.all(both.map(({ has }) => has()))).flat()).toHaveLength(2));
    await terminate();
    await eventually(async () => {
      const held = (await Promise.all(both.map(({ has }) => has()))).flat();
      expect(held.toSorted()).toEqual(consumers.toSorted());
    });
  });

  it('are not kept by a replica that stands still', async () => {
    const first = replica();
    await eventually(async () => expect(await first.has()).toEqual(consumers));
    // Its loop is what a frozen process no longer runs; the session stays.
    await first.turns['worker'].stop();
    const second = replica();
    const began = Date.now();
    await eventually(async () => expect(await second.has()).toEqual(consumers), 15_000);
    expect(Date.now() - began).toBeGreaterThan(2_000);
  }, 30_000);

  it('hold nobody up once there are none any more', async () => {
    const first = replica();
    await eventually(async () => expect(await first.has()).toEqual(consumers));
    const second = replica();
    const waits = second.turns.mine('providers-reads-cases');
    await second.turns.stop();
    await waits;
  });
});
