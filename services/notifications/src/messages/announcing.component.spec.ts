import { randomBytes, randomUUID } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { planActivatedV1 } from '@okienko/contracts/cases/plan-activated.v1';
import { planEndedV1 } from '@okienko/contracts/cases/plan-ended.v1';
import { type CloudEvent, type DomainEvent, envelope, event } from '@okienko/contracts/event';
import { freshContext } from '@okienko/messaging/context';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { NotificationsConfig } from '../config';
import type { RuleContent } from '../rules/rule';
import { notificationsService } from '../service';
import { MessageCommands } from './messages.commands';

jest.setTimeout(240_000);

const people = ['REACHED', 'UNREACHED', 'UNKNOWN', 'DEAD'] as const;
type Kind = (typeof people)[number];
const reasons = ['RESIGNATION', 'PERIOD_OVER'] as const;

/** A rule with its editions: from which minute of the era it counts, and what it says then. */
interface Planned {
  readonly minute: number;
  readonly isOn: boolean;
  readonly content: RuleContent;
}
interface Happened {
  readonly minute: number;
  readonly person: Kind;
  /** Of the end of a plan; else it began. */
  readonly reason?: (typeof reasons)[number] | undefined;
  readonly times: number;
}

const names = ['cases.plan.activated.v1', 'cases.plan.ended.v1'] as const;
const content: fc.Arbitrary<RuleContent> = fc
  .record({
    events: fc.subarray([...names], { minLength: 1 }),
    audience: fc.constantFrom('PERSON' as const, 'REPRESENTATIVE' as const, 'ORGANISER' as const),
    digest: fc.constantFrom('NONE' as const, 'NONE' as const, 'DAILY' as const),
    stopsOnDeath: fc.boolean(),
    asks: fc.boolean(),
  })
  .map(({ events, audience, digest, stopsOnDeath, asks }) => ({
    events,
    audience,
    standing: 'INFORMATIVE',
    template: digest === 'DAILY' && audience !== 'ORGANISER' ? 'digest-of-day' : 'plan-approved',
    channels: audience === 'ORGANISER' ? [] : ['EMAIL'],
    delayMinutes: 0,
    digest: audience === 'ORGANISER' ? 'NONE' : digest,
    stopsOn: stopsOnDeath || audience === 'PERSON' ? ['DEATH'] : [],
    needsProof: false,
    isQuiet: true,
    ...(asks && { when: { field: 'reason', in: ['RESIGNATION'] } }),
  }));
