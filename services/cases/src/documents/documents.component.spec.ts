import { createHash, randomUUID } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import { Clock } from '@okienko/messaging/clock';
import { v7 as uuidv7 } from 'uuid';
import {
  coordinator,
  desk,
  director,
  finance,
  idOf,
  type Json,
  organiser,
  problemOf,
  type Qualified,
  Scenario,
  today,
} from '../scenario';
import { dayInWords } from './in-words';

class MovedClock extends Clock {
  days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 24 * 60 * 60 * 1000);
  }
}

const clock = new MovedClock();
let scenario: Scenario;
beforeAll(async () => {
  scenario = await Scenario.start(clock, {
    CENTRE_NAME: 'Centrum Usług Społecznych w Żukowie',
    DECIDING_AUTHORITY: 'Burmistrz Żukowa',
    APPEAL_BODY: 'Samorządowego Kolegium Odwoławczego w Gdańsku',
  });
}, 60_000);
beforeEach(() => (clock.days = 0));
afterAll(() => scenario.stop());

const signatory = { name: 'Olga Ślęzak', position: 'organizatorka usług społecznych' };
const asked = (kind: string, subjectId: string, more: Json = {}): Json => ({
  kind,
  subjectId,
  form: 'STANDARD',
  signatory,
  ...more,
});
const issue = (kind: string, subjectId: string, more: Json = {}, as: Partial<Principal> = organiser, key?: string) =>
  scenario.post('/documents', as, asked(kind, subjectId, more), undefined, key === undefined ? {} : { key });

async function content(id: string, format?: string, as: Partial<Principal> = desk): Promise<Response> {
  const query = format === undefined ? '' : `?format=${format}`;
  return fetch(`${scenario.service.url}/documents/${id}/content${query}`, {
    headers: { Authorization: `Bearer ${await scenario.service.issuer.token(as)}` },
  });
}
const bytesOf = async (id: string, format?: string): Promise<Buffer> =>
  Buffer.from(await (await content(id, format)).arrayBuffer());
const pageOf = async (id: string): Promise<string> => String(await bytesOf(id, 'html')).replaceAll('\u00a0', ' ');
const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const qualified = async (): Promise<Qualified> => scenario.qualified((await scenario.offer(2)).offerId);

async function refused(): Promise<{ decisionId: string; applicationId: string; personId: string }> {
  const application = await scenario.file([(await scenario.offer(0)).offerId]);
  const refusal = {
    number: `CUS.5021.${randomUUID()}`,
    legalBasis: 'Art. 42 ust. 3 ustawy z dnia 19 lipca 2019 r.',
    reasons: 'Limit miejsc jest <b>wyczerpany</b>.\n# Program nie prowadzi kolejki.',
    authorisationId: await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']),
  };
  const [itemId = ''] = application.itemIds;
  const { body } = await scenario.actOnItem(application, itemId, 'refusal', organiser, refusal);
  return { decisionId: body['decisionId'] as string, applicationId: application.id, personId: application.personId };
}

