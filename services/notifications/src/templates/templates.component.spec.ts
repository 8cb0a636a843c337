import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '@okienko/chassis/access';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { DataSource } from 'typeorm';
import { NotificationsConfig } from '../config';
import { LetterWriter } from '../messages/letter-writer';
import { type Language, languages } from '../recipients/recipient';
import { notificationsService } from '../service';
import { TemplateQueries } from './templates.queries';

jest.setTimeout(30_000);

const organiser = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
const text = {
  subject: 'Masz wiadomość z CUS',
  text: 'plan jest gotowy.',
  short: 'Plan gotowy. {{ centre }}',
};
const reason = 'Prościej';

describe('texts of messages', () => {
  let service: ServiceUnderTest;
  let database: DataSource;

  beforeAll(async () => {
    const sealing = await generateSealingKeyPair();
    service = await startForTest(notificationsService, {
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
      CENTRE_NAME: 'CUS Elbląg',
    });
    database = await new DataSource({ type: 'postgres', url: service.database.app }).initialize();
  }, 60_000);
  afterAll(async () => {
    await database?.destroy();
    await service?.stop();
  });

  const call = (
    method: string,
    path: string,
    body?: object,
    more: { key?: string; ifMatch?: number; as?: object } = {},
  ): Promise<Answer> => service.http(method, `/message-templates${path}`, { as: organiser, body, ...more });
  const write = (code: string, ifMatch: number, changed: object = {}, more: object = {}): Promise<Answer> =>
    call('POST', `/${code}/editions`, { language: 'pl', ...text, reason, ...changed }, { ifMatch, ...more });
  const eventsAbout = (id: unknown): string[] =>
    service
      .events()
      .filter(({ subject }) => subject === id)
      .map(({ type, data }) =>
        `${type.split('.').slice(-2, -1).join('')} ${(data as { language?: string }).language ?? ''}`.trim(),
      );
  const sent = async (code: string, language: Language): Promise<string> => {
    const writer = new LetterWriter('CUS Elbląg');
    return (await writer.write(code, { language, form: 'STANDARD' }, { count: 3 }, database)).text;
  };

  it('begin as they came with the service, in every language', async () => {
    const { body } = await call('GET', '?limit=200');
    const items = body['items'] as { code: string; version: number; changed: string[] }[];
    expect(items.map(({ code }) => code)).toEqual(items.map(({ code }) => code).sort());
    expect(items.length).toBeGreaterThanOrEqual(15);
    expect(items.every(({ version, changed }) => version === 0 && changed.length === 0)).toBe(true);
    const one = await call('GET', '/talk-arranged');
    expect(one.body).toMatchObject({
      code: 'talk-arranged',
      isShipped: true,
      facts: ['scheduledFor', 'place'],
      words: ['centre', 'when', 'day', 'time', 'where'],
    });
    expect((one.body['texts'] as { language: string; shipped: unknown }[]).map(({ language }) => language)).toEqual(
      languages,
    );
    expect((await call('GET', '/no-such-text')).status).toBe(404);
  });

  it('come a page at a time', async () => {
    const codes: string[] = [];
    let after: string | undefined;
    do {
      const { body } = await call('GET', `?limit=4${after === undefined ? '' : `&after=${after}`}`);
      codes.push(...(body['items'] as { code: string }[]).map(({ code }) => code));
      after = body['next'] as string | undefined;
    } while (after !== undefined);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(15);
    expect((await call('GET', '?after=nonsense')).status).toBe(400);
  });

  it('are written anew, from the next message on, and given back, and nothing of it is forgotten', async () => {
    const first = await write('plan-approved', 0);
    expect([first.status, first.body['version']]).toEqual([200, 1]);
    expect(await sent('plan-approved', 'pl')).toContain('Dzień dobry,\n\nplan jest gotowy.\n\nMasz pytania?');
    expect(await sent('plan-approved', 'uk')).toContain('Ваш план затверджено.');

    const second = await write('plan-approved', 1, { text: 'Twój plan jest gotowy.' });
    const seen = (await call('GET', '/plan-approved')).body as {
      version: number;
      changed: string[];
      texts: { language: string; inForce: { text: string }; shipped: { text: string } | null }[];
    };
    expect([seen.version, seen.changed]).toEqual([2, ['pl']]);
    expect(seen.texts[0]?.inForce.text).toBe('Twój plan jest gotowy.');
    expect(seen.texts[0]?.shipped?.text).toContain('Twój plan jest zatwierdzony.');
    expect(seen.texts[1]?.shipped).toBeNull();

    const restored = await call('POST', '/plan-approved/restoration', { language: 'pl', reason }, { ifMatch: 2 });
    expect([restored.status, restored.body['version']]).toEqual([200, 3]);
    expect(await sent('plan-approved', 'pl')).toContain('Twój plan jest zatwierdzony.');
    const { body } = await call('GET', '/plan-approved/editions');
    expect(
      (body['items'] as { version: number; content: { text: string } | null; savedBy: string; reason: string }[]).map(
        ({ version, content, savedBy }) => [version, content?.text, savedBy],
      ),
    ).toEqual([
      [3, undefined, 'organiser-ewa'],
      [2, 'Twój plan jest gotowy.', 'organiser-ewa'],
      [1, 'plan jest gotowy.', 'organiser-ewa'],
    ]);
    await service.eventually(() =>
      expect(eventsAbout(second.body['id'])).toEqual(['changed pl', 'changed pl', 'restored pl']),
    );
    await expect(service.sql('delete from message_template_edition')).rejects.toThrow('append-only');
  });

  it('that could not be sent are refused with the line, and nothing changes', async () => {
    const { status, body } = await write('plan-closed', 0, { text: 'a\n{{ surname }}', short: 'ż'.repeat(400) });
    expect([status, body['type']]).toEqual([422, expect.stringContaining('template-faulty')]);
    expect(body['errors']).toEqual([{ pointer: '/text', detail: 'Line 2: nothing tells it surname, only centre.' }]);
    expect((await call('GET', '/plan-closed')).body['version']).toBe(0);
    const blank = await write('plan-closed', 0, { text: ' ' });
    expect(blank.status).toBe(400);
  });

  it('are changed by one at a time, once for each key', async () => {
    const key = randomUUID();
    const [one, again] = [await write('plan-ended', 0, {}, { key }), await write('plan-ended', 0, {}, { key })];
    expect(again.body).toEqual(one.body);
    expect((await write('plan-ended', 0, { short: 'Inaczej' }, { key })).status).toBe(422);
    expect((await write('plan-ended', 0)).status).toBe(412);
    expect(
      (
        await service.http('POST', '/message-templates/plan-ended/editions', {
          as: organiser,
          body: { language: 'pl', ...text, reason },
        })
      ).status,
    ).toBe(428);
    const raced = await Promise.all(Array.from({ length: 6 }, () => write('help-arranged', 0)));
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    expect(
      await service.sql(
        'select 1 from message_template_edition e join message_template t on t.id = template_id where code = $1',
        ['help-arranged'],
      ),
    ).toHaveLength(1);
  });

  it('of the centre are in every language from the start, and rules may count on what they need', async () => {
    const texts = Object.fromEntries(
      languages.map((language) => [language, { ...text, text: `${language} {{ count }}` }]),
    );
    const key = randomUUID();
    const body = { code: 'summer-camp', facts: ['count'], texts, reason };
    const created = await call('POST', '', body, { key });
    expect(created.status).toBe(201);
    expect((await call('POST', '', body, { key })).body).toEqual(created.body);
    expect((await call('POST', '', body)).status).toBe(409);
    expect((await call('POST', '', { ...body, code: 'plan-approved' })).status).toBe(409);
    expect((await call('POST', '', { ...body, code: 'other', texts: { pl: text } })).status).toBe(400);
    expect((await call('POST', '', { ...body, code: 'other', facts: [] })).status).toBe(422);
    expect(await sent('summer-camp', 'pl-x-etr')).toContain('pl-x-etr 3');
    const queries = new TemplateQueries(database, { now: () => new Date() }, new NotificationsConfig());
    const needed = await queries.factsByCode(database);
    expect([needed.get('summer-camp'), needed.get('place-offered'), needed.get('never-made')]).toEqual([
      ['count'],
      ['answerBy'],
      undefined,
    ]);
    const seen = await call('GET', '/summer-camp');
    expect(seen.body).toMatchObject({ version: 1, isShipped: false, facts: ['count'], changed: languages });
    const restored = await call('POST', '/summer-camp/restoration', { language: 'pl', reason }, { ifMatch: 1 });
    expect([restored.status, restored.body['type']]).toEqual([422, expect.stringContaining('template-not-shipped')]);
    expect((await write('summer-camp', 1, { text: '{{ when }}' })).status).toBe(422);
    expect((await write('never-made', 0)).status).toBe(404);
    expect(eventsAbout(created.body['id'])).toEqual(['created']);
  });

  it('are shown as they would be sent, drafts too, and that changes nothing', async () => {
    const shown = await call('POST', '/talk-arranged/preview', { language: 'uk' });
    expect(shown.status).toBe(200);
    expect(shown.body['text']).toContain('CUS Elbląg');
    expect(shown.body['sms']).toMatchObject({ alphabet: 'UCS_2' });
    const draft = { ...text, text: '{{ when }}', short: `${'a'.repeat(170)}ż` };
    const { body } = await call('POST', '/talk-arranged/preview', { language: 'pl', draft });
    expect(body['sms']).toEqual({
      text: `${'a'.repeat(170)}z`,
      alphabet: 'GSM_7',
      units: 171,
      parts: ['a'.repeat(153), `${'a'.repeat(17)}z`],
    });
    const faulty = await call('POST', '/talk-arranged/preview', {
      language: 'pl',
      draft: { ...draft, text: '{{ x }}' },
    });
    expect([faulty.status, faulty.body['errors']]).toEqual([
      422,
      [{ pointer: '/draft/text', detail: expect.stringContaining('Line 1: nothing tells it x') as string }],
    ]);
    expect((await call('GET', '/talk-arranged')).body['version']).toBe(0);
  });

  it.each([
    ['desk', [200, 200, 403, 403, 403]],
    ['coordinator', [200, 200, 403, 403, 403]],
    ['auditor', [200, 200, 403, 403, 403]],
    ['services-organiser', [200, 200, 400, 428, 428]],
    ['director', [200, 200, 400, 428, 428]],
    ['community-organiser', [403, 403, 403, 403, 403]],
    ['finance', [403, 403, 403, 403, 403]],
    ['provider', [403, 403, 403, 403, 403]],
    ['partner', [403, 403, 403, 403, 403]],
    ['operator', [403, 403, 403, 403, 403]],
  ] as const)('are for %s to read, preview, make, write, restore: %j', async (role: Role, expected) => {
    const as = { sub: 'somebody', roles: [role] };
    const of = async (method: string, path: string, body?: object): Promise<number> =>
      (await call(method, path, body, { as })).status;
    expect([
      await of('GET', '/plan-approved'),
      await of('POST', '/plan-approved/preview', { language: 'en' }),
      await of('POST', '', {}),
      await of('POST', '/plan-approved/editions', { language: 'pl', ...text, reason }),
      await of('POST', '/plan-approved/restoration', { language: 'pl', reason }),
    ]).toEqual(expected);
  });
});
