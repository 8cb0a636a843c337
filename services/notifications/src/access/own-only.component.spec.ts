import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Principal, Role } from '@okienko/chassis/access';
import { dataSource } from '@okienko/messaging/data-source';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { atWork } from '@okienko/testing/at-work';
import type { Answer } from '@okienko/testing/service-test';
import { overheardStatements, toldBy } from '@okienko/testing/statements';
import { ofTheChassis, routesIn } from '@okienko/testing/who-may';
import type { DataSource } from 'typeorm';
import { mappings } from '../data-source';
import { partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';
import { InboxCommands } from '../inbox/inbox.commands';
import { whoMay } from './who-may';

jest.setTimeout(60_000);

const routes = routesIn(join(__dirname, '..', '..', 'openapi.json'));
const ofService = routes.filter((route) => route.includes('{') && !isOfTheChassis(route));
const ofPartners = ofService.filter((route) => kindOf(route) === 'subscriptions' && whoMay[route]?.includes('partner'));
const ofInboxes = ofService.filter((route) => kindOf(route) === 'inbox');
/** Of the whole centre: whoever has a role that may call them has all of them, and nothing is hidden from anybody. */
const ofTheCentre = [
  'GET /messages/{id}',
  'GET /messages/{id}/proof',
  'GET /messages/{id}/proof/content',
  'GET /recipients/{personId}',
  'GET /persons/{id}/copy',
  'GET /persons/{id}/consents',
  'POST /persons/{id}/consents',
  'POST /consents/{id}/end',
  'POST /tasks/{id}/completion',
  'GET /hand-jobs/{id}',
  'GET /hand-jobs/{id}/content',
  'POST /hand-jobs/{id}/taking',
  'POST /hand-jobs/{id}/dispatch',
  'POST /hand-jobs/{id}/collection',
  'POST /hand-jobs/{id}/first-notice',
  'POST /hand-jobs/{id}/receipt',
  'POST /hand-jobs/{id}/return',
  'GET /print-runs/{id}',
  'GET /print-runs/{id}/content',
  'POST /print-runs/{id}/confirmation',
  'GET /message-rules/{code}',
  'POST /message-rules/{code}/editions',
  'POST /message-rules/{code}/switching-off',
  'GET /message-templates/{code}',
  'GET /message-templates/{code}/editions',
  'POST /message-templates/{code}/editions',
  'POST /message-templates/{code}/preview',
  'POST /message-templates/{code}/restoration',
  'POST /grants/{id}/revocation',
  'POST /subscriptions/{id}/approval',
  'POST /subscriptions/{id}/refusal',
  'GET /operations/events/{id}/dispatches',
];
/** Each of these acts on the version that the caller knows. Nobody has read one as late as this, so what is there stays as it is. */
const late = 999;
const versioned = new Set(['sink', 'authentication', 'filters', 'signature', 'alert-email', 'acknowledgement']);
const bodies: Readonly<Record<string, object>> = {
  'POST /subscriptions/{id}/acknowledgement': { acknowledged: 1 },
  'POST /subscriptions/{id}/alert-email': { alertEmail: 'dyzur@powiat.example.pl' },
  'POST /subscriptions/{id}/authentication': { kind: 'NONE' },
  'POST /subscriptions/{id}/filters': { types: ['catalogue.'] },
  'POST /subscriptions/{id}/nats-feed': {},
  'POST /subscriptions/{id}/redelivery': { from: 1, to: 2 },
  'POST /subscriptions/{id}/secret-rotation': {},
  'POST /subscriptions/{id}/signature': { signature: 'HMAC' },
  'POST /subscriptions/{id}/sink': { sink: 'https://cus.powiat.example.pl/zdarzenia' },
};

function isOfTheChassis(route: string): boolean {
  return ofTheChassis.open.includes(route) || route in ofTheChassis.whoMay;
}
function kindOf(route: string): string {
  return route.split('/')[1] ?? '';
}

const statementsFor = overheardStatements();
let scenario: WebhookScenario;
let source: DataSource;
/** Ends somebody's work on what is another's: whoever may not see it does not wait for it either. */
let leave: () => Promise<void>;
let theirs: WithEvent;
/** Began later, so that the event of the other was not numbered for it. */
let mine: WithEvent;
let notices: readonly string[];
beforeAll(async () => {
  scenario = await WebhookScenario.start();
  const url = scenario.service.database.app;
  source = await dataSource({ url, mappings, migrations: [], name: 'own only' }).initialize();
  theirs = await ownedWithEvent();
  mine = await ownedWithEvent();
  const unit = { role: 'desk', unit: 'main' } as const;
  notices = await Promise.all([{ sub: 'anna' }, unit, { providerId: randomUUID() }].map(notify));
  const its = `subscription_id = '${theirs.id}'`;
  const rows = [`subscription where id = '${theirs.id}'`, `nats_feed where ${its}`, `dispatch where ${its}`, 'notice'];
  leave = await atWork(url, rows);
}, 60_000);
afterAll(async () => {
  await leave?.();
  await source?.destroy();
  await scenario?.stop();
});

/** A subscription that has everything that one may have. */
async function owned(): Promise<Subscribed> {
  const subscription = await scenario.subscribed({ signature: 'ED25519' });
  const { id, partnerId } = subscription;
  await scenario.service.http('POST', `/subscriptions/${id}/nats-feed`, { as: partner(partnerId), body: {} });
  return subscription;
}

async function notify(to: Parameters<InboxCommands['notify']>[1]['to']): Promise<string> {
  const work = new UnitOfWork(source, scenario.clock);
  const causeId = randomUUID();
  const terms = { causeId, matterId: randomUUID(), to, kind: 'TASK', code: 'REACH_PERSON' } as const;
  await work.run((within) => new InboxCommands(work, scenario.clock).notify(within, terms));
  const [notice] = await scenario.service.sql<{ id: string }>('select id from notice where cause_id = $1', [causeId]);
  return notice?.id ?? '';
}

type WithEvent = Subscribed & { readonly eventId: string };

async function ownedWithEvent(): Promise<WithEvent> {
  const subscription = await owned();
  const eventId = await scenario.withdraw();
  await scenario.posted(subscription.path, 1);
  return { ...subscription, eventId };
}

function call(
  route: string,
  as: Partial<Principal>,
  { id = randomUUID(), eventId = randomUUID() }: Partial<WithEvent> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = '', template = ''] = route.split(' ');
  const act = template.split('/').at(-1) ?? '';
  const query = { digest: '?from=1&to=2', evidence: '?from=1&to=2', explanation: `?eventId=${eventId}` }[act] ?? '';
  const path = template.replace('{id}', id).replace('{eventId}', eventId);
  const body = bodies[route];
  return scenario.service.http(method, `${path}${query}`, {
    as,
    headers,
    ...(body && { body }),
    ...(versioned.has(act) && { ifMatch: late }),
  });
}

