import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@okienko/chassis/access';
import type { Answer } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, type Filed, idOf, type Json, operator, problemOf, Scenario } from '../scenario';
import { FakeClamd } from './fake-clamd';
import { specimens } from './specimens';

let folder: string;
let clamd: FakeClamd;
let scenario: Scenario;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okienko-files-'));
  clamd = await FakeClamd.start();
  scenario = await Scenario.start(undefined, { FILES_FOLDER: folder, CLAMD_ADDRESS: `127.0.0.1:${clamd.port}` });
}, 60_000);
afterAll(async () => {
  await scenario.stop();
  await clamd.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => (clamd.answer = undefined));

const pdfOf = (words: string): Buffer => Buffer.concat([specimens.pdf, Buffer.from(`% ${words}\n`)]);
const filed = async (): Promise<Filed> => scenario.file([(await scenario.offer(1)).offerId]);

interface Sent {
  readonly as?: Partial<Principal>;
  readonly name?: string;
  readonly key?: string;
  readonly contentType?: string;
  readonly query?: string;
}

async function send(
  applicationId: string,
  content: Buffer,
  { as = desk, name = 'Orzeczenie Łoś.pdf', key = randomUUID(), contentType, query }: Sent = {},
): Promise<Answer<Json>> {
  const response = await fetch(
    `${scenario.service.url}/files?${query ?? `applicationId=${applicationId}&category=EVIDENCE`}`,
    {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await scenario.service.issuer.token(as)}`,
        'Content-Type': contentType ?? 'application/octet-stream',
        'Idempotency-Key': key,
        'Okienko-File-Name': encodeURIComponent(name),
      },
      body: new Uint8Array(content),
    },
  );
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
}

async function open(id: string, as: Partial<Principal> = coordinator): Promise<Response> {
  return fetch(`${scenario.service.url}/files/${id}/content`, {
    headers: { Authorization: `Bearer ${await scenario.service.issuer.token(as)}` },
  });
}
const problemOfResponse = async (response: Response): Promise<[number, string | undefined]> =>
  problemOf({ status: response.status, body: (await response.json()) as Json, headers: response.headers });

const objects = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
const objectOf = (id: string): string | undefined => objects().find((name) => name.endsWith(id));
const rows = (): Promise<Json[]> =>
  scenario.service.sql('select (select count(*) from attached_file) as files, (select count(*) from outbox) as events');

describe('a file', () => {
  it('is kept encrypted, and comes back to be saved as it was sent', async () => {
    const application = await filed();
    const content = pdfOf('Zażółć gęślą jaźń');
    const answer = await send(application.id, content);
    const id = idOf(answer);
    expect(answer.body).toEqual({ id, version: 1, state: 'READABLE', scan: 'CLEAN' });
    const response = await open(id);
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''Orzeczenie%20%C5%81o%C5%9B.pdf",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    const stored = readFileSync(join(folder, objectOf(id) ?? ''));
    expect(stored.includes('%PDF')).toBe(false);
    expect(stored.length).toBe(content.length + 29);
    const [row] = await scenario.service.sql<{ name: string }>(
      `select encode(name, 'escape') as name from attached_file where id = $1`,
      [id],
    );
    expect(row?.name).not.toContain('Orzeczenie');
    expect(await scenario.get(`/files/${id}`, director)).toMatchObject({
      body: { name: 'Orzeczenie Łoś.pdf', mediaType: 'application/pdf', bytes: content.length, category: 'EVIDENCE' },
    });
    expect(await scenario.accesses(application.personId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ act: 'WRITE', actor: desk.sub, groups: ['FILE'], caseRef: application.id }),
        expect.objectContaining({ act: 'READ', actor: coordinator.sub, groups: ['FILE'] }),
        expect.objectContaining({ act: 'READ', actor: director.sub, groups: ['FILE'] }),
      ]),
    );
    const event = await scenario.service.published('cases.file.attached.v1', id);
    expect(event.data).toEqual({
      applicationId: application.id,
      personId: application.personId,
      bytes: content.length,
      scan: 'CLEAN',
    });
    expect(await scenario.service.sql('select * from loose_object')).toEqual([]);
  });

  it('sent twice under one key is kept once; another one under that key is refused', async () => {
    const application = await filed();
    const [key, before] = [randomUUID(), objects().length];
    const first = await send(application.id, pdfOf('a'), { key });
    const again = await send(application.id, pdfOf('a'), { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(problemOf(await send(application.id, pdfOf('b'), { key }))).toEqual([422, 'idempotency-key-reused']);
    expect(problemOf(await send(application.id, pdfOf('a'), { key, name: 'b.pdf' }))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    expect(await scenario.get(`/files?applicationId=${application.id}`, desk)).toMatchObject({
      body: { items: [{ id: idOf(first), state: 'READABLE' }] },
    });
    // What the repetitions had stored is swept when its time has come.
    await scenario.service.sql(`update loose_object set sweep_at = now()`);
    await scenario.service.eventually(async () =>
      expect(await scenario.service.sql('select * from loose_object')).toEqual([]),
    );
    expect(objectOf(idOf(first))).toBeDefined();
    expect(objects()).toHaveLength(before + 1);
  }, 20_000);

  it('is refused when it is not what it says, too large, nameless or empty, and nothing of it is kept', async () => {
    const application = await filed();
    const before = [await rows(), objects()];
    const { id } = application;
    const large = Buffer.concat([specimens.pdf, Buffer.alloc(10 * 1024 * 1024)]);
    expect(problemOf(await send(id, specimens.exe))).toEqual([422, 'file-type-not-allowed']);
    expect(problemOf(await send(id, specimens.docm, { name: 'a.docx' }))).toEqual([422, 'file-type-not-allowed']);
    expect(problemOf(await send(id, Buffer.alloc(0)))).toEqual([422, 'file-type-not-allowed']);
    expect(problemOf(await send(id, specimens.pdf, { name: 'a.exe' }))).toEqual([422, 'file-name-misleads']);
    expect(problemOf(await send(id, large))).toEqual([413, 'file-too-large']);
    for (const name of ['../a.pdf', 'a\\b.pdf', '', '.pdf', 'a.pdf\0', `${'a'.repeat(200)}.pdf`])
      expect(problemOf(await send(id, specimens.pdf, { name }))).toEqual([400, 'file-name-malformed']);
    expect(problemOf(await send(id, Buffer.from('{}'), { contentType: 'application/json' }))).toEqual([
      415,
      'unsupported-media-type',
    ]);
    for (const query of [
      '',
      `applicationId=${id}`,
      `applicationId=${id}&category=SECRET`,
      `applicationId=x&category=OTHER`,
    ])
      expect(problemOf(await send(id, specimens.pdf, { query }))).toEqual([400, 'invalid-request']);
    expect([await rows(), objects()]).toEqual(before);
  });

  it('of unknown length is cut off where it grows too large', async () => {
    const { id } = await filed();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 200) controller.close();
        else controller.enqueue(sent === 1 ? new Uint8Array(specimens.pdf) : new Uint8Array(64 * 1024 * 2));
      },
    });
    const response = await fetch(`${scenario.service.url}/files?applicationId=${id}&category=OTHER`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await scenario.service.issuer.token(desk)}`,
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': randomUUID(),
        'Okienko-File-Name': 'a.pdf',
      },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await problemOfResponse(response)).toEqual([413, 'file-too-large']);
  });

  it('is for those who may see the application, in a role that has to do with it', async () => {
    const application = await filed();
    const elsewhere = { ...desk, unit: 'north' };
    const before = await rows();
    expect(problemOf(await send(application.id, specimens.pdf, { as: elsewhere }))).toEqual([404, 'not-found']);
    expect(problemOf(await send(uuidv7(), specimens.pdf))).toEqual([404, 'not-found']);
    expect(problemOf(await send(application.id, specimens.pdf, { as: operator }))).toEqual([403, 'not-allowed']);
    expect(await rows()).toEqual(before);
    const id = idOf(await send(application.id, specimens.pdf));
    expect(problemOf(await scenario.get(`/files/${id}`, elsewhere))).toEqual([404, 'not-found']);
    expect(await problemOfResponse(await open(id, elsewhere))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.post(`/files/${id}/removal`, elsewhere, { reasonCode: 'A' }, 9))).toEqual([
      404,
      'not-found',
    ]);
    expect(await scenario.get(`/files?applicationId=${application.id}`, elsewhere)).toMatchObject({
      body: { items: [] },
    });
  });

  it('that was removed is gone from the store too, once', async () => {
    const application = await filed();
    const id = idOf(await send(application.id, specimens.png, { name: 'a.png' }));
    const body = { reasonCode: 'WRONG_PERSON' };
    const remove = (version: number, key = randomUUID()) =>
      scenario.post(`/files/${id}/removal`, desk, body, version, { key });
    expect(problemOf(await remove(5))).toEqual([412, 'stale-version']);
    const key = randomUUID();
    const [first, again] = [await remove(1, key), await remove(1, key)];
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect(problemOf(await remove(2))).toEqual([409, 'wrong-state']);
    expect(await problemOfResponse(await open(id))).toEqual([409, 'wrong-state']);
    expect(await scenario.facts(id)).toEqual(['file.attached', 'file.removed']);
    expect((await scenario.service.published('cases.file.removed.v1', id)).data).toMatchObject(body);
    await scenario.service.eventually(() => expect(objectOf(id)).toBeUndefined(), 15_000);
  }, 20_000);
});

