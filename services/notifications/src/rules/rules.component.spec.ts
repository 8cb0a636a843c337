import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '@okienko/chassis/access';
import { applicationCoordinatorAssignedV1 } from '@okienko/contracts/cases/application-coordinator-assigned.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { needsRecognitionScheduledV1 } from '@okienko/contracts/cases/needs-recognition-scheduled.v1';
import { breakGlassOpenedV1 } from '@okienko/contracts/cases/break-glass-opened.v1';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personDiedV1 } from '@okienko/contracts/cases/person-died.v1';
import { planAbandonedV1 } from '@okienko/contracts/cases/plan-abandoned.v1';
import { planActivatedV1 } from '@okienko/contracts/cases/plan-activated.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { representationRecordedV1 } from '@okienko/contracts/cases/representation-recorded.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { notificationsService } from '../service';
import { settlingTime } from './message-rule';
import type { RuleContent } from './rule';
import type { RuleView, RuleWithHistory } from './rules.dto';

jest.setTimeout(60_000);

const organiser = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
const content: RuleContent = {
  events: ['cases.plan.activated.v1'],
  audience: 'PERSON',
  standing: 'INFORMATIVE',
  template: 'plan-approved',
  channels: ['EMAIL'],
  delayMinutes: 0,
  digest: 'NONE',
  stopsOn: ['DEATH'],
  needsProof: false,
  isQuiet: true,
};
const reason = 'Tak uzgodniliśmy z mieszkańcami.';