function expectAlike(foreign: Answer, unknown: Answer): void {
  expect(foreign.status).toBe(404);
  expect(toldBy(foreign)).toEqual(toldBy(unknown));
  // Nor by how long it takes: both do the same work.
  expect(statementsFor(foreign)).toEqual(statementsFor(unknown));
}

/** What its owner is told: never that it is not there, or that the request was not understood. */
function expectUnderstood(route: string, { status }: Answer): void {
  expect([route, [400, 401, 403, 404, 500].includes(status)]).toEqual([route, false]);
}

it('is asked about every route that names something', () => {
  expect([...ofPartners, ...ofInboxes, ...ofTheCentre].sort()).toEqual(ofService.sort());
});

describe('a partner', () => {
  const strangers = (): Partial<Principal>[] => [
    partner(mine.partnerId),
    { ...partner(mine.partnerId), roles: ['partner', 'desk', 'provider', 'auditor'] },
    { sub: 'of-no-partner', roles: ['partner'] },
  ];

  it.each(ofPartners)('cannot tell by %s whether it is another’s or nobody’s', async (route) => {
    for (const stranger of strangers())
      expectAlike(await call(route, stranger, theirs), await call(route, stranger, { eventId: theirs.eventId }));
    const own = route.includes('{eventId}') ? mine : await owned();
    expectUnderstood(route, await call(route, partner(own.partnerId), own));
  });

  it.each(ofPartners.filter((route) => route.includes('{eventId}')))(
    'cannot tell by %s of its own subscription whether another has the event',
    async (route) => {
      const [{ id }, as] = [mine, partner(mine.partnerId)];
      expectAlike(await call(route, as, { id, eventId: theirs.eventId }), await call(route, as, { id }));
    },
  );

  it('cannot tell by a stream either', async () => {
    const route = 'GET /subscriptions/{id}/events';
    const accept = { Accept: 'text/event-stream' };
    for (const stranger of strangers())
      expectAlike(await call(route, stranger, theirs, accept), await call(route, stranger, {}, accept));
  });

  it('is shown none of another’s subscriptions', async () => {
    const { body } = await scenario.service.http<{ items: { id: string }[] }>('GET', '/subscriptions', {
      as: partner(mine.partnerId),
    });
    expect(body.items.map(({ id }) => id)).toEqual([mine.id]);
  });
});

describe('an inbox', () => {
  const strangers = (route: string): Partial<Principal>[] =>
    (whoMay[route] ?? []).map((role: Role) => ({
      sub: `${role}-elsewhere`,
      roles: [role],
      unit: 'south',
      providerId: randomUUID(),
    }));

  it.each(ofInboxes)('is nobody’s but whose it is: %s', async (route) => {
    for (const stranger of strangers(route)) {
      for (const id of notices) expectAlike(await call(route, stranger, { id }), await call(route, stranger));
    }
    const id = await notify({ sub: 'anna' });
    expectUnderstood(route, await call(route, { sub: 'anna', roles: ['desk'] }, { id }));
  });
});
