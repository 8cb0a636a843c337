import { addDays, type Day } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { type Condition, given } from '../access/conditions';
import { coordinator, director, organiser, Scenario, today } from '../scenario';
import type { Awaited } from '../deadlines/deadlines';
import { type Bucket, buckets } from './bucket';
import type { Worklist, WorklistItem } from './worklist.dto';
import { worklistStatement } from './worklist-statement';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

interface Dated {
  readonly awaited: Awaited;
  readonly warnOn: Day;
  readonly dueOn: Day;
}

/** The rule once more, in other words than the statement's. */
function bucketOf({ awaited, warnOn, dueOn }: Dated): Bucket {
  if (dueOn < today) return 'LATE';
  if (awaited !== 'CENTRE') return 'WAITING';
  if (dueOn === today) return 'DUE_TODAY';
  return warnOn <= today ? 'APPROACHING' : 'LATER';
}

/** As if all had been told of: the calendar leaves them alone. */
const add = (unit: string, rows: readonly (Dated & { assignee: string | null })[]): Promise<{ id: string }[]> =>
  scenario.service.sql(
    `insert into deadline (kind, subject_id, unit, terc, assignee, awaited, warn_on, due_on, basis, told)
     select 'MONITORING', gen_random_uuid(), $1, '2861011', r.assignee, r.awaited, r."warnOn", r."dueOn", 'art. 45(1)', 'MISSED'
     from jsonb_to_recordset($2) as r (assignee text, awaited text, "warnOn" date, "dueOn" date) returning id`,
    [unit, JSON.stringify(rows)],
  );
const ask = async (query: string, as: object = coordinator): Promise<Worklist> => {
  const { status, body } = await scenario.get(`/worklist${query}`, as);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as unknown as Worklist;
};
/** All pages, so many rows each. */
async function everything(
  query: string,
  as: object,
  limit: number,
  between?: () => Promise<void>,
): Promise<WorklistItem[]> {
  const items: WorklistItem[] = [];
  for (let after = ''; ;) {
    const page = await ask(`${query}&limit=${limit}${after}`, as);
    items.push(...page.items);
    if (page.next === undefined) return items;
    after = `&after=${page.next}`;
    await between?.();
  }
}

const row = fc
  .record({
    assignee: fc.constantFrom('kipus-a', 'kipus-b', null),
    awaited: fc.constantFrom('CENTRE' as const, 'APPLICANT' as const, 'PROVIDER' as const, 'APPEAL_BODY' as const),
    due: fc.oneof(fc.constant(0), fc.integer({ min: -9, max: 20 })),
    notice: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ due, notice, ...rest }) => ({ ...rest, dueOn: addDays(today, due), warnOn: addDays(today, due - notice) }));

