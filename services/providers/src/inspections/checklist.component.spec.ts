import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { Agreements, director } from '../agreements/scenario';
import { coordinator, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ChecklistView, FindingView } from './inspections.dto';
import { Quality } from './scenario';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let quality: Quality;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  quality = new Quality(service);
  agreements = new Agreements(service);
});
afterAll(() => service.stop());

/** A provider of a service that has a standard. */
const held = async () => {
  const place = await scenario.places(1);
  await quality.standard(place.offerId);
  return place;
};

describe('the checklist', () => {
  const checklist = async (id: string, query = '') =>
    (await service.http<ChecklistView>('GET', `/inspections/${id}/checklist${query}`, { as: coordinator })).body;
  const codes = async (id: string, query = '') => (await checklist(id, query)).items.map(({ criterion }) => criterion);

  it('is of the edition that counts on the day, or of the one that the agreement names', async () => {
    const place = await held();
    const later = addDays(today, 10);
    const food = { criteria: [{ code: 'FOOD', sentence: 'Jedzenie jest ciepłe.' }] };
    const second = await quality.standard(place.offerId, later, food);
    const id = await quality.plan(place);
    expect(await checklist(id)).toMatchObject({
      on: today,
      items: [{ criterion: 'CARE_DIARY' }, { offerId: place.offerId }],
    });
    expect(await codes(id, `?on=${later}`)).toEqual(['FOOD']);
    expect(await codes(id, `?on=${addDays(today, -1)}`)).toEqual([]);
    const agreementId = await agreements.signed(place);
    await quality.done(`/agreements/${agreementId}/standards`, director, { standardId: second });
    expect(await codes(id)).toEqual(['FOOD']);
    const { providerId } = place;
    const ofAgreement = await quality.create('/inspections', organiser, {
      ...{ providerId, agreementId, announced: true, plannedOn: today },
    });
    expect(await codes(ofAgreement)).toEqual(['FOOD']);
  });

  it('asks of a public task what the law asks', async () => {
    const place = await held();
    const grant = { selectionMode: 'NGO_SMALL_GRANT', ceilingGrosze: 10_000_00, to: addDays(today, 30) } as const;
    const agreementId = await agreements.plan(place, grant);
    const plan = { providerId: place.providerId, agreementId, announced: true, plannedOn: today };
    const id = await quality.create('/inspections', organiser, plan);
    expect(await codes(id)).toEqual([
      'CARE_DIARY',
      'PUNCTUALITY',
      'TASK_PROGRESS',
      'TASK_QUALITY',
      'FUNDS_USE',
      'RECORDS',
    ]);
    const incomplete = await quality.act(`/inspections/${id}/results`, organiser, quality.results(place));
    expect(incomplete).toMatchObject({ status: 422, body: { type: expect.stringMatching(/results-incomplete$/) } });
    expect(incomplete.body['errors']).toHaveLength(4);
    const task = (await checklist(id)).items.map(({ offerId, criterion }) => ({
      ...(offerId === null ? {} : { offerId }),
      ...{ criterion, verdict: criterion === 'FUNDS_USE' ? 'NOT_MET' : 'MET' },
    }));
    const body = { on: today, inspectors: ['ous-ola', 'ous-olga'], results: task };
    await quality.done(`/inspections/${id}/results`, organiser, body);
    const finding = { criterion: 'FUNDS_USE', severity: 'CRITICAL', description: 'Brak faktur.', dueOn: today };
    await quality.done(`/inspections/${id}/report`, organiser, { report: 'Braki.', findings: [finding] });
    const { items } = (
      await service.http<{ items: FindingView[] }>('GET', `/findings?inspectionId=${id}`, { as: coordinator })
    ).body;
    expect(items).toMatchObject([{ offerId: null, criterion: 'FUNDS_USE', state: 'OPEN', dueOn: today }]);
  });
});
