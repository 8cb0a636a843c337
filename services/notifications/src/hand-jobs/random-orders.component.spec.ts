import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { as, desk, HandScenario, type Json } from '../scenario';
import type { HandJobView, PrintRunView } from './hand-jobs.dto';

jest.setTimeout(180_000);
let scenario: HandScenario;
let replica: { readonly url: string; stop(): Promise<void> };
beforeAll(async () => {
  scenario = await HandScenario.start();
  replica = await scenario.service.replica();
}, 60_000);
afterAll(async () => {
  await replica?.stop();
  await scenario?.stop();
});

const clerks = [desk, as('desk', 'desk-olga'), as('coordinator', 'koordynator-1')];
const reasons = ['MOVED', 'REFUSED', 'NOT_COLLECTED'] as const;
const acts = ['begin', 'confirm', 'notice', 'receipt', 'return', 'die', 'wait'] as const;
const step = fc.record({
  act: fc.constantFrom(...acts),
  who: fc.nat({ max: clerks.length - 1 }),
  which: fc.nat({ max: 100 }),
  isElsewhere: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** On one of the replicas; anything but a sentence about why not is a fault. */
async function send(path: string, who: number, isElsewhere: boolean, body: Json, version?: number): Promise<Json> {
  const response = await fetch(`${isElsewhere ? replica.url : scenario.service.url}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await scenario.service.issuer.token(clerks[who] ?? desk)}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
      ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(500);
  return (await response.json()) as Json;
}

describe('letters in many hands', () => {
  it('whatever is done with them in whatever order at once, each is posted at most once and none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (script) => {
        const people = await Promise.all(Array.from({ length: 6 }, () => scenario.person()));
        const jobs = await Promise.all(people.map((personId) => scenario.put('LETTER', personId)));
        const runs: string[] = [];
        // Four at a time, so that they get in each other's way.
        for (let at = 0; at < script.length; at += 4)
          await Promise.all(script.slice(at, at + 4).map((one) => perform(one, jobs, people, runs)));
        await finish(runs);
        const ids = jobs.map(({ id }) => id);
        const ends = await scenario.service.sql<{ state: string; message: string; received: string | null }>(
          `select j.state, m.state as message, j.received_on::text as received from hand_job j join message m on m.id = j.message_id
           where j.id = any($1)`,
          [ids],
        );
        expect(ends).toHaveLength(6);
        // Posted and on its way or received; returned and with somebody of the staff; or not to be told any more.
        for (const { state, message } of ends)
          expect(['DONE SENT', 'DONE FAILED', 'RETURNED FAILED', 'CANCELLED FAILED']).toContain(`${state} ${message}`);
        for (const id of ids)
          expect(
            scenario.service.events('notifications.hand-job.done.v1').filter(({ subject }) => subject === id).length,
          ).toBeLessThanOrEqual(1);
        const tasks = await scenario.service.sql(
          `select 1 from hand_job j join message m on m.id = j.message_id left join task t on t.message_id = m.id
           where j.id = any($1) and j.state = 'RETURNED' and m.reason_code <> 'RECIPIENT_DIED' and t.id is null`,
          [ids],
        );
        expect(tasks).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });
});

async function perform(
  { act, who, which, isElsewhere }: Step,
  jobs: HandJobView[],
  people: string[],
  runs: string[],
): Promise<void> {
  const { today } = scenario.clock;
  const { id = '', version = 1 } = await scenario.job(jobs[which % jobs.length]?.id ?? '');
  const run = runs[which % Math.max(runs.length, 1)] ?? '';
  const onJob = (name: string, body: Json) => send(`/hand-jobs/${id}/${name}`, who, isElsewhere, body, version);
  const doIt: Readonly<Record<(typeof acts)[number], () => Promise<unknown>>> = {
    begin: async () => {
      const begun = await send('/print-runs', who, isElsewhere, { most: 1 + (which % 4) });
      if (typeof begun['version'] === 'number') runs.push(String(begun['id']));
    },
    confirm: () => confirm(run, who, isElsewhere, which),
    notice: () => onJob('first-notice', { noticeLeftOn: today }),
    receipt: () => onJob('receipt', { receivedOn: today }),
    return: () => onJob('return', { returnedOn: today, reason: reasons[which % reasons.length] }),
    die: () => (which % 5 === 0 ? scenario.dies(people[which % people.length] ?? '') : Promise.resolve()),
    wait: () => Promise.resolve((scenario.clock.days += which % 4)),
  };
  await doIt[act]();
}

async function confirm(run: string, who: number, isElsewhere: boolean, which: number): Promise<void> {
  const { body } = await scenario.service.http<PrintRunView>('GET', `/print-runs/${run}`, { as: desk });
  const letters = (body.letters ?? []).map(({ id }) => id);
  const registered = letters.map((jobId) => ({ jobId, number: 'RR1PL' }));
  const notPosted = which % 3 === 0 ? letters.slice(0, 1) : [];
  await send(
    `/print-runs/${run}/confirmation`,
    who,
    isElsewhere,
    { postedOn: scenario.clock.today, registered, notPosted },
    body.version,
  );
}

/** Every clerk confirms what is theirs, and the rest is printed. */
async function finish(runs: readonly string[]): Promise<void> {
  for (const run of runs) for (const who of clerks.keys()) await confirm(run, who, false, 1);
  await scenario.service.eventually(async () => {
    const begun = await send('/print-runs', 0, false, {});
    if (typeof begun['version'] === 'number') await confirm(String(begun['id']), 0, false, 1);
    const open = await scenario.service.sql(`select 1 from hand_job where state in ('WAITING', 'TAKEN')`);
    expect(open).toEqual([]);
  }, 30_000);
}
