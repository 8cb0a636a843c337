import { randomBytes } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { CasesConfig } from '../config';
import { gmina, Scenario, today } from '../scenario';
import { casesService } from '../service';
import { DeadlineCommands, toTell } from './deadlines.commands';
import {
  deadlineKinds,
  dropDeadlines,
  meetDeadline,
  type NewDeadline,
  reassignDeadlines,
  startDeadline,
} from './deadlines';

let day = today;
const clock = { now: () => new Date(`${day}T12:00:00Z`) };
let scenario: Scenario;
let replicas: RunningService[];
beforeAll(async () => {
  scenario = await Scenario.start(clock);
  replicas = [await replica(), await replica()];
}, 60_000);
afterEach(() => (day = today));
afterAll(async () => {
  for (const { stop } of replicas) await stop();
  await scenario.stop();
});

/** One more process of the service, on the same database. */
function replica(): Promise<RunningService> {
  const { database, namespace, issuer } = scenario.service;
  const config = loadConfig(CasesConfig, {
    DATABASE_URL: database.app,
    NATS_URL: process.env['TEST_NATS_URL'] ?? '',
    EVENT_NAMESPACE: namespace,
    OIDC_ISSUER: issuer.url,
    LOG_LEVEL: 'silent',
    MASTER_KEY: randomBytes(32).toString('base64'),
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    SEALING_PUBLIC_KEY: JSON.stringify(scenario.notificationsKey.publicJwk),
  });
  return createService(casesService, config, clock);
}

const inOne = <T>(act: (work: Work) => Promise<T> | T): Promise<T> =>
  (replicas[0] as RunningService).app.get(UnitOfWork).run(act);
const tellOnce = ({ app }: RunningService): Promise<boolean> => app.get(DeadlineCommands).tell();
async function tellAll(service = replicas[0] as RunningService): Promise<void> {
  while (await tellOnce(service));
}

const start = async (more: Partial<NewDeadline> = {}): Promise<string> => {
  const subjectId = more.subjectId ?? uuidv7();
  const [warnOn, dueOn] = [addDays(today, 3), addDays(today, 10)];
  const basis = 'art. 40';
  const deadline = { kind: 'PLAN_DRAFT', unit: 'main', terc: gmina, awaited: 'CENTRE', warnOn, dueOn, basis } as const;
  await inOne((work) => startDeadline(work, { ...deadline, ...more, subjectId }));
  const [row] = await scenario.service.sql<{ id: string }>(
    'select id from deadline where subject_id = $1 and ended_at is null',
    [subjectId],
  );
  return row?.id ?? '';
};
const subjectOf = async (id: string): Promise<string> => {
  const [row] = await scenario.service.sql<{ subject: string }>(
    'select subject_id as subject from deadline where id = $1',
    [id],
  );
  return row?.subject ?? '';
};
const told = async (id: string): Promise<string[]> =>
  (await scenario.facts(id)).map((fact) => fact.replace('deadline.', ''));
/** The service's own worker may have some of them in hand. */
const tells = (id: string, ...facts: string[]): Promise<void> =>
  scenario.service.eventually(async () => expect(await told(id)).toEqual(facts));