describe('rules of messages', () => {
  let sealing: SealingKeyPair;
  let service: ServiceUnderTest;

  beforeAll(async () => {
    sealing = await generateSealingKeyPair();
    service = await startForTest(notificationsService, {
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      // Nobody takes mails here: what is queued stays queued.
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'CUS Elbląg <wiadomosci@cus.example.pl>',
      MESSAGE_GRACE_SECONDS: '3600',
      MESSAGE_ATTEMPTS: '50',
    });
  }, 120_000);
  afterAll(() => service?.stop());

  const heard = async (fact: DomainEvent, sequence = 1): Promise<string> => {
    const eventId = await service.publish(fact, { sequence });
    await service.eventually(
      async () => expect(await service.sql('select 1 from inbox where event_id = $1', [eventId])).toHaveLength(1),
      30_000,
    );
    expect(await service.sql('select reason, error from dead_letter where event_id = $1', [eventId])).toEqual([]);
    return eventId;
  };
  const knownPerson = async (contact: object = {}): Promise<string> => {
    const personId = randomUUID();
    const inside = { personId, name: 'Anna Zielińska', language: 'pl', form: 'STANDARD', email: 'a@example.pl' };
    const recipient = await seal(sealing.publicJwk, { ...inside, ...contact });
    await service.publish(event(personContactChangedV1, personId, { recipient }), { sequence: 1 });
    await service.eventually(
      async () => expect(await service.sql('select 1 from recipient where person_id = $1', [personId])).toHaveLength(1),
      30_000,
    );
    return personId;
  };
  const activated = (personId: string): DomainEvent =>
    event(planActivatedV1, randomUUID(), { personId, activatedOn: '2026-03-02' });
  const made = async (rule: Partial<RuleContent> = {}): Promise<string> => {
    const code = `r-${randomUUID()}`;
    const body = { code, rule: { ...content, ...rule }, reason };
    const call = { as: organiser, body, key: randomUUID() };
    const first = await service.http('POST', '/message-rules', call);
    expect(first).toMatchObject({ status: 201, body: { version: 1 } });
    expect((await service.http('POST', '/message-rules', call)).body).toEqual(first.body);
    await settled();
    return code;
  };
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settlingTime));
  const off = async (code: string, ifMatch = 1): Promise<void> => {
    const path = `/message-rules/${code}/switching-off`;
    const call = { as: organiser, body: { reason }, ifMatch, key: randomUUID() };
    const first = await service.http('POST', path, call);
    expect(first).toMatchObject({ status: 200, body: { version: ifMatch + 1 } });
    expect((await service.http('POST', path, call)).body).toEqual(first.body);
  };
  const messagesOf = (personId: string) =>
    service.sql<{ rule: string; edition: number; state: string; channels: string[]; reason_code: string | null }>(
      'select rule, edition, state, channels, reason_code from message where person_id = $1 order by id',
      [personId],
    );

  it('are at first those that the service came with', async () => {
    const { body } = await service.http<RuleView[]>('GET', '/message-rules', { as: organiser });
    expect(body.map(({ code }) => code)).toEqual([
      'application-forwarded',
      'application-qualified',
      'application-received',
      'break-glass-opened',
      'completion-requested',
      'fee-overdue',
      'help-arranged',
      'place-offered',
      'plan-approved',
      'plan-closed',
      'plan-ended',
      'talk-arranged',
    ]);
    expect(body[8]).toMatchObject({ version: 0, edition: 1, isOn: true, comesInForceAt: null });
    for (const { code, rule } of body) {
      const trial = await service.http('POST', '/message-rules/trial', { as: organiser, body: { rule, last: 1 } });
      expect([code, trial.status]).toEqual([code, 200]);
    }
  });

  it('change for what happens from then on, once under one key, and keep their history', async () => {
    const [before, after] = [await knownPerson(), await knownPerson()];
    const code = await made();
    await heard(activated(before));
    const key = randomUUID();
    const body = { rule: { ...content, template: 'plan-ended' }, reason };
    const change = () =>
      service.http('POST', `/message-rules/${code}/editions`, { as: organiser, body, ifMatch: 1, key });
    const first = await change();
    expect(first).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await change()).body).toEqual(first.body);
    const stale = await service.http('POST', `/message-rules/${code}/editions`, { as: organiser, body, ifMatch: 1 });
    expect(stale.status).toBe(412);
    await settled();
    await heard(activated(after));
    expect(await messagesOf(before)).toMatchObject([{ rule: code, edition: 1, state: 'QUEUED' }]);
    expect(await messagesOf(after)).toMatchObject([{ rule: code, edition: 2, state: 'QUEUED' }]);

    const history = await service.http<RuleWithHistory>('GET', `/message-rules/${code}`, { as: organiser });
    expect(history.body.editions).toMatchObject([
      { edition: 2, rule: { template: 'plan-ended' }, decidedBy: 'organiser-ewa', reason },
      { edition: 1, rule: { template: 'plan-approved' }, isOn: true },
    ]);
    const told = await service.published('notifications.rule.changed.v1', String(first.body['id']));
    expect(told.data).toMatchObject({ code, edition: 1, decidedBy: 'organiser-ewa' });
    await off(code, 2);
    await settled();
    const silent = await knownPerson();
    await heard(activated(silent));
    expect(await messagesOf(silent)).toEqual([]);
    await service.published('notifications.rule.switched-off.v1', String(first.body['id']));
    await expect(service.sql('update message_rule_edition set edition = 9')).rejects.toThrow('append-only');
  });

  it('change at the same event on every replica, while events go on', async () => {
    const [code, personId] = [await made(), await knownPerson()];
    const replica = await service.replica();
    try {
      const causes: string[] = [];
      const goOn = async (count: number) => {
        for (let one = 0; one < count; one += 1) {
          causes.push(await service.publish(activated(personId), { sequence: 1 }));
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
      };
      await goOn(15);
      const body = { rule: { ...content, template: 'plan-closed' }, reason };
      const path = `/message-rules/${code}/editions`;
      expect((await service.http('POST', path, { as: organiser, body, ifMatch: 1 })).status).toBe(200);
      await goOn(60);
      const decided = () =>
        service.sql<{ edition: number; due: number }>(
          `select m.edition, case when (f.body::json ->> 'time')::timestamptz >= e.in_force_from then 2 else 1 end as due
           from message m join feed_event f on f.id = m.cause_id
             join message_rule r on r.code = m.rule join message_rule_edition e on e.rule_id = r.id and e.edition = 2
           where m.rule = $1`,
          [code],
        );
      await service.eventually(async () => expect(await decided()).toHaveLength(causes.length), 60_000);
      const editions = await decided();
      expect(editions.filter(({ edition, due }) => edition !== due)).toEqual([]);
      expect(new Set(editions.map(({ edition }) => edition))).toEqual(new Set([1, 2]));
    } finally {
      await replica.stop();
    }
    await off(code, 2);
  });

  it('come into force when they were decided to, and a reader sees what is to come', async () => {
    const inForceFrom = new Date(Date.now() + 3_600_000).toISOString();
    const code = `r-${randomUUID()}`;
    const body = { code, rule: content, reason, inForceFrom };
    expect((await service.http('POST', '/message-rules', { as: organiser, body })).status).toBe(201);
    const view = await service.http('GET', `/message-rules/${code}`, { as: organiser });
    expect(view.body).toMatchObject({ edition: null, isOn: false, comesInForceAt: inForceFrom });
    const early = { ...body, code: `r-${randomUUID()}`, inForceFrom: '2026-01-01T00:00:00Z' };
    const refused = await service.http('POST', '/message-rules', { as: organiser, body: early });
    expect(refused).toMatchObject({ status: 422, body: { type: expect.stringContaining('rule-begins-in-the-past') } });
    const twice = await service.http('POST', '/message-rules', { as: organiser, body });
    expect(twice).toMatchObject({ status: 409, body: { type: expect.stringContaining('rule-exists') } });
  });

  it('are refused with all that is wrong, and nothing is kept', async () => {
    const rule = { ...content, events: ['cases.plan.imagined.v1'], channels: ['SMS'], needsProof: true };
    const refused = await service.http('POST', '/message-rules', {
      as: organiser,
      body: { code: 'unsound', rule, reason },
    });
    expect(refused).toMatchObject({ status: 422, body: { type: expect.stringContaining('rule-unsound') } });
    expect((refused.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/rule/events/0',
      '/rule/channels',
      '/rule/needsProof',
    ]);
    expect((await service.http('GET', '/message-rules/unsound', { as: organiser })).status).toBe(404);
    const malformed = { code: 'unsound', rule: { ...content, channels: ['PIGEON'] }, reason: '' };
    expect((await service.http('POST', '/message-rules', { as: organiser, body: malformed })).status).toBe(400);
    for (const [path, status] of [
      ['%27;--', 404],
      ['%00', 400],
      ['%F0%9F%98%80', 404],
    ] as const)
      expect((await service.http('GET', `/message-rules/${path}`, { as: organiser })).status).toBe(status);
    for (const from of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z']) {
      const trial = { as: organiser, body: { rule: content, from } };
      expect((await service.http('POST', '/message-rules/trial', trial)).status).toBe(200);
    }
  });

  it.each<[string, string, object | undefined, readonly Role[]]>([
    ['GET', '/message-rules', undefined, ['coordinator', 'services-organiser', 'director', 'auditor', 'operator']],
    [
      'GET',
      '/message-rules/plan-closed',
      undefined,
      ['coordinator', 'services-organiser', 'director', 'auditor', 'operator'],
    ],
    ['POST', '/message-rules', {}, ['services-organiser', 'director']],
    ['POST', '/message-rules/trial', {}, ['services-organiser', 'director']],
    ['POST', '/message-rules/plan-closed/editions', {}, ['services-organiser', 'director']],
    ['POST', '/message-rules/plan-closed/switching-off', {}, ['services-organiser', 'director']],
  ])('%s %s is for those whose office it is', async (method, path, body, allowed) => {
    const everyRole = [
      'desk',
      'coordinator',
      'services-organiser',
      'director',
      'finance',
      'provider',
      'partner',
      'auditor',
      'operator',
    ] as const;
    const open: Role[] = [];
    for (const role of everyRole) {
      const as = { sub: `${role}-x`, roles: [role], providerId: randomUUID(), partnerId: 'powiat' };
      const { status } = await service.http(method, path, { as, body, ifMatch: 99 });
      if (status !== 403) open.push(role);
    }
    expect(open.sort()).toEqual([...allowed].sort());
    expect((await service.http(method, path, { body })).status).toBe(401);
  });

  it('give those who answer for the services something to do when matters of another unit are opened', async () => {
    const personId = randomUUID();
    const opened = { personId, account: 'kipus-adam', until: '2026-03-02T12:15:00Z', dueOn: '2026-03-05' };
    const cause = await heard(event(breakGlassOpenedV1, randomUUID(), opened));
    const notices = await service.sql('select person_id, inbox, kind, code, due_at from notice where cause_id = $1', [
      cause,
    ]);
    const dueAt = new Date('2026-03-05T23:00:00Z');
    expect(notices).toEqual([
      {
        person_id: personId,
        inbox: 'role/services-organiser',
        kind: 'TASK',
        code: 'BREAK_GLASS_OPENED',
        due_at: dueAt,
      },
    ]);
    expect(await messagesOf(personId)).toEqual([]);
  });

  it('put what is for staff into their inbox: the account that the event names, else the role', async () => {
    const events = ['cases.application.coordinator-assigned.v1', 'cases.plan.activated.v1'];
    const code = await made({
      events,
      audience: 'COORDINATOR',
      channels: [],
      template: 'new-matter',
      standing: 'LEGAL',
    });
    const personId = await knownPerson();
    const facts = { personId, coordinator: 'kipus-ewa', reasonCode: 'LEAVE' };
    const named = await heard(event(applicationCoordinatorAssignedV1, randomUUID(), facts));
    const open = await heard(activated(personId));
    expect(
      await service.sql('select cause_id, inbox, kind, code from notice where cause_id = any($1) order by inbox', [
        [named, open],
      ]),
    ).toEqual([
      { cause_id: named, inbox: 'account/kipus-ewa', kind: 'TASK', code: 'NEW_MATTER' },
      { cause_id: open, inbox: 'role/coordinator', kind: 'TASK', code: 'NEW_MATTER' },
    ]);
    await off(code);
  });

  it('reach representatives beside the person, and a guardian in place of them', async () => {
    const [personId, representativeId, guardianId] = [randomUUID(), await knownPerson(), await knownPerson()];
    const code = await made({ audience: 'REPRESENTATIVE' });
    const own = await made();
    const recorded = { personId, representativeId, role: 'ACTUAL_CARER', validFrom: '2026-01-01' } as const;
    await heard(event(representationRecordedV1, randomUUID(), recorded));
    const over = { ...recorded, representativeId: guardianId, validTo: '2026-01-31' };
    await heard(event(representationRecordedV1, randomUUID(), over));
    const inside = { personId, name: 'Jan', language: 'pl', form: 'STANDARD', guardianId };
    const recipient = await seal(sealing.publicJwk, inside);
    await heard(event(personContactChangedV1, personId, { recipient }));
    await heard(activated(personId));
    expect(
      await service.sql(
        'select rule, audience, addressee_id, content is not null as "isWritten" from message where person_id = $1 order by audience',
        [personId],
      ),
    ).toEqual([
      { rule: own, audience: 'PERSON', addressee_id: guardianId, isWritten: true },
      { rule: code, audience: 'REPRESENTATIVE', addressee_id: representativeId, isWritten: true },
    ]);
    await off(code);
    await off(own);
  });

  it('leave it to staff to tell a ward whose guardian has died', async () => {
    const [personId, guardianId] = [randomUUID(), await knownPerson()];
    const code = await made();
    const inside = { personId, name: 'Jan', language: 'pl', form: 'STANDARD', guardianId };
    const recipient = await seal(sealing.publicJwk, inside);
    await heard(event(personContactChangedV1, personId, { recipient }));
    const causeId = await heard(activated(personId));
    await heard(event(personDiedV1, guardianId, { diedOn: '2026-03-02', source: 'FAMILY' }));
    expect(await messagesOf(personId)).toMatchObject([{ state: 'FAILED', reason_code: 'NO_ADDRESS' }]);
    expect(await service.sql('select cause_id, template from task where person_id = $1', [personId])).toEqual([
      { cause_id: causeId, template: 'plan-approved' },
    ]);
    await off(code);
  });

  it('send extras to whoever consented, and staff are not asked about the others', async () => {
    const code = await made({ standing: 'EXTRA' });
    const [personId, willing] = [await knownPerson(), await knownPerson()];
    const consent = {
      as: { sub: 'desk-anna', roles: ['desk'] },
      body: { topic: code, channel: 'AT_THE_DESK' },
    } as const;
    expect((await service.http('POST', `/persons/${willing}/consents`, consent)).status).toBe(201);
    await heard(activated(personId));
    await heard(activated(willing));
    expect(await messagesOf(personId)).toEqual([]);
    expect(await messagesOf(willing)).toMatchObject([{ rule: code, state: 'QUEUED' }]);
    expect(await service.sql('select 1 from task where person_id = $1', [personId])).toEqual([]);
    await off(code);
  });

  it('wait as long as they say, and out of the quiet hours of the person', async () => {
    const code = await made({ delayMinutes: 120 });
    const [at, quietFrom] = [new Date(), new Date(Date.now() + 60 * 60_000)];
    const hhmm = (moment: Date) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', hour: '2-digit', minute: '2-digit' }).format(
        moment,
      );
    const quiet = { from: hhmm(quietFrom), to: hhmm(new Date(Date.now() + 180 * 60_000)) };
    const [plain, sleeping] = [await knownPerson(), await knownPerson({ quiet })];
    await heard(activated(plain));
    await heard(activated(sleeping));
    const dueOf = async (personId: string): Promise<number> => {
      const [row] = await service.sql<{ due: Date }>(
        'select next_attempt_at as due from message where person_id = $1',
        [personId],
      );
      return Math.round(((row as { due: Date }).due.getTime() - at.getTime()) / 60_000);
    };
    expect(Math.abs((await dueOf(plain)) - 120)).toBeLessThanOrEqual(1);
    expect(Math.abs((await dueOf(sleeping)) - 180)).toBeLessThanOrEqual(1);
    await off(code);
  });

  it('end with what was withdrawn: a service at once, the application with the last of them', async () => {
    const personId = await knownPerson();
    const applicationId = randomUUID();
    const [one, other] = [randomUUID(), randomUUID()];
    const items = [one, other].map((itemId) => ({ itemId, offerId: randomUUID() }));
    const filedAt = '2026-03-02T08:15:00.000Z';
    const submitted = { personId, applicantRole: 'PERSON', channel: 'DESK', filedAt, items } as const;
    await heard(event(applicationSubmittedV1, applicationId, submitted));
    const talk = { applicationId, personId, scheduledFor: '2026-03-09T09:00:00Z', place: 'CENTRE' } as const;
    await heard(event(needsRecognitionScheduledV1, randomUUID(), talk));
    const states = async () =>
      (await messagesOf(personId)).map(({ rule, state, reason_code }) => [rule, state, reason_code]);
    const queued = [
      ['application-received', 'QUEUED', null],
      ['talk-arranged', 'QUEUED', null],
    ];
    const withdraw = (itemId: string, sequence: number) =>
      heard(event(applicationWithdrawnV1, applicationId, { itemId, personId, offerId: randomUUID() }), sequence);
    await withdraw(one, 2);
    expect(await states()).toEqual(queued);
    await withdraw(other, 3);
    expect(await states()).toEqual([queued[0], ['talk-arranged', 'FAILED', 'MATTER_WITHDRAWN']]);
    await heard(event(needsRecognitionScheduledV1, randomUUID(), talk));
    expect(await states()).toHaveLength(2);
    const code = await made({ stopsOn: ['DEATH', 'WITHDRAWAL'] });
    const plan = activated(personId);
    await heard(plan);
    const facts = { personId, applicationId, reasonCode: 'NO_AGREEMENT', abandonedOn: '2026-03-02' };
    await heard(event(planAbandonedV1, plan.subject, facts), 2);
    expect((await states()).at(-1)).toEqual([code, 'FAILED', 'MATTER_WITHDRAWN']);
    await off(code);
    expect(await service.sql('select 1 from task where person_id = $1', [personId])).toEqual([]);
  });

  it('gather the news of a day into one message, on two replicas, each cause once', async () => {
    const code = await made({ digest: 'DAILY', template: 'digest-of-day' });
    const [personId, dead] = [await knownPerson(), await knownPerson()];
    const causes = [
      await heard(activated(personId)),
      await heard(activated(personId)),
      await heard(activated(personId)),
    ];
    await heard(activated(dead));
    await heard(event(personDiedV1, dead, { diedOn: '2026-03-02', source: 'FAMILY' }));
    expect(await messagesOf(personId)).toEqual([]);
    const items = () =>
      service.sql<{ cause_id: string; message_id: string | null; isSettled: boolean }>(
        `select cause_id, message_id, settled_at is not null as "isSettled" from digest_item where person_id = $1 order by id`,
        [personId],
      );
    expect((await items()).map(({ cause_id }) => cause_id)).toEqual(causes);
    const replica = await service.replica();
    try {
      await service.sql('update digest_item set due_at = now() where rule = $1', [code]);
      await service.eventually(
        async () => expect((await items()).every(({ isSettled }) => isSettled)).toBe(true),
        30_000,
      );
    } finally {
      await replica.stop();
    }
    const [message, ...more] = await service.sql<{ id: string; facts: object; template: string }>(
      'select id, facts, template from message where person_id = $1',
      [personId],
    );
    expect(more).toEqual([]);
    expect(message).toMatchObject({ template: 'digest-of-day', facts: { count: 3 } });
    expect(new Set((await items()).map(({ message_id }) => message_id))).toEqual(new Set([message?.id]));
    expect(await messagesOf(dead)).toEqual([]);
    await off(code);
  });

  it('are tried on what has happened, and nothing changes by it', async () => {
    const [reached, unreached] = [await knownPerson(), await knownPerson({ email: undefined })];
    const start = new Date().toISOString();
    const causes: string[] = [];
    for (const personId of [reached, unreached, randomUUID()]) {
      const facts = { personId, authorisationId: randomUUID(), approvedOn: '2026-03-02' };
      causes.push(await heard(event(planApprovedV1, randomUUID(), facts)));
    }
    const counts = () =>
      service.sql(
        `select (select count(*) from message) as messages, (select count(*) from task) as tasks, (select count(*) from person_key) as keys,
           (select count(*) from message_rule) as rules`,
      );
    const before = await counts();
    const rule = { ...content, events: ['cases.plan.approved.v1', 'cases.fee.overdue.v1'], channels: ['EMAIL', 'SMS'] };
    const trial = await service.http('POST', '/message-rules/trial', { as: organiser, body: { rule, from: start } });
    expect(trial).toMatchObject({
      status: 200,
      body: {
        events: 3,
        matching: 3,
        notKept: ['cases.fee.overdue.v1'],
        outcomes: { MESSAGE: 1, TASK: 1, WAITS_FOR_ADDRESS: 1 },
        byChannel: { EMAIL: 1 },
      },
    });
    const examples = trial.body['examples'] as { causeId: string; personId: string }[];
    expect(examples.map(({ causeId }) => causeId).sort()).toEqual([...causes].sort());
    expect(JSON.stringify(trial.body)).not.toMatch(/Zieli|example\.pl/);
    expect(await counts()).toEqual(before);
    expect(
      await service.sql(`select actor, act from access_log where person_id = $1 and purpose = 'RULE_TRIAL'`, [reached]),
    ).toEqual([{ actor: 'organiser-ewa', act: 'READ' }]);
    const one = await service.http('POST', '/message-rules/trial', { as: organiser, body: { rule, last: 1 } });
    expect(one.body).toMatchObject({ events: 1 });
  });
});