describe('a document', () => {
  it('is issued in two renderings, which stay as they are, whatever becomes of what they tell', async () => {
    const { decisionId, applicationId, personId } = await refused();
    const id = idOf(await issue('DECISION', decisionId));
    const before = await Promise.all([bytesOf(id), bytesOf(id, 'html')]);
    expect(
      await scenario.post(`/decisions/${decisionId}/delivery`, desk, { deliveredOn: today, channel: 'POST' }, 1),
    ).toMatchObject({ status: 200 });
    const [pdf, html] = await Promise.all([bytesOf(id, 'pdf'), bytesOf(id, 'html')]);
    expect([pdf.equals(before[0]), html.equals(before[1])]).toEqual([true, true]);
    expect(await scenario.get(`/documents/${id}`, desk)).toMatchObject({
      status: 200,
      body: {
        id,
        version: 1,
        applicationId,
        personId,
        kind: 'DECISION',
        subjectId: decisionId,
        subjectVersion: 1,
        form: 'STANDARD',
        template: 'decision-refusal',
        templateVersion: 1,
        pdfSha256: digestOf(pdf),
        htmlSha256: digestOf(html),
        issuedBy: organiser.sub,
        signatory,
      },
    });
    expect(await scenario.service.published('cases.document.issued.v1', id)).toMatchObject({
      data: {
        applicationId,
        personId,
        kind: 'DECISION',
        subjectId: decisionId,
        subjectVersion: 1,
        templateVersion: 1,
        pdfSha256: digestOf(pdf),
        htmlSha256: digestOf(html),
      },
    });
    const later = idOf(await issue('DECISION', decisionId));
    expect(await scenario.get(`/documents/${later}`, desk)).toMatchObject({ body: { subjectVersion: 2 } });
  }, 30_000);

  it('is read as what it is, and by nobody else’s page', async () => {
    const id = idOf(await issue('QUALIFICATION_NOTICE', (await qualified()).id));
    const [pdf, html] = [await content(id), await content(id, 'html')];
    expect(Object.fromEntries(pdf.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${id}.pdf"`,
      'cache-control': 'private, no-store',
    });
    expect(Object.fromEntries(html.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect((await content(id, 'docx')).status).toBe(400);
  });

  it('lies encrypted in its row, the wish for easy reading too, and the row does not change', async () => {
    const { decisionId, personId } = await refused();
    const id = idOf(await issue('DECISION', decisionId, { form: 'ETR', address: 'ul. Cicha 7' }));
    const [row] = await scenario.service.sql<{ text: string }>(
      `select d::text || encode(pdf, 'escape') || encode(html, 'escape') || encode(particulars, 'escape') as text
       from issued_document d where id = $1`,
      [id],
    );
    expect(row?.text).not.toMatch(/ETR|etr|%PDF|html|Łoś|Cicha|Olga|Limit/);
    expect(
      scenario.service
        .events('cases.document.issued.v1')
        .map((event) => JSON.stringify(event))
        .join(),
    ).not.toMatch(/ETR|Łoś|Olga|Cicha/);
    for (const change of [`update issued_document set html = ''`, 'delete from issued_document'])
      await expect(scenario.service.sql(change)).rejects.toThrow('append-only');
    expect(await scenario.get(`/documents/${id}`, desk)).toMatchObject({ body: { form: 'ETR' } });
    await content(id, 'html', director);
    expect(await scenario.accesses(personId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          act: 'WRITE',
          actor: organiser.sub,
          groups: ['DOCUMENT', 'IDENTITY', 'CONTACT', 'APPLICATION', 'DECISION'],
        }),
        expect.objectContaining({ act: 'READ', actor: desk.sub, groups: ['DOCUMENT'] }),
        expect.objectContaining({ act: 'READ', actor: director.sub, groups: ['DOCUMENT'] }),
      ]),
    );
  });

  it('is issued once under one key, also when it is asked for at the same time', async () => {
    const application = await qualified();
    const key = randomUUID();
    const first = await issue('QUALIFICATION_NOTICE', application.id, {}, organiser, key);
    const again = await issue('QUALIFICATION_NOTICE', application.id, {}, organiser, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(problemOf(await issue('QUALIFICATION_NOTICE', application.id, { form: 'ETR' }, organiser, key))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    const another = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => issue('QUALIFICATION_NOTICE', application.id, {}, organiser, another)),
    );
    const made = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body['id']));
    expect(made.size).toBe(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 201))
      expect([status, String(body['type']).split('/').at(-1)]).toEqual([409, 'request-still-running']);
    const { body } = await scenario.get(`/documents?applicationId=${application.id}`, desk);
    expect((body['items'] as Json[]).map(({ id }) => id)).toEqual([first.body['id'], ...made]);
  });

  it('is for the centre’s staff of that unit, and about what there is', async () => {
    const application = await qualified();
    const elsewhere = { ...coordinator, unit: 'north' };
    const notice = (as: Partial<Principal>, subjectId = application.id) =>
      issue('QUALIFICATION_NOTICE', subjectId, {}, as);
    expect(problemOf(await notice(elsewhere))).toEqual([404, 'not-found']);
    expect(problemOf(await notice(organiser, uuidv7()))).toEqual([404, 'not-found']);
    expect(problemOf(await notice(desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await notice({ ...coordinator, providerId: uuidv7() }))).toEqual([403, 'reserved-for-centre']);
    const id = idOf(await notice(coordinator));
    expect(problemOf(await scenario.get(`/documents/${id}`, elsewhere))).toEqual([404, 'not-found']);
    expect((await content(id, 'pdf', elsewhere)).status).toBe(404);
    const list = await scenario.get(`/documents?applicationId=${application.id}`, elsewhere);
    expect(list).toMatchObject({ status: 200, body: { items: [] } });
    const nothing = await scenario.file([(await scenario.offer(1)).offerId]);
    expect(problemOf(await notice(organiser, nothing.id))).toEqual([409, 'nothing-to-issue']);
  });

  it('comes in the form that the person wishes, unless another is asked for', async () => {
    const { id, personId } = await qualified();
    const formOf = async (more: Json): Promise<unknown> =>
      (await scenario.get(`/documents/${idOf(await issue('QUALIFICATION_NOTICE', id, more))}`, desk)).body['form'];
    expect(await formOf({ form: undefined })).toBe('STANDARD');
    const contact = { language: 'pl', form: 'ETR' };
    expect(await scenario.post(`/persons/${personId}/contact`, desk, contact, 0)).toMatchObject({ status: 200 });
    expect([await formOf({ form: undefined }), await formOf({ form: 'STANDARD' })]).toEqual(['ETR', 'STANDARD']);
  });

  it('of somebody who was erased is read by nobody any more', async () => {
    const application = await qualified();
    const id = idOf(await issue('QUALIFICATION_NOTICE', application.id));
    await scenario.service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [
      application.personId,
    ]);
    expect((await content(id)).status).toBe(404);
    expect(problemOf(await scenario.get(`/documents/${id}`, desk))).toEqual([404, 'data-erased']);
    expect(problemOf(await issue('QUALIFICATION_NOTICE', application.id))).toEqual([404, 'data-erased']);
  });

  it.each([
    ['without who signs it', { signatory: undefined }],
    ['signed by nobody', { signatory: { name: ' ', position: 'x' } }],
    ['of a kind that there is not', { kind: 'PASSPORT' }],
    ['in a form that there is not', { form: 'BRAILLE' }],
    ['with more than it takes', { html: '<b>' }],
  ])('is refused %s', async (_, wrong) => {
    expect(problemOf(await issue('DECISION', uuidv7(), wrong))).toEqual([400, 'invalid-request']);
  });
});

