import { addDays } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { event } from '@okienko/contracts/event';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, type Filed, gmina, idOf, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const sections = {
  voicedNeeds: 'Chcę zostać w swoim mieszkaniu.',
  servicesUsed: 'Usługi opiekuńcze dwa razy w tygodniu.',
  groundsAndPossibilities: 'Sąsiadka robi zakupy.',
  feesInformation: 'Usługa jest bezpłatna.',
};
const talk = (applicationId: string): object => ({
  applicationId,
  scheduledFor: `${today}T09:00:00+02:00`,
  place: 'PLACE_OF_STAY',
});
const filed = async () => scenario.file([(await scenario.offer(3)).offerId]);

describe('a needs recognition (art. 37)', () => {
  it('is arranged, then recorded in four sections, and events say when but never what', async () => {
    const { id: applicationId, personId } = await filed();
    const id = idOf(await scenario.post('/needs-recognitions', coordinator, talk(applicationId)));
    expect(await scenario.service.published('cases.needs-recognition.scheduled.v1', id)).toMatchObject({
      data: { applicationId, personId, place: 'PLACE_OF_STAY' },
    });
    expect(await scenario.post(`/needs-recognitions/${id}/record`, coordinator, sections, 1)).toMatchObject({
      status: 200,
      body: { id, version: 2 },
    });
    const recorded = await scenario.service.published('cases.needs-recognition.recorded.v1', id);
    expect(Object.keys(recorded.data)).toEqual(['applicationId', 'personId', 'recordedAt']);
    expect(await scenario.get(`/needs-recognitions/${id}`, coordinator)).toMatchObject({
      body: { state: 'RECORDED', recordedBy: coordinator.sub, sections },
    });
    expect(await scenario.get(`/applications/${applicationId}`, coordinator)).toMatchObject({
      body: { state: 'ASSESSED' },
    });
    const [row] = await scenario.service.sql<{ text: string }>(
      "select encode(sections, 'escape') as text from needs_recognition where id = $1",
      [id],
    );
    expect(row?.text).not.toMatch(/mieszkaniu|zakupy/);
    expect(await scenario.accesses(personId)).toContainEqual(
      expect.objectContaining({ act: 'READ', groups: ['NEEDS'], caseRef: applicationId }),
    );
  });

  it('wants all four sections', async () => {
    const id = idOf(await scenario.post('/needs-recognitions', coordinator, talk((await filed()).id)));
    for (const missing of Object.keys(sections)) {
      const { status, body } = await scenario.post(
        `/needs-recognitions/${id}/record`,
        coordinator,
        { ...sections, [missing]: undefined },
        1,
      );
      expect({ status, errors: body['errors'] }).toMatchObject({
        status: 400,
        errors: expect.arrayContaining([expect.objectContaining({ pointer: `/${missing}` })]),
      });
    }
    expect(
      problemOf(
        await scenario.post(`/needs-recognitions/${id}/record`, coordinator, { ...sections, voicedNeeds: '   ' }, 1),
      ),
    ).toEqual([400, 'invalid-request']);
  });

  it('keeps no data of a category that no programme of the application lists (art. 5(3)(9), 50(1))', async () => {
    const [narrow, wide] = [
      await scenario.offer(3, { dataScope: ['IDENTITY'] }),
      await scenario.offer(3, { dataScope: ['IDENTITY', 'HEALTH'] }),
    ];
    const arrange = async (...offerIds: string[]): Promise<{ id: string; filed: Filed }> => {
      const application = await scenario.file(offerIds);
      return {
        id: idOf(await scenario.post('/needs-recognitions', coordinator, talk(application.id))),
        filed: application,
      };
    };
    const record = (id: string, categories: string[]) =>
      scenario.post(`/needs-recognitions/${id}/record`, coordinator, { ...sections, categories }, 1);
    const only = await arrange(narrow.offerId);
    const refused = await record(only.id, ['IDENTITY', 'DISABILITY', 'INCOME']);
    expect([problemOf(refused), refused.body]).toEqual([
      [422, 'outside-data-scope'],
      expect.objectContaining({
        basis: 'programme, personal data needed (art. 5(3)(9), 50(1))',
        detail: expect.stringContaining('collect DISABILITY, INCOME.') as string,
      }),
    ]);
    expect(await scenario.facts(only.id)).toEqual(['needs-recognition.scheduled']);
    expect((await record(only.id, ['HOROSCOPE'])).status).toBe(400);
    expect((await record(only.id, ['IDENTITY'])).status).toBe(200);
    const both = await arrange(narrow.offerId, wide.offerId);
    expect((await record(both.id, ['DISABILITY'])).status).toBe(200);
    expect((await scenario.get(`/needs-recognitions/${both.id}`, coordinator)).body).toMatchObject({
      sections: { ...sections, categories: ['DISABILITY'] },
    });
  });

  it('keeps to the scope of the edition that its item was qualified under', async () => {
    const { offerId, programmeId } = await scenario.offer(3, { dataScope: ['HEALTH'] });
    const [before, after] = [await scenario.qualified(offerId), await scenario.file([offerId])];
    await scenario.tell(
      event(programmeEnteredIntoForceV1, programmeId, {
        programmeVersion: 2,
        terc: gmina,
        validFrom: addDays(today, -300),
        validTo: addDays(today, 300),
        services: [{ serviceCode: 'teleopieka', expectedPersons: 3, queueRule: 'NONE' }],
        dataScope: ['INCOME'],
      }),
    );
    await scenario.known('select 1 from programme where id = $1 and programme_version = 2', [programmeId]);
    const recorded = async ({ id }: Filed, category: string) => {
      const found = await scenario.service.sql<{ id: string }>(
        'select id from needs_recognition where application_id = $1',
        [id],
      );
      const recognition = found[0]?.id ?? idOf(await scenario.post('/needs-recognitions', coordinator, talk(id)));
      const body = { ...sections, categories: [category] };
      return (await scenario.post(`/needs-recognitions/${recognition}/record`, coordinator, body, 1)).status;
    };
    expect([await recorded(before, 'INCOME'), await recorded(before, 'HEALTH')]).toEqual([422, 200]);
    expect([await recorded(after, 'HEALTH'), await recorded(after, 'INCOME')]).toEqual([422, 200]);
  });

  it('is arranged once for an application, and recorded once by who has read it', async () => {
    const { id: applicationId } = await filed();
    const answers = await Promise.all(
      [1, 2, 3].map(() => scenario.post('/needs-recognitions', coordinator, talk(applicationId))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const id = String(answers.find(({ status }) => status === 201)?.body['id']);
    const path = `/needs-recognitions/${id}/record`;
    expect(problemOf(await scenario.post(path, coordinator, sections))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, coordinator, sections, 2))).toEqual([412, 'stale-version']);
    expect(await scenario.post(path, coordinator, sections, 1)).toMatchObject({ status: 200 });
    expect(problemOf(await scenario.post(path, coordinator, sections, 2))).toEqual([409, 'wrong-state']);
  });

  it('is never for a provider (art. 49), and for no role but the coordinator', async () => {
    const { id } = await filed();
    expect(
      problemOf(await scenario.post('/needs-recognitions', { ...coordinator, providerId: uuidv7() }, talk(id))),
    ).toEqual([403, 'reserved-for-centre']);
    for (const as of [desk, director])
      expect(problemOf(await scenario.post('/needs-recognitions', as, talk(id)))).toEqual([403, 'not-allowed']);
  });

  it('has nothing to recognise once everything is withdrawn', async () => {
    const application = await filed();
    await scenario.actOnItem(application, application.itemIds[0] ?? '', 'withdrawal', desk);
    expect(problemOf(await scenario.post('/needs-recognitions', coordinator, talk(application.id)))).toEqual([
      409,
      'nothing-to-recognise',
    ]);
  });
});