describe('what is stored and not kept', () => {
  it('is not kept later either, once the note of it is gone', async () => {
    const { id } = await filed();
    const before = await rows();
    await scenario.service.sql(
      `create function forget() returns trigger language plpgsql as $$ begin return null; end $$;
       create trigger forgetful before insert on loose_object for each row execute function forget()`,
    );
    try {
      expect(problemOf(await send(id, specimens.pdf))).toEqual([409, 'upload-took-too-long']);
    } finally {
      await scenario.service.sql('drop trigger forgetful on loose_object; drop function forget()');
    }
    expect(await rows()).toEqual(before);
  });
});

describe('a person who was erased', () => {
  it('leaves files that nobody can open, and gets no new ones', async () => {
    const application = await filed();
    const id = idOf(await send(application.id, specimens.pdf));
    await scenario.service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [
      application.personId,
    ]);
    expect(await problemOfResponse(await open(id))).toEqual([404, 'data-erased']);
    expect(problemOf(await scenario.get(`/files/${id}`, desk))).toEqual([404, 'data-erased']);
    expect(problemOf(await send(application.id, specimens.pdf))).toEqual([404, 'data-erased']);
  });
});

describe('the scanner', () => {
  it('keeps out what it finds something in', async () => {
    const application = await filed();
    const before = [await rows(), objects()];
    expect(problemOf(await send(application.id, pdfOf('a virus')))).toEqual([422, 'file-infected']);
    expect([await rows(), objects()]).toEqual(before);
  });

  it.each([
    ['stream: OK', 'READABLE', 200],
    ['stream: Eicar-Signature FOUND', 'INFECTED', 409],
  ])(
    'that was away lets a file in and nobody open it, until it says "%s"',
    async (answer, state, status) => {
      const application = await filed();
      clamd.answer = () => 'busy ERROR';
      const sent = await send(application.id, specimens.odt, { name: 'a.odt' });
      const id = idOf(sent);
      expect(sent.body).toMatchObject({ state: 'AWAITING_SCAN', scan: 'PENDING' });
      expect(await problemOfResponse(await open(id))).toEqual([409, 'file-awaits-scan']);
      clamd.answer = () => answer;
      await scenario.service.eventually(
        async () => expect(await scenario.get(`/files/${id}`, desk)).toMatchObject({ body: { state } }),
        15_000,
      );
      expect((await open(id)).status).toBe(status);
      expect(clamd.seen.at(-1)?.equals(specimens.odt)).toBe(true);
      expect(await scenario.facts(id)).toEqual(['file.attached', 'file.scanned']);
      if (state === 'INFECTED') await scenario.service.eventually(() => expect(objectOf(id)).toBeUndefined(), 15_000);
    },
    30_000,
  );
});

describe('the database', () => {
  it('lets no file be readable that the scanner has not cleared, whatever the code does', async () => {
    const id = idOf(await send((await filed()).id, specimens.pdf));
    const infect = `update attached_file set scan = 'INFECTED' where id = $1`;
    await expect(scenario.service.sql(infect, [id])).rejects.toThrow('readable_when_scanned');
  });
});