describe('what it says', () => {
  it('of a refusal: every part of a decision, and nothing of the reasons is taken for more than words', async () => {
    const { decisionId } = await refused();
    const page = await pageOf(idOf(await issue('DECISION', decisionId, { address: 'ul. Cicha 7' })));
    for (const said of [
      'Burmistrz Żukowa',
      'Żaneta Łoś\nul. Cicha 7',
      'Art. 42 ust. 3 ustawy',
      'odmawiam zakwalifikowania strony: Żaneta Łoś do korzystania z usługi społecznej: Teleopieka.',
      'Limit miejsc jest &lt;b&gt;wyczerpany&lt;/b&gt;.\n# Program nie prowadzi kolejki.',
      'odwołanie do Samorządowego Kolegium Odwoławczego w Gdańsku',
      'w 14 dni od dnia doręczenia',
      'zrzec się prawa do odwołania',
      'Z upoważnienia nr OR.077.12.2026',
      'Olga Ślęzak\norganizatorka usług społecznych',
    ])
      expect(page).toContain(said);
    const easy = await pageOf(idOf(await issue('DECISION', decisionId, { form: 'ETR' })));
    expect(easy).toContain('<html lang="pl-x-etr">');
    expect(easy).toContain('Nie zgadzamy się.');
  });

  it('of what was qualified: the service, by its name', async () => {
    const page = await pageOf(idOf(await issue('QUALIFICATION_NOTICE', (await qualified()).id)));
    expect(page).toContain('<li>Teleopieka, do dnia ');
    expect(page).toContain('Art. 42 ust. 1 ustawy');
  });

  it('of what was qualified in part: its number, until when and how much, and in the decision what was granted of it', async () => {
    const { offerId } = await scenario.offer(2);
    const application = await scenario.file([offerId], { items: [{ offerId, quantity: 10 }] });
    const [itemId = ''] = application.itemIds;
    const partRefusal = {
      number: `CUS.5022.${randomUUID()}`,
      legalBasis: 'Art. 42 ust. 3 ustawy z dnia 19 lipca 2019 r.',
      reasons: 'Więcej godzin nie mieści się w limicie.',
      authorisationId: await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']),
    };
    const answer = await scenario.actOnItem(application, itemId, 'qualification', organiser, {
      quantity: 4,
      partRefusal,
    });
    const { noticeNumber, grantedUntil, decisionId } = answer.body as Record<string, string>;
    const notice = await pageOf(idOf(await issue('QUALIFICATION_NOTICE', application.id)));
    for (const said of [noticeNumber ?? '', dayInWords(grantedUntil ?? ''), 'liczba godzin: 4'])
      expect(notice).toContain(said);
    const id = idOf(await issue('DECISION', decisionId ?? ''));
    expect(await scenario.get(`/documents/${id}`, desk)).toMatchObject({ body: { template: 'decision-part-refusal' } });
    const decision = await pageOf(id);
    for (const said of ['liczba godzin: 4', 'Więcej godzin nie mieści się w limicie.', partRefusal.number])
      expect(decision).toContain(said);
  });

  it('of a decision on an unpaid fee: how much, for which time and service, and only to its unit', async () => {
    const fee = { rule: 'FLAT', grosze: 1250, per: 'DAY' } as const;
    const application = await scenario.qualified((await scenario.offer(2, { terms: { fee } })).offerId);
    const assessed = await scenario.post(
      `/applications/${application.id}/items/${application.itemId}/fee`,
      coordinator,
      {
        from: today,
        to: today,
        virtualAccount: generateNrb(7),
        dueDays: 1,
      },
    );
    const feeId = idOf(assessed);
    clock.days = 3;
    await scenario.service.eventually(async () => {
      expect(await scenario.get(`/fees/${feeId}`, finance)).toMatchObject({ body: { state: 'OVERDUE' } });
    }, 20_000);
    const { body } = await scenario.post(
      `/fees/${feeId}/decision`,
      organiser,
      {
        number: `CUS.5023.${randomUUID()}`,
        legalBasis: 'Art. 43 ust. 2 ustawy z dnia 19 lipca 2019 r.',
        reasons: 'Opłata nie wpłynęła.',
        authorisationId: await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']),
      },
      await scenario.version(`/fees/${feeId}`),
    );
    const decisionId = body['decisionId'] as string;
    const id = idOf(await issue('DECISION', decisionId));
    expect(await scenario.get(`/documents/${id}`, desk)).toMatchObject({
      body: { template: 'decision-fee', subjectId: decisionId, applicationId: application.id },
    });
    const page = await pageOf(id);
    const day = dayInWords(today);
    for (const said of ['12,50 zł za usługę społeczną: Teleopieka', `od ${day} do ${day}`, 'Opłata nie wpłynęła.'])
      expect(page).toContain(said);
    const elsewhere = { ...coordinator, unit: 'north' };
    expect(problemOf(await issue('DECISION', decisionId, {}, elsewhere))).toEqual([404, 'not-found']);
  }, 40_000);

  it('of a plan that was updated: the version in force, or the one it replaced', async () => {
    const { planId, providerId, application } = await scenario.approvedPlan();
    const act = async (path: string, body: Json = {}, as: Partial<Principal> = coordinator): Promise<void> => {
      const version = await scenario.version(`/plans/${planId}`);
      expect(await scenario.post(`/plans/${planId}/${path}`, as, body, version)).toMatchObject({ status: 200 });
    };
    await act('update', scenario.planBody({ ...application, providerId }, { goals: ['spacer co dzień'] }));
    await act('agreement', { manner: 'SIGNATURE', agreedOn: today });
    await act('submission');
    await act('approval', { authorisationId: await scenario.authorisation(director.sub, ['APPROVE_PLANS']) }, director);
    const performers = [{ providerId, name: 'Spółdzielnia Sąsiad' }];
    const printed = async (more: Json = {}) => pageOf(idOf(await issue('PLAN', planId, { performers, ...more })));
    const [inForce, second, first] = [
      await printed(),
      await printed({ planVersion: 2 }),
      await printed({ planVersion: 1 }),
    ];
    expect(inForce).toContain('<li>spacer co dzień</li>');
    expect(inForce).toContain('Stan: plan zatwierdzony.');
    expect(second).toBe(inForce);
    expect(first).toContain('<li>spokojny sen</li>');
    expect(first).toContain(`plan zastąpiony nowszą wersją, która obowiązuje od: ${dayInWords(today)}`);
    expect(problemOf(await issue('PLAN', planId, { performers, planVersion: 3 }))).toEqual([404, 'not-found']);
  });

  it('of a plan: its services with who performs them, and how far it has got', async () => {
    const { planId, providerId } = await scenario.approvedPlan();
    expect(problemOf(await issue('PLAN', planId))).toEqual([422, 'performer-unnamed']);
    const performers = [{ providerId, name: 'Spółdzielnia Sąsiad' }];
    const page = await pageOf(idOf(await issue('PLAN', planId, { performers })));
    for (const said of [
      'plan zatwierdzony',
      '<h3>Teleopieka</h3>',
      'Kto wykonuje: Spółdzielnia Sąsiad',
      'Gdzie: u pani w domu',
      'Kiedy: codziennie 22–6',
      'liczba godzin: 30',
      '<li>spokojny sen</li>',
      'na podstawie upoważnienia nr OR.077.12.2026',
    ])
      expect(page).toContain(said);
  });

  it('of a plan that was closed: its course and results, and before that nothing', async () => {
    const { planId } = await scenario.approvedPlan();
    const act = async (path: string, body: Json): Promise<void> => {
      const version = await scenario.version(`/plans/${planId}`);
      const { status } = await scenario.post(`/plans/${planId}/${path}`, coordinator, body, version);
      expect([path, status]).toEqual([path, 200]);
    };
    await act('end', { reason: 'RESIGNATION' });
    expect(problemOf(await issue('PLAN_SUMMARY', planId))).toEqual([409, 'nothing-to-issue']);
    await act('closing-talk', { heldOn: today, outcome: 'HELD' });
    await act('closure', { description: 'Pani Żaneta śpi spokojniej.' });
    const page = await pageOf(idOf(await issue('PLAN_SUMMARY', planId)));
    expect(page).toContain('Pani Żaneta śpi spokojniej.');
    expect(page).toContain('(rezygnacja)');
    expect(page).toContain('Rozmowę podsumowującą przeprowadzono');
  });
});
