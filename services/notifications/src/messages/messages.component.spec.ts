import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { loadConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { feeOverdueV1 } from '@okienko/contracts/cases/fee-overdue.v1';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personDeathCorrectedV1 } from '@okienko/contracts/cases/person-death-corrected.v1';
import { personDiedV1 } from '@okienko/contracts/cases/person-died.v1';
import { personMergeReversedV1 } from '@okienko/contracts/cases/person-merge-reversed.v1';
import { personMergedV1 } from '@okienko/contracts/cases/person-merged.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { planClosedV1 } from '@okienko/contracts/cases/plan-closed.v1';
import { planEndedV1 } from '@okienko/contracts/cases/plan-ended.v1';
import { waitingListEntryPlaceOfferedV1 } from '@okienko/contracts/cases/waiting-list-entry-place-offered.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { MessageFailedV1 } from '@okienko/contracts/notifications/message-failed.v1';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { SMTPServer } from 'smtp-server';
import { NotificationsConfig } from '../config';
import { notificationsService } from '../service';

interface Mail {
  readonly to: string;
  readonly raw: string;
}

/** A mail server that answers a recipient with the next of the codes set for it, else takes the mail. */
class MailServer {
  readonly mails: Mail[] = [];
  readonly answers = new Map<string, number[]>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const code = this.answers.get(address)?.shift();
      done(code === undefined ? null : Object.assign(new Error('refused by the test'), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      void buffer(stream).then((raw) => {
        this.mails.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw: raw.toString() });
        done();
      });
    },
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

jest.setTimeout(30_000);

const staff = { sub: 'desk-anna', roles: ['desk'] } as const;
const header = ({ raw }: Mail, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'mi').exec(raw)?.[1]?.trim();

