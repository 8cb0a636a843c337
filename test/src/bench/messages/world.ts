import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { event } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { notificationsService } from '@okienko/notifications/service';
import { generateSealingKeyPair, seal } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import type { Arrival } from './sink';

/** `notifications` on engines of the benchmark's own, before a mail server that takes everything. */
export interface World {
  readonly service: ServiceUnderTest;
  readonly versions: Readonly<Record<string, string>>;
  /** When each mail arrived, by address. */
  readonly arrivals: Map<string, number>;
  /** Persons whose contact details the service knows. */
  people(count: number): Promise<readonly string[]>;
}

export const addressOf = (personId: string): string => `${personId}@example.pl`;

export async function prepareWorld(closing: Closing, say: (sentence: string) => void): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const { postgres, nats, stop } = await startEngines({ home, ports: 'free', syncAlways: false });
  closing.add(() => stop());
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_NATS_URL'] = nats.url;
  const { port, arrivals } = await startSink(closing);
  const { publicJwk, privateJwk } = await generateSealingKeyPair();
  const service = await startForTest(notificationsService, {
    MASTER_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_KEY: randomBytes(32).toString('base64'),
    SEALING_PRIVATE_KEY: JSON.stringify(privateJwk),
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'cus@cus.example.pl',
  });
  closing.add(() => service.stop());
  return {
    service,
    arrivals,
    versions: { node: process.versions.node, postgres: postgres.version, nats: nats.version },
    async people(count) {
      const ids = Array.from({ length: count }, () => randomUUID());
      for (const personId of ids) {
        const contact = { personId, name: 'Anna Próbna', email: addressOf(personId), language: 'pl', form: 'STANDARD' };
        const recipient = await seal(publicJwk, contact);
        await service.publish(event(personContactChangedV1, personId, { recipient }), { sequence: 1 });
      }
      await service.eventually(async () => {
        const [row] = await service.sql<{ known: number }>(
          'select count(*)::int as known from recipient where person_id = any($1)',
          [ids],
        );
        if (row?.known !== count) throw new Error(`${row?.known} of ${count} are known`);
      }, 120_000);
      return ids;
    },
  };
}

async function startSink(closing: Closing): Promise<{ port: number; arrivals: Map<string, number> }> {
  const arrivals = new Map<string, number>();
  const thread = new Worker(join(__dirname, 'sink.js'));
  closing.add(async () => void (await thread.terminate()));
  const port = await new Promise<number>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', resolve);
  });
  thread.on('message', ({ to, at }: Arrival) => arrivals.set(to, at));
  return { port, arrivals };
}
