import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import { freePort } from '@okienko/local/ports';
import { startPartner } from '@okienko/local/partner';
import { TestIssuer } from '@okienko/testing/test-issuer';
import { notificationsService } from '@okienko/notifications/service';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { DataSource } from 'typeorm';
import { digestInSql } from '../checker/read-streams';
import { judgeReception, type Received } from '../checker/reception';
import { Chance } from '../../chance';
import { alter } from '../rig/alter';
import type { Inspection } from '../rig/inspect';
import { type Engines, Rig } from '../rig/rig';
import { RigPlan } from '../rig/rig-tables';
import type { Defect } from './defect';

type Query = DataSource['query'];

const orderClause =
  /and d\.sequence = \(select first\.sequence from dispatch first[\s\S]*?first\.state = 'PENDING'[^)]*\)/;

const events = 12;

/** The real notifications service, and a partner that fails for a while: what was put off must come before what follows it. */
export async function dispatchTrial(
  engines: Engines,
  seed: number,
  harm: (database: DataSource) => void,
): Promise<Inspection> {
  const rig = await Rig.start(engines, `c${randomBytes(5).toString('hex')}`, new Chance(seed), {});
  const partner = await startPartner({ port: await freePort() });
  const issuer = await TestIssuer.start();
  const received: Received[] = [];
  partner.onReceived(({ id, verified, subject, sequence = 0, place = 0, digest }) =>
    received.push({ id, verified, digest, aggregate: `plan ${subject}`, sequence, place }),
  );
  await migrateDatabase(notificationsService, rig.database.notifications.migrate);
  const key = (): string => randomBytes(32).toString('base64');
  const config = loadConfig(notificationsService.config, {
    DATABASE_URL: rig.database.notifications.app,
    NATS_URL: engines.brokerUrl,
    EVENT_NAMESPACE: rig.mark,
    OIDC_ISSUER: issuer.url,
    LOG_LEVEL: 'silent',
    MASTER_KEY: key(),
    WEBHOOK_KEY: key(),
    SEALING_PRIVATE_KEY: JSON.stringify((await generateSealingKeyPair()).privateJwk),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'cus@cus.example.pl',
    ALLOWED_PRIVATE_SINKS: new URL(partner.url).host,
  });
  const service = await createService(notificationsService, config);
  try {
    harm(service.app.get(DataSource));
    await service.app.listen(0, '127.0.0.1');
    const url = await service.app.getUrl();
    partner.use(await subscribe(url, issuer, partner.url));
    partner.failNext(1);
    await rig.startRelay();
    const id = randomUUID();
    for (let count = 0; count < events; count += 1)
      await rig.work.run(async ({ load, save }) => {
        const plan = count === 0 ? new RigPlan(id) : await load(RigPlan, id);
        await save(plan, event(planRedraftedV1, id, { personId: randomUUID() }));
      });
    for (let waited = 0; waited < 200 && received.length < events; waited += 1) await pause(100);
    const { rows } = await rig.admin.query(
      `select id::text, aggregate_type || ' ' || aggregate_id as aggregate, sequence, ${digestInSql('event')} as digest from cases.outbox order by seq`,
    );
    return { committed: rows.length, findings: judgeReception('the partner', rows, received) };
  } finally {
    await service.stop();
    await Promise.all([issuer.stop(), partner.stop()]);
    await rig.stop();
  }
}

async function subscribe(url: string, issuer: TestIssuer, sink: string): Promise<string> {
  const today = dayOf(new Date());
  const post = async (path: string, as: object, body: object): Promise<{ secret: string }> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await issuer.token(as)}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { secret: string };
  };
  const types = ['cases.'];
  await post(
    '/grants',
    { sub: 'director-maria', roles: ['director'] },
    {
      partnerId: 'powiat',
      types,
      validFrom: today,
      validTo: addDays(today, 30),
    },
  );
  return (await post('/subscriptions', { sub: 'powiat', roles: ['partner'], partnerId: 'powiat' }, { sink, types }))
    .secret;
}

export const dispatchWithoutOrder: Defect = {
  name: 'partner dispatch that does not wait for what is before it',
  shows: ['outOfOrder'],
  run: (engines, seed) =>
    dispatchTrial(engines, seed, (database) =>
      alter<Query>(database, 'query', (query) => (text, ...rest) => {
        if (text.includes('from dispatch d') && text.includes('dispatch_lane') && !orderClause.test(text))
          throw new Error('What a lane reads has another form now: this defect must be written anew.');
        return query(text.replace(orderClause, ''), ...rest);
      }),
    ),
};