describe('messages to people', () => {
  const mailServer = new MailServer();
  let sealing: SealingKeyPair;
  let environment: Record<string, string>;
  let service: ServiceUnderTest;

  beforeAll(async () => {
    sealing = await generateSealingKeyPair();
    environment = {
      MASTER_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: await mailServer.start(),
      MAIL_FROM: 'CUS Elbląg <wiadomosci@cus.example.pl>',
      MESSAGE_GRACE_SECONDS: '2',
      MESSAGE_ATTEMPTS: '2',
    };
    service = await startForTest(notificationsService, environment);
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await mailServer.stop();
  });

  const contactOf = async (personId: string, contact: object, sequence = 1): Promise<string> => {
    const inside = { personId, name: 'Anna Zielińska', language: 'pl', form: 'STANDARD', ...contact };
    const recipient = await seal(sealing.publicJwk, inside);
    return service.publish(event(personContactChangedV1, personId, { recipient }), { sequence });
  };
  const knownPerson = async (contact: object = {}): Promise<{ personId: string; email: string }> => {
    const personId = randomUUID();
    const email = `${personId}@example.pl`;
    await contactOf(personId, { email, ...contact });
    await service.eventually(async () => {
      expect(await service.sql('select 1 from recipient where person_id = $1', [personId])).toHaveLength(1);
    });
    return { personId, email };
  };
  const heard = async (fact: DomainEvent, sequence = 1): Promise<void> => {
    const eventId = await service.publish(fact, { sequence });
    await service.eventually(async () =>
      expect(await service.sql('select 1 from inbox where event_id = $1', [eventId])).toHaveLength(1),
    );
  };
  /** As both records state it. */
  const merge = async (survivorId: string, duplicateId: string): Promise<void> => {
    const facts = { survivorId, duplicateId, evidence: 'IDENTITY_DOCUMENT' };
    for (const id of [survivorId, duplicateId]) await heard(event(personMergedV1, id, facts));
  };
  const approvePlan = (personId: string): Promise<string> =>
    service.publish(
      event(planApprovedV1, randomUUID(), { personId, authorisationId: randomUUID(), approvedOn: '2026-03-02' }),
      { sequence: 1 },
    );
  const messageAbout = async (causeId: string): Promise<{ id: string; state: string; reasonCode: string | null }> =>
    service.eventually(async () => {
      const [message] = await service.sql<{ id: string; state: string; reasonCode: string | null }>(
        'select id, state, reason_code as "reasonCode" from message where cause_id = $1',
        [causeId],
      );
      if (!message) throw new Error('no message yet');
      return message;
    });
  const settled = async (causeId: string, state: string): Promise<{ id: string; reasonCode: string | null }> =>
    service.eventually(async () => {
      const message = await messageAbout(causeId);
      expect(message.state).toBe(state);
      return message;
    });
  /** The server has given all but so many of its answers, and what it said has been recorded. */
  const answered = async (email: string, left: number): Promise<void> => {
    await service.eventually(() => expect(mailServer.answers.get(email)).toHaveLength(left));
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const due = (id: string) => service.sql(`update message set next_attempt_at = now() where id = $1`, [id]);
  const taskAbout = async (personId: string) => {
    const { body } = await service.http<{ items: { id: string; version: number; causeId: string; state: string }[] }>(
      'GET',
      `/tasks?personId=${personId}`,
      { as: staff },
    );
    return body.items;
  };

  it('a person is told once, in their language, when their plan has been approved', async () => {
    const { personId, email } = await knownPerson({ language: 'uk' });
    const causeId = await approvePlan(personId);
    const { id } = await settled(causeId, 'SENT');

    const about = { causeId, personId, template: 'plan-approved', channel: 'EMAIL' };
    expect(await service.published('notifications.message.queued.v2', id)).toMatchObject({
      sequence: '0000000001',
      causationid: causeId,
      data: about,
    });
    expect(await service.published('notifications.message.sent.v2', id)).toMatchObject({
      sequence: '0000000002',
      causationid: causeId,
      data: about,
    });
    const [mail, ...more] = mailServer.to(email);
    expect(more).toEqual([]);
    expect(header(mail as Mail, 'Message-ID')).toBe(`<${id}@cus.example.pl>`);
    expect(header(mail as Mail, 'Auto-Submitted')).toBe('auto-generated');
    expect(header(mail as Mail, 'Content-Language')).toBe('uk');
  });

  it('what was said can be read by staff, leaves a trace, and is not in the list or readable in the database', async () => {
    const { personId, email } = await knownPerson();
    const { id } = await settled(await approvePlan(personId), 'SENT');

    const list = await service.http<{ items: object[] }>('GET', `/messages?personId=${personId}&state=SENT`, {
      as: staff,
    });
    expect(list.status).toBe(200);
    expect(list.body.items).toEqual([
      expect.objectContaining({ id, version: 2, personId, state: 'SENT', template: 'plan-approved' }),
    ]);
    expect(JSON.stringify(list.body)).not.toContain('CUS');

    const one = await service.http('GET', `/messages/${id}`, { as: staff });
    expect(one.body['letter']).toMatchObject({ language: 'pl', subject: 'Masz wiadomość z CUS' });
    expect((one.body['letter'] as { text: string }).text).toContain('Twój plan jest zatwierdzony.');
    expect(
      await service.sql(`select actor, role, act, field_groups from access_log where person_id = $1 and act = 'READ'`, [
        personId,
      ]),
    ).toEqual([{ actor: 'desk-anna', role: 'desk', act: 'READ', field_groups: ['correspondence'] }]);

    const [stored] = await service.sql<{ row: string }>(
      `select encode(m.content, 'escape') || encode(r.name, 'escape') || encode(r.email, 'escape') as row
       from message m join recipient r using (person_id) where m.id = $1`,
      [id],
    );
    for (const secret of ['CUS', 'Zieli', email]) expect(stored?.row).not.toContain(secret);
  });

  it('the access log cannot be changed by the service itself', async () => {
    await expect(service.sql('delete from access_log')).rejects.toThrow('append-only');
    await expect(service.sql(`update access_log set actor = 'nobody'`)).rejects.toThrow('append-only');
  });

  it('other roles see no messages, and what does not exist is not found', async () => {
    expect((await service.http('GET', '/messages', { as: { roles: ['partner'], partnerId: 'powiat' } })).status).toBe(
      403,
    );
    expect((await service.http('GET', '/messages')).status).toBe(401);
    expect((await service.http('GET', `/messages/${randomUUID()}`, { as: staff })).status).toBe(404);
    expect((await service.http('GET', '/messages?state=LOST', { as: staff })).status).toBe(400);
  });

  it('the newest contact details count', async () => {
    const { personId, email } = await knownPerson();
    await contactOf(personId, { email: `new-${email}` }, 2);
    await service.eventually(async () => {
      expect(await service.sql('select sequence from recipient where person_id = $1', [personId])).toEqual([
        { sequence: 2 },
      ]);
    });
    await settled(await approvePlan(personId), 'SENT');
    expect(mailServer.to(email)).toHaveLength(0);
    expect(mailServer.to(`new-${email}`)).toHaveLength(1);
  });

  it('a message waits for contact details that come later than the event', async () => {
    const personId = randomUUID();
    const email = `${personId}@example.pl`;
    const causeId = await approvePlan(personId);
    expect((await messageAbout(causeId)).state).toBe('QUEUED');
    await contactOf(personId, { email, language: 'en' });
    await settled(causeId, 'SENT');
    expect(header(mailServer.to(email)[0] as Mail, 'Subject')).toBe('You have a message from CUS');
    expect(await taskAbout(personId)).toEqual([]);
  });

  it('when contact details never come, staff are asked to reach the person', async () => {
    const personId = randomUUID();
    const causeId = await approvePlan(personId);
    const { id } = await settled(causeId, 'FAILED');
    const failed = await service.published<MessageFailedV1>('notifications.message.failed.v2', id);
    expect(failed.data).toEqual({
      causeId,
      personId,
      template: 'plan-approved',
      audience: 'PERSON',
      standing: 'INFORMATIVE',
      channel: 'EMAIL',
      reasonCode: 'NO_ADDRESS',
    });
    const [task] = await taskAbout(personId);
    expect(task).toMatchObject({ causeId, state: 'OPEN' });
    expect((await service.published('notifications.task.opened.v1', task?.id)).data).toEqual({
      causeId,
      personId,
      kind: 'REACH_PERSON',
    });
  });

  it('a person without e-mail becomes a task, which staff complete once', async () => {
    const { personId } = await knownPerson({ email: undefined, phone: '+48 600 000 000' });
    const causeId = await approvePlan(personId);
    const task = await service.eventually(async () => {
      const [found] = await taskAbout(personId);
      if (!found) throw new Error('no task yet');
      return found;
    });
    expect(await service.sql('select 1 from message where cause_id = $1', [causeId])).toEqual([]);

    const path = `/tasks/${task.id}/completion`;
    const body = { outcome: 'SPOKE' };
    expect((await service.http('POST', path, { as: { roles: ['auditor'] }, body, ifMatch: 1 })).status).toBe(403);
    expect((await service.http('POST', path, { as: staff, body })).status).toBe(428);
    expect((await service.http('POST', path, { as: staff, body, ifMatch: 7 })).status).toBe(412);
    expect((await service.http('POST', path, { as: staff, body: { outcome: 'FORGOT' }, ifMatch: 1 })).status).toBe(400);

    const key = randomUUID();
    const first = await service.http('POST', path, { as: staff, body, ifMatch: 1, key });
    const again = await service.http('POST', path, { as: staff, body, ifMatch: 1, key });
    expect(first).toMatchObject({ status: 200, body: { id: task.id, version: 2 } });
    expect(again.body).toEqual(first.body);
    expect((await service.http('POST', path, { as: staff, body: { outcome: 'WROTE' }, ifMatch: 1, key })).status).toBe(
      422,
    );
    expect((await service.http('POST', path, { as: staff, body, ifMatch: 2 })).status).toBe(409);
    const completed = await service.published('notifications.task.completed.v1', task.id);
    expect(completed.data).toEqual({
      causeId,
      personId,
      kind: 'REACH_PERSON',
      outcome: 'SPOKE',
      completedBy: 'desk-anna',
    });
    expect(service.events('notifications.task.completed.v1').filter(({ subject }) => subject === task.id)).toHaveLength(
      1,
    );
  });

  it('a mailbox that does not exist ends in a task at once', async () => {
    const { personId, email } = await knownPerson();
    mailServer.answers.set(email, [550]);
    const { reasonCode } = await settled(await approvePlan(personId), 'FAILED');
    expect(reasonCode).toBe('REFUSED');
    expect(await taskAbout(personId)).toHaveLength(1);
  });

  it('a mail server in trouble is tried again later, under the same Message-ID', async () => {
    const { personId, email } = await knownPerson();
    mailServer.answers.set(email, [451]);
    const { id } = await messageAbout(await approvePlan(personId));
    await answered(email, 0);
    await service.eventually(async () => {
      const [row] = await service.sql<{ wait: number }>(
        `select extract(epoch from next_attempt_at - now())::int as wait from message where id = $1 and attempts = 1`,
        [id],
      );
      expect(row?.wait).toBeGreaterThan(5);
      expect(row?.wait).toBeLessThan(15);
    });
    await due(id);
    await service.published('notifications.message.sent.v2', id);
    expect(mailServer.to(email).map((mail) => header(mail, 'Message-ID'))).toEqual([`<${id}@cus.example.pl>`]);
  });

  it('a mail server that stays in trouble ends in a task', async () => {
    const { personId, email } = await knownPerson();
    mailServer.answers.set(email, [451, 451]);
    const causeId = await approvePlan(personId);
    const { id } = await messageAbout(causeId);
    await answered(email, 1);
    await due(id);
    expect((await settled(causeId, 'FAILED')).reasonCode).toBe('UNREACHABLE');
    expect(await taskAbout(personId)).toHaveLength(1);
  });

  it('a message whose record was lost goes out again once its lease is over, known by its Message-ID', async () => {
    const { personId, email } = await knownPerson();
    const causeId = await approvePlan(personId);
    const { id } = await settled(causeId, 'SENT');
    const lost = (lease: string) =>
      service.sql(
        `update message set state = 'QUEUED', settled_at = null, next_attempt_at = now() + $2::interval where id = $1`,
        [id, lease],
      );
    await lost('1 hour');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(mailServer.to(email)).toHaveLength(1);
    await lost('-1 second');
    await settled(causeId, 'SENT');
    expect(mailServer.to(email).map((mail) => header(mail, 'Message-ID'))).toEqual([
      `<${id}@cus.example.pl>`,
      `<${id}@cus.example.pl>`,
    ]);
  });

  it('nobody writes to the dead: what is queued is given up, what comes later is not begun, and staff are not sent', async () => {
    const { personId, email } = await knownPerson();
    mailServer.answers.set(email, [451]);
    const causeId = await approvePlan(personId);
    const { id } = await messageAbout(causeId);
    await service.eventually(async () => {
      expect(
        await service.sql(
          "select 1 from message where id = $1 and attempts = 1 and next_attempt_at < now() + interval '30 s'",
          [id],
        ),
      ).toHaveLength(1);
    });
    const plan = randomUUID();
    await service.publish(event(planEndedV1, plan, { personId, endedOn: '2026-03-02', reason: 'DEATH' }), {
      sequence: 1,
    });
    const last = await service.publish(event(planClosedV1, plan, { personId, closedOn: '2026-03-09' }), {
      sequence: 2,
    });
    expect((await settled(causeId, 'FAILED')).reasonCode).toBe('RECIPIENT_DIED');
    await service.eventually(async () =>
      expect(await service.sql('select 1 from inbox where event_id = $1', [last])).toHaveLength(1),
    );
    expect(await service.sql('select template from message where person_id = $1', [personId])).toEqual([
      { template: 'plan-approved' },
    ]);
    expect(await taskAbout(personId)).toEqual([]);
    expect(mailServer.to(email)).toEqual([]);
  });

  it('a recorded death silences everything from then on, until the record turns out wrong', async () => {
    const { personId, email } = await knownPerson();
    const facts = { personId, authorisationId: randomUUID(), approvedOn: '2026-03-02' };
    await heard(event(personDiedV1, personId, { diedOn: '2026-03-02', source: 'FAMILY' }), 1);
    await heard(event(planApprovedV1, randomUUID(), facts));
    expect(await service.sql('select template from message where person_id = $1', [personId])).toEqual([]);
    expect(await taskAbout(personId)).toEqual([]);

    await heard(event(personDeathCorrectedV1, personId, { reasonCode: 'ANOTHER_PERSON' }), 2);
    await heard(event(planEndedV1, randomUUID(), { personId, endedOn: '2026-03-02', reason: 'DEATH' }));
    await settled(await approvePlan(personId), 'SENT');
    expect(mailServer.to(email)).toHaveLength(1);
  });

  it('letters about a merged record go to the contact of the one that goes on, until the merge is reversed', async () => {
    const [survivor, duplicate] = [await knownPerson({ language: 'en' }), await knownPerson()];
    await merge(survivor.personId, duplicate.personId);
    await settled(await approvePlan(duplicate.personId), 'SENT');
    const [mail, ...more] = mailServer.to(survivor.email);
    expect(more).toEqual([]);
    expect(header(mail as Mail, 'Content-Language')).toBe('en');
    expect(mailServer.to(duplicate.email)).toEqual([]);

    const facts = { survivorId: survivor.personId, duplicateId: duplicate.personId };
    for (const id of Object.values(facts)) await heard(event(personMergeReversedV1, id, facts), 2);
    await settled(await approvePlan(duplicate.personId), 'SENT');
    expect(mailServer.to(duplicate.email)).toHaveLength(1);
    expect(mailServer.to(survivor.email)).toHaveLength(1);
  });

  it('what waits for the address of a duplicate is written to the survivor, known before the merge or after it', async () => {
    const known = await knownPerson();
    const [before, after, survivorId] = [randomUUID(), randomUUID(), randomUUID()];
    const [one, other] = [await approvePlan(before), await approvePlan(after)];
    for (const cause of [one, other]) await messageAbout(cause);
    await service.sql("update message set next_attempt_at = now() + interval '1 h' where cause_id = any($1)", [
      [one, other],
    ]);
    await merge(known.personId, before);
    await settled(one, 'SENT');
    expect(mailServer.to(known.email)).toHaveLength(1);
    await merge(survivorId, after);
    await contactOf(survivorId, { email: `${survivorId}@example.pl` });
    await settled(other, 'SENT');
    expect(mailServer.to(`${survivorId}@example.pl`)).toHaveLength(1);
  });

  it.each(['survivor', 'duplicate'] as const)(
    'the death of the %s silences both records of the person',
    async (dead) => {
      const people = { survivor: await knownPerson(), duplicate: await knownPerson() };
      const diedOn = event(personDiedV1, people[dead].personId, { diedOn: '2026-03-02', source: 'FAMILY' });
      mailServer.answers.set(people.survivor.email, [451]);
      await merge(people.survivor.personId, people.duplicate.personId);
      const queued = await approvePlan(people.duplicate.personId);
      await answered(people.survivor.email, 0);
      await heard(diedOn, 2);
      expect((await settled(queued, 'FAILED')).reasonCode).toBe('RECIPIENT_DIED');
      for (const { personId } of Object.values(people)) {
        await heard(event(planClosedV1, randomUUID(), { personId, closedOn: '2026-03-09' }));
        const later = "select 1 from message where person_id = $1 and template = 'plan-closed'";
        expect(await service.sql(later, [personId])).toEqual([]);
        expect(await taskAbout(personId)).toEqual([]);
      }
    },
  );

  it('a death that was recorded before the merge silences what the other record has queued', async () => {
    const [survivor, duplicate] = [await knownPerson(), await knownPerson()];
    mailServer.answers.set(survivor.email, [451]);
    const queued = await approvePlan(survivor.personId);
    await answered(survivor.email, 0);
    await heard(event(personDiedV1, duplicate.personId, { diedOn: '2026-03-02', source: 'FAMILY' }), 1);
    const merged = { survivorId: survivor.personId, duplicateId: duplicate.personId, evidence: 'IDENTITY_DOCUMENT' };
    await heard(event(personMergedV1, duplicate.personId, merged), 2);
    expect((await settled(queued, 'FAILED')).reasonCode).toBe('RECIPIENT_DIED');
  });

  it('a person is told of a place that is kept for them, with the last day to answer', async () => {
    const { personId } = await knownPerson();
    const causeId = await service.publish(
      event(waitingListEntryPlaceOfferedV1, randomUUID(), {
        applicationId: randomUUID(),
        itemId: randomUUID(),
        personId,
        offerId: randomUUID(),
        programmeId: randomUUID(),
        serviceCode: 'teleopieka',
        offeredOn: '2026-03-02',
        answerBy: '2026-03-09',
      }),
      { sequence: 1 },
    );
    const { id } = await settled(causeId, 'SENT');
    const { body } = await service.http('GET', `/messages/${id}`, { as: staff });
    const { text } = body['letter'] as { text: string };
    expect(text).toContain('poniedziałek, 9 marca 2026');
    expect(text).not.toContain('teleopieka');
  });

  it('a person is told of an unpaid fee, and partners are not', async () => {
    const { personId } = await knownPerson();
    const causeId = await service.publish(
      event(feeOverdueV1, randomUUID(), {
        applicationId: randomUUID(),
        itemId: randomUUID(),
        personId,
        chargeId: randomUUID(),
        dueOn: '2026-03-02',
        openGrosze: 3000,
      }),
      { sequence: 1 },
    );
    await settled(causeId, 'SENT');
    expect(await service.sql('select 1 from feed_event where id = $1', [causeId])).toEqual([]);
  });

  it('two replicas send forty messages once each', async () => {
    const config = loadConfig(NotificationsConfig, {
      DATABASE_URL: service.database.app,
      NATS_URL: process.env['TEST_NATS_URL'],
      EVENT_NAMESPACE: service.namespace,
      OIDC_ISSUER: service.issuer.url,
      LOG_LEVEL: 'silent',
      ...environment,
    });
    const replica = await createService(notificationsService, config);
    try {
      const people = await Promise.all(Array.from({ length: 40 }, () => knownPerson()));
      const causes = await Promise.all(people.map(({ personId }) => approvePlan(personId)));
      await service.eventually(async () => {
        const [row] = await service.sql<{ sent: number }>(
          `select count(*)::int as sent from message where cause_id = any($1) and state = 'SENT'`,
          [causes],
        );
        expect(row?.sent).toBe(40);
      });
      expect(people.map(({ email }) => mailServer.to(email).length)).toEqual(people.map(() => 1));
    } finally {
      await replica.stop();
    }
  });
});