describe('deadlines', () => {
  it('are told of on the wire by the calendar, with ids, days and the provision', async () => {
    const applicationId = uuidv7();
    const id = await start({ kind: 'APPEAL_HANDOVER', applicationId, basis: 'KPA art. 133', assignee: 'kipus-ewa' });
    day = addDays(today, 3);
    // Nobody asks for it here: the worker of the service looks every few seconds.
    const { data } = await scenario.service.published('cases.deadline.approaching.v1', id);
    expect(data).toEqual({
      kind: 'APPEAL_HANDOVER',
      subjectId: await subjectOf(id),
      applicationId,
      dueOn: addDays(today, 10),
      awaited: 'CENTRE',
      basis: 'KPA art. 133',
    });
  }, 20_000);

  it('are told after a week of downtime what they would have told, once and in order', async () => {
    const id = await start();
    day = addDays(today, 17);
    await Promise.all(replicas.map(tellAll));
    await tells(id, 'approaching', 'reached', 'missed');
    await tellAll();
    expect(await told(id)).toHaveLength(3);
    const metrics = await (await fetch(`${scenario.service.url}/metrics`)).text();
    expect(metrics).toMatch(/okienko_deadlines_overdue\{.*kind="PLAN_DRAFT".*\} 1\n/);
    const { sequence } = await scenario.service.published('cases.deadline.missed.v1', id);
    expect(Number(sequence)).toBe(3);
  });

  it('tell nothing when they are met in time, and nothing more when they are met late or need not be met', async () => {
    const [met, late, dropped] = [await start(), await start(), await start()];
    const meet = async (id: string): Promise<void> => {
      const subject = await subjectOf(id);
      await inOne((work) => meetDeadline(work, 'PLAN_DRAFT', subject));
    };
    await meet(met);
    const subject = await subjectOf(dropped);
    day = addDays(today, 5);
    await tellAll();
    await inOne((work) => dropDeadlines(work, subject));
    await meet(late);
    day = addDays(today, 40);
    await tellAll();
    expect([await told(met), await told(late), await told(dropped)]).toEqual([[], ['approaching'], ['approaching']]);
  });

  it('that no event could carry are not started', async () => {
    for (const basis of ['', 'art. 40\nustawy', 'x'.repeat(101)])
      await expect(start({ basis })).rejects.toThrow('may_be_told');
    expect(await start({ basis: 'KPA art. 57 § 4 – zob. § 3 rozporządzenia' })).not.toBe('');
  });

  it('that are moved tell of the new day as well, in the same history', async () => {
    const id = await start();
    day = addDays(today, 10);
    await tellAll();
    await start({ subjectId: await subjectOf(id), warnOn: addDays(today, 20), dueOn: addDays(today, 25) });
    await tellAll();
    await tells(id, 'approaching', 'reached');
    day = addDays(today, 21);
    await tellAll();
    await tells(id, 'approaching', 'reached', 'approaching');
  });

  it('go over to another account without being told again', async () => {
    const applicationId = uuidv7();
    const id = await start({ applicationId, assignee: 'kipus-ewa' });
    day = addDays(today, 4);
    await tellAll();
    await inOne((work) => reassignDeadlines(work, applicationId, 'kipus-jan'));
    await tellAll();
    await tells(id, 'approaching');
    expect(await scenario.service.sql('select assignee from deadline where id = $1', [id])).toEqual([
      { assignee: 'kipus-jan' },
    ]);
  });

  it('of a kind that only a later version knows are left to it, and hold up no others', async () => {
    const [later, known] = [await start(), await start()];
    await scenario.service.sql(
      `update deadline set kind = 'OF_A_LATER_VERSION', warn_on = $2, due_on = $2 where id = $1`,
      [later, addDays(today, -1)],
    );
    day = addDays(today, 3);
    await tellAll();
    await tells(known, 'approaching');
    expect(await scenario.service.sql('select told from deadline where id = $1', [later])).toEqual([
      { told: 'NOTHING' },
    ]);
    const metrics = await (await fetch(`${scenario.service.url}/metrics`)).text();
    expect(metrics).toMatch(/okienko_deadlines_untold.* 1\n/);
    await scenario.service.sql('delete from deadline where id = $1', [later]);
  });

  it('of a right that lapses end by themselves when they are missed', async () => {
    const id = await start({ kind: 'APPEAL', awaited: 'APPLICANT' });
    day = addDays(today, 11);
    await tellAll();
    await tells(id, 'approaching', 'reached', 'missed');
    expect(await scenario.service.sql('select ending from deadline where id = $1', [id])).toEqual([
      { ending: 'DROPPED' },
    ]);
  });

  it('met at the very moment they are told of are either told of or not, and never afterwards', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => start()));
    const subjects = await Promise.all(ids.map(subjectOf));
    day = addDays(today, 3);
    const meetings = subjects.map((subject) => inOne((work) => meetDeadline(work, 'PLAN_DRAFT', subject)));
    await Promise.all([...replicas.map(tellAll), ...meetings]);
    const before = await Promise.all(ids.map(told));
    for (const facts of before) expect([[], ['approaching']]).toContainEqual(facts);
    day = addDays(today, 30);
    await tellAll();
    expect(await Promise.all(ids.map(told))).toEqual(before);
  });

  it('are told of once and in order, whatever the clock does, with several replicas that come and go', async () => {
    const dates = fc.record({ due: fc.integer({ min: 1, max: 60 }), notice: fc.integer({ min: 0, max: 30 }) });
    const jump = fc.record({ to: fc.integer({ min: 0, max: 70 }), restart: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(dates, { minLength: 130, maxLength: 160 }),
        fc.array(jump, { minLength: 3, maxLength: 6 }),
        async (deadlines, jumps) => {
          day = today;
          const run = uuidv7();
          await inOne((work) =>
            deadlines.forEach(({ due, notice }) =>
              startDeadline(work, {
                kind: 'MONITORING',
                subjectId: uuidv7(),
                applicationId: run,
                unit: 'main',
                terc: gmina,
                awaited: 'CENTRE',
                warnOn: addDays(today, due - notice),
                dueOn: addDays(today, due),
                basis: 'art. 45(1)',
              }),
            ),
          );
          let latest = today;
          for (const { to, restart } of jumps) {
            day = addDays(today, to);
            if (day > latest) latest = day;
            const another = restart ? await replica() : undefined;
            await Promise.all([...replicas, ...(another ? [another] : [])].map(tellAll));
            await another?.stop();
          }
          day = latest;
          await tellAll();
          await scenario.service.eventually(() => allTold(run, deadlines.length, latest));
        },
      ),
      { numRuns: 4 },
    );
  }, 120_000);
});

