import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { casesService } from '@okienko/cases/service';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import type * as accessLog from '@okienko/privacy/access-log';
import type { AccessEntry } from '@okienko/privacy/access-log';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import type { Sql } from '@okienko/privacy/sql';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import type { Latencies, Load } from './load';

/** Whether looks leave a row, and whether the answer waits until the row is on disk. */
export type Mode = 'with' | 'without' | 'unflushed';

/** `cases` on engines of the benchmark's own, durable as in production. */
export interface World {
  readonly service: ServiceUnderTest;
  readonly versions: Readonly<Record<string, string>>;
  readonly personIds: readonly string[];
  log(mode: Mode): void;
  load(concurrency: number, seconds: number): Promise<Latencies>;
}

const desk = { sub: 'desk-anna', roles: ['desk' as const] };

export async function prepareWorld(persons: number, closing: Closing, say: (sentence: string) => void): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const { postgres, nats, stop } = await startEngines({ home, ports: 'free', syncAlways: false });
  closing.add(() => stop());
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_NATS_URL'] = nats.url;
  const { publicJwk } = await generateSealingKeyPair();
  const service = await startForTest(casesService, {
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    SEALING_PUBLIC_KEY: JSON.stringify(publicJwk),
    LOG_LEVEL: 'silent',
  });
  closing.add(() => service.stop());
  const personIds: string[] = [];
  for (let person = 0; person < persons; person += 1) {
    const body = { givenName: 'Żaneta', familyName: 'Łoś', terc: '2861011' };
    const answer = await service.http<{ id: string }>('POST', '/persons', { as: desk, body });
    personIds.push(answer.body.id);
  }
  const thread = new Worker(join(__dirname, 'load.js'));
  closing.add(async () => void (await thread.terminate()));
  const token = await service.issuer.token(desk);
  return {
    service,
    personIds,
    versions: { node: process.versions.node, postgres: postgres.version, nats: nats.version },
    log: switchOfLog(),
    load: (concurrency, seconds) =>
      new Promise((resolve, reject) => {
        thread.once('message', (said: Latencies | string) =>
          typeof said === 'string' ? reject(new Error(said)) : resolve(said),
        );
        thread.postMessage({ url: service.url, token, personIds, concurrency, seconds } satisfies Load);
      }),
  };
}

/** The services have no such switch: here the function itself is exchanged for one that does nothing, or whose commit waits for no disk. */
function switchOfLog(): (mode: Mode) => void {
  const library = createRequire(__filename)('@okienko/privacy/access-log') as Record<string, unknown>;
  const { recordAccess, recordAccesses } = library as unknown as typeof accessLog;
  const nothing = (): Promise<void> => Promise.resolve();
  const unflushed = async (sql: Sql, entry: AccessEntry): Promise<void> => {
    sql.send?.('set local synchronous_commit = off', []);
    await recordAccess(sql, entry);
  };
  const modes = {
    with: { recordAccess, recordAccesses },
    without: { recordAccess: nothing, recordAccesses: nothing },
    unflushed: { recordAccess: unflushed, recordAccesses },
  };
  return (mode) => void Object.assign(library, modes[mode]);
}