describe('a worklist', () => {
  it.each([
    ['CENTRE', -9, -1, 'LATE'],
    ['APPLICANT', -9, -1, 'LATE'],
    ['CENTRE', -9, 0, 'DUE_TODAY'],
    ['PROVIDER', 0, 0, 'WAITING'],
    ['APPEAL_BODY', 22, 30, 'WAITING'],
    ['CENTRE', 0, 1, 'APPROACHING'],
    ['CENTRE', 1, 1, 'LATER'],
  ] as const)('says of what awaits %s, warned of in %s days and due in %s: %s', async (awaited, warn, due, bucket) => {
    const name = `unit-${awaited}-${warn}-${due}`;
    const [{ id } = { id: '' }] = await add(name, [
      { awaited, warnOn: addDays(today, warn), dueOn: addDays(today, due), assignee: null },
    ]);
    const { counts, items, next } = await ask(`?unit=${name}`, organiser);
    expect(counts).toEqual({ LATE: 0, DUE_TODAY: 0, APPROACHING: 0, WAITING: 0, LATER: 0, [bucket]: 1 });
    expect(items).toEqual([
      {
        ...{ id, kind: 'MONITORING', subjectId: expect.any(String) as string, applicationId: null, personId: null },
        ...{ unit: name, terc: '2861011', assignee: null, awaited, basis: 'art. 45(1)', bucket },
        ...{ warnOn: addDays(today, warn), dueOn: addDays(today, due) },
      },
    ]);
    expect(next).toBeUndefined();
  });

  it('is JSON with an address of the next page, known by its content', async () => {
    await add(
      'two',
      [1, 2].map((due) => ({ awaited: 'CENTRE', warnOn: today, dueOn: addDays(today, due), assignee: 'a"\\ą' })),
    );
    const { headers, body } = await scenario.get('/worklist?unit=two&limit=1', organiser);
    const { items, next } = body as unknown as Worklist;
    expect(items.map(({ assignee }) => assignee)).toEqual(['a"\\ą']);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('link')).toContain(`after=${next}`);
    expect(headers.get('etag')).toMatch(/^W\/"/);
  });

  it('puts each running deadline into exactly one bucket, counts them, and lists each once in order of its day', async () => {
    let unit = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), fc.integer({ min: 1, max: 25 }), async (rows, limit) => {
        const name = `unit-${(unit += 1)}`;
        await add(name, rows);
        const { counts } = await ask(`?unit=${name}`, organiser);
        const expected = (bucket: Bucket): number => rows.filter((each) => bucketOf(each) === bucket).length;
        expect(counts).toEqual(Object.fromEntries(buckets.map((bucket) => [bucket, expected(bucket)])));
        const all = await everything(`?unit=${name}`, organiser, limit);
        expect(all.map(({ dueOn }) => dueOn)).toEqual(rows.map(({ dueOn }) => dueOn).sort());
        const seen: string[] = [];
        for (const bucket of buckets) {
          const items = await everything(`?unit=${name}&bucket=${bucket}`, organiser, limit);
          expect(items).toEqual(all.filter((item) => item.bucket === bucket));
          expect(items).toHaveLength(expected(bucket));
          seen.push(...items.map(({ id }) => id));
        }
        expect(new Set(seen).size).toBe(rows.length);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('yields every deadline that stays exactly once while others come and go', async () => {
    const stays = await add('busy', fc.sample(row, 80));
    const goes = await add('busy', fc.sample(row, 40));
    const items = await everything('?unit=busy', organiser, 10, async () => {
      const gone = goes.splice(0, 5).map(({ id }) => id);
      await scenario.service.sql("update deadline set ended_at = now(), ending = 'MET' where id = any($1)", [gone]);
      await add('busy', fc.sample(row, 5));
    });
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(stays.map(({ id }) => id)));
  });

  it('is one’s own, a colleague’s or the unit’s; an organiser sees the unit, and nobody another unit but those who answer for all', async () => {
    const due = { awaited: 'CENTRE', dueOn: today, warnOn: today } as const;
    await add('north', [
      { ...due, assignee: 'kipus-ewa' },
      { ...due, assignee: 'kipus-jan' },
      { ...due, assignee: null },
    ]);
    const here = { ...coordinator, unit: 'north' };
    const assignees = async (query: string, as: object): Promise<(string | null)[]> =>
      (await ask(query, as)).items.map(({ assignee }) => assignee).sort();
    expect(await assignees('', here)).toEqual(['kipus-ewa']);
    expect(await assignees('?assignee=kipus-jan', here)).toEqual(['kipus-jan']);
    expect(await assignees('?unit=north', here)).toHaveLength(3);
    expect(await assignees('', { ...organiser, unit: 'north' })).toHaveLength(3);
    expect(await assignees('?unit=north', director)).toHaveLength(3);
    expect(await assignees('?unit=north&bucket=DUE_TODAY&assignee=kipus-ewa', director)).toEqual(['kipus-ewa']);
    for (const query of ['?unit=north', '?unit=north&assignee=kipus-ewa', '']) {
      const { items, counts } = await ask(query, coordinator);
      expect([items, counts]).toEqual([[], { LATE: 0, DUE_TODAY: 0, APPROACHING: 0, WAITING: 0, LATER: 0 }]);
    }
  });

  it('is not for contractors, and takes no made-up question', async () => {
    expect((await scenario.get('/worklist', { sub: 'p', roles: ['provider'], providerId: 'p' })).status).toBe(403);
    const cursor = (...values: string[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const query of [
      'bucket=NEVER',
      'unit=',
      'assignee=%00',
      'after=x',
      `after=${cursor('2026-13-01', '0197a000-0000-7000-8000-000000000003')}`,
      `after=${cursor('2026-01-01', 'x')}`,
      'sort=desc',
    ])
      expect([query, (await scenario.get(`/worklist?${query}`, coordinator)).status]).toEqual([query, 400]);
  });
});

interface Node {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly Plans?: readonly Node[];
}
interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Node }];
}
type Place = readonly [string, string];
const place: Place = [addDays(today, -2), '00000000-0000-0000-0000-000000000000'];
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe('among 200,000 deadlines', () => {
  beforeAll(async () => {
    await scenario.service.sql(
      `insert into deadline (kind, subject_id, unit, terc, assignee, awaited, warn_on, due_on, basis, told)
       select 'MONITORING', gen_random_uuid(), 'unit-of-' || n % 4, '2861011', 'kipus-' || n % 200,
              (array['CENTRE', 'CENTRE', 'CENTRE', 'APPLICANT', 'PROVIDER'])[1 + n % 5],
              $1::date + n % 97 - 20, $1::date + n % 97 - 10, 'art. 45(1)', 'MISSED'
       from generate_series(1, 200000) n`,
      [today],
    );
    await scenario.service.sql('vacuum (analyze) deadline');
  }, 120_000);

  const questions = [undefined, ...buckets].flatMap((bucket) =>
    [undefined, place].map((after) => [bucket ?? 'ALL', after !== undefined, bucket, after] as const),
  );

  const nodesOfPlan = async (whose: Condition[], bucket?: Bucket, after?: Place): Promise<Node[]> => {
    const { text, values } = worklistStatement(whose, today, 50, bucket, after);
    const [answer] = (await scenario.service.sql(`explain (analyze, format json) ${text}`, values)) as [Explained];
    return nodesOf(answer['QUERY PLAN'][0].Plan);
  };
  const readOf = (nodes: readonly Node[]): number =>
    Math.max(
      ...nodes.filter((node) => node['Node Type'] !== 'Index Only Scan').map((node) => node['Actual Rows'] ?? 0),
    );
  const ofUnit = given('unit = ?', 'unit-of-1');

  // Besides the counts, which never leave the index.
  it.each(questions)('a page of %s of a unit (after a cursor: %s) costs its rows', async (_, __, bucket, after) => {
    const nodes = await nodesOfPlan(ofUnit, bucket, after);
    const types = nodes.map((node) => node['Node Type']);
    expect(new Set(nodes.flatMap((node) => node['Index Name'] ?? []))).toEqual(new Set(['worklist_of_unit']));
    expect(types).toContain('Index Only Scan');
    expect(types.filter((type) => /Seq Scan|Sort|Bitmap/.test(type))).toEqual([]);
    // One more says that there are others.
    expect(readOf(nodes)).toBeLessThanOrEqual(51);
  });

  it.each(questions)('a page of %s of an account (after a cursor: %s) costs its rows', async (_, __, bucket, after) => {
    const nodes = await nodesOfPlan([...ofUnit, ...given('assignee = ?', 'kipus-1')], bucket, after);
    expect(new Set(nodes.flatMap((node) => node['Index Name'] ?? []))).toEqual(new Set(['worklist_of_assignee']));
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    // Where few of their thousand are in the bucket, those may be read at once and sorted.
    expect(readOf(nodes)).toBeLessThanOrEqual(150);
  });

  it('is answered over HTTP', async () => {
    const { counts, items, next } = await ask('?unit=unit-of-1', organiser);
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(50_000);
    expect([items.length, typeof next]).toEqual([50, 'string']);
  });
});