/** Each deadline of a run has told what was due by that day, once, in order, under the sequences 1, 2, 3. */
async function allTold(run: string, count: number, latest: string): Promise<void> {
  const rows = await scenario.service.sql<{ warnOn: string; dueOn: string; told: string[]; sequences: number[] }>(
    `select to_char(warn_on, 'YYYY-MM-DD') as "warnOn", to_char(due_on, 'YYYY-MM-DD') as "dueOn",
            array_remove(array_agg(split_part(o.event::json ->> 'type', '.', 5) order by o.sequence), null) as told,
            array_remove(array_agg(o.sequence::int order by o.sequence), null) as sequences
     from deadline d left join outbox o on o.aggregate_id = d.id where d.application_id = $1 group by d.id`,
    [run],
  );
  expect(rows).toHaveLength(count);
  for (const { warnOn, dueOn, told: facts, sequences } of rows) {
    const expected = [
      ...(warnOn <= latest ? ['approaching'] : []),
      ...(dueOn <= latest ? ['reached'] : []),
      ...(dueOn < latest ? ['missed'] : []),
    ];
    expect([facts, sequences]).toEqual([expected, expected.map((_, index) => index + 1)]);
  }
}

it('what is to be told is found by its index, however many deadlines run', async () => {
  await scenario.service.sql(
    `insert into deadline (kind, subject_id, unit, terc, awaited, warn_on, due_on, basis)
     select 'MONITORING', gen_random_uuid(), 'far', '2861011', 'CENTRE', current_date + 900 + n % 90, current_date + 1000 + n % 90, 'art. 45(1)'
     from generate_series(1, 20000) n`,
  );
  await scenario.service.sql('analyze deadline');
  const plan = await scenario.service.sql(
    `explain ${toTell
      .replace('$1', `date '${dayOf(clock.now())}'`)
      .replace('$2', '100')
      .replace('$3', `'{${deadlineKinds.join()}}'::text[]`)}`,
  );
  expect(JSON.stringify(plan)).toContain('deadline_to_tell');
  expect(JSON.stringify(plan)).not.toMatch(/Seq Scan|Sort/);
});