const edition = fc.record({ minute: fc.nat(60), isOn: fc.boolean(), content });
const rules = fc.array(fc.array(edition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
const happenings = fc.array(
  fc.record({
    minute: fc.nat(60),
    person: fc.constantFrom(...people),
    reason: fc.option(fc.constantFrom(...reasons), { nil: undefined }),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('announcing by random rules, events, repetitions and two replicas', () => {
  let sealing: SealingKeyPair;
  let service: ServiceUnderTest;
  const replicas: RunningService[] = [];
  const persons: Partial<Record<Kind, string>> = {};
  let representativeId = '';

  beforeAll(async () => {
    sealing = await generateSealingKeyPair();
    const environment = {
      MASTER_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'CUS Elbląg <wiadomosci@cus.example.pl>',
      MESSAGE_GRACE_SECONDS: '86400',
      MESSAGE_ATTEMPTS: '50',
    };
    service = await startForTest(notificationsService, environment);
    for (let count = 0; count < 2; count += 1)
      replicas.push(
        await createService(
          notificationsService,
          loadConfig(NotificationsConfig, {
            DATABASE_URL: service.database.app,
            NATS_URL: process.env['TEST_NATS_URL'],
            EVENT_NAMESPACE: service.namespace,
            OIDC_ISSUER: service.issuer.url,
            LOG_LEVEL: 'silent',
            ...environment,
          }),
        ),
      );
    representativeId = await known({ email: 'r@example.pl' });
    for (const kind of people) persons[kind] = kind === 'UNKNOWN' ? randomUUID() : await known(kindly[kind]);
    await service.sql('insert into silenced_person (person_id, since) values ($1, now())', [persons.DEAD]);
    for (const personId of Object.values(persons))
      await service.sql(
        `insert into representative (id, person_id, representative_id, valid_from) values ($1, $2, $3, '2020-01-01')`,
        [randomUUID(), personId, representativeId],
      );
  }, 180_000);
  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await service?.stop();
  }, 60_000);

  const kindly = { REACHED: { email: 'a@example.pl' }, UNREACHED: {}, DEAD: { email: 'd@example.pl' } };
  const known = async (contact: object): Promise<string> => {
    const personId = randomUUID();
    const inside = { personId, name: 'Anna', language: 'pl', form: 'STANDARD', ...contact };
    const recipient = await seal(sealing.publicJwk, inside);
    await service.publish(event(personContactChangedV1, personId, { recipient }), { sequence: 1 });
    await service.eventually(
      async () => expect(await service.sql('select 1 from recipient where person_id = $1', [personId])).toHaveLength(1),
      60_000,
    );
    return personId;
  };

  /** Every run has an hour of its own in the years to come, in which no other rule of a run counts. */
  let run = 0;
  const plan = async (planned: readonly (readonly Planned[])[], era: number): Promise<string[]> => {
    const codes: string[] = [];
    for (const editions of planned) {
      const [id, code] = [randomUUID(), `r-${randomUUID()}`];
      codes.push(code);
      const over = { minute: 61, isOn: false, content: (editions[0] as Planned).content };
      await service.sql(
        'insert into message_rule (id, version, code, edition, in_force_from, is_on, content) values ($1, 0, $2, 1, now(), true, $3)',
        [id, code, over.content],
      );
      for (const [index, { minute, isOn, content: said }] of [...editions, over].entries())
        await service.sql(
          `insert into message_rule_edition (rule_id, edition, in_force_from, is_on, content, decided_by, decided_at, reason)
           values ($1, $2, $3, $4, $5, 'test', now(), 'test')`,
          [id, index + 1, new Date(era + minute * 60_000), isOn, said],
        );
    }
    return codes;
  };
  const factOf = ({ person, reason }: Happened): DomainEvent => {
    const personId = String(persons[person]);
    return reason === undefined
      ? event(planActivatedV1, randomUUID(), { personId, activatedOn: '2026-03-02' })
      : event(planEndedV1, randomUUID(), { personId, endedOn: '2026-03-02', reason });
  };

  /** The whole of it in plain words: what each event should have left behind. */
  const expectedOf = (
    planned: readonly (readonly Planned[])[],
    codes: readonly string[],
    { minute, person, reason }: Happened,
    causeId: string,
  ): string[] => {
    const name = reason === undefined ? names[0] : names[1];
    const left = new Set<string>();
    // A rule that the service came with tells the person of the end of a plan.
    if (reason !== undefined && person !== 'DEAD')
      left.add(person === 'UNREACHED' ? `task plan-ended ${persons[person]}` : 'message plan-ended PERSON');
    for (const [index, editions] of planned.entries()) {
      const inForce = editions.findLast((one) => one.minute <= minute);
      const rule = inForce?.content;
      if (!rule || !inForce.isOn || !rule.events.includes(name)) continue;
      if (rule.when && reason !== 'RESIGNATION') continue;
      if (rule.audience === 'ORGANISER') left.add(`notice ${rule.template}`);
      else if (person === 'DEAD' && rule.stopsOn.includes('DEATH')) continue;
      else if (rule.digest === 'DAILY') left.add(`item ${codes[index]} ${rule.audience}`);
      else if (rule.audience === 'PERSON' && person === 'UNREACHED')
        left.add(`task ${rule.template} ${persons[person]}`);
      else left.add(`message ${codes[index]} ${rule.audience}`);
    }
    return [...left].map((one) => `${causeId} ${one}`).sort();
  };
  const leftBy = async (causes: readonly string[]): Promise<string[]> => {
    const rows = await service.sql<{ left: string }>(
      `select cause_id || ' message ' || rule || ' ' || audience as left from message where cause_id = any($1)
       union all select cause_id || ' item ' || rule || ' ' || audience from digest_item where cause_id = any($1)
       union all select cause_id || ' task ' || template || ' ' || person_id from task where cause_id = any($1)
       union all select cause_id || ' notice ' || replace(lower(code), '_', '-') from notice where cause_id = any($1)`,
      [causes],
    );
    return rows.map(({ left }) => left).sort();
  };

  it('leaves with everybody exactly what the rules in force at the time give, once', async () => {
    await fc.assert(
      fc.asyncProperty(rules, happenings, fc.infiniteStream(fc.nat()), async (planned, happened, chance) => {
        run += 1;
        const era = Date.UTC(2030, 0, 1, run * 2);
        const codes = await plan(planned, era);
        const events: CloudEvent[] = happened.map((one) =>
          envelope(factOf(one), 1, new Date(era + one.minute * 60_000), freshContext()),
        );
        const repeated = events.flatMap((one, index) => Array<CloudEvent>(happened[index]?.times ?? 1).fill(one));
        const shuffled = repeated
          .map((one) => ({ one, place: chance.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        await Promise.all(
          replicas.map(async (replica) => {
            for (const one of shuffled) await replica.app.get(MessageCommands).announce(one);
          }),
        );
        const expected = happened.flatMap((one, index) => expectedOf(planned, codes, one, String(events[index]?.id)));
        expect(await leftBy(events.map(({ id }) => id))).toEqual(expected.sort());
      }),
      { numRuns: 25 },
    );
  });
});
