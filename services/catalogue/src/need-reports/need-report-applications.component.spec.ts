import { randomBytes, randomUUID } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import type { Changed } from '@okienko/chassis/http';
import { rebuildProjection } from '@okienko/chassis/rebuild-service';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { event } from '@okienko/contracts/event';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { CatalogueConfig } from '../config';
import { catalogueService } from '../service';
import type { NeedReported, NeedReportView } from './need-reports.dto';

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;

describe('a need report of which an application has come', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => (service = await startForTest(catalogueService)), 60_000);
  afterAll(() => service.stop());

  async function filed(): Promise<string> {
    const body = { terc: '2861011', need: 'Nie ma kto zrobić zakupów' };
    const answer = await service.http<NeedReported>('POST', '/need-reports', { body });
    expect(answer.status).toBe(201);
    return answer.body.id;
  }

  const act = (id: string, name: string, body: object, ifMatch: number) =>
    service.http<Changed>('POST', `/need-reports/${id}/${name}`, { as: desk, body, ifMatch });
  const read = async (id: string): Promise<NeedReportView> =>
    (await service.http<NeedReportView>('GET', `/need-reports/${id}`, { as: desk })).body;
  const told = (id: string) => service.sql('select from outbox where aggregate_id = $1', [id]);

  /** An application that names the report, told twice. Returns its id. */
  async function applied(needReportId: string): Promise<string> {
    const id = randomUUID();
    const filedAt = '2026-03-10T08:00:00Z';
    const items = [{ itemId: randomUUID(), offerId: randomUUID() }];
    const facts = { personId: randomUUID(), applicantRole: 'PERSON', channel: 'DESK', filedAt, items } as const;
    const fact = event(applicationSubmittedV1, id, { ...facts, needReportId });
    const eventId = await service.publish(fact, { sequence: 1 });
    await service.publish(fact, { sequence: 1, id: eventId });
    return id;
  }

  const settled = (id: string, expected: object) =>
    service.eventually(async () => expect(await read(id)).toMatchObject(expected), 10_000);

  it('is settled by it, whether or not somebody has looked at it, and never again', async () => {
    const [open, acknowledged] = [await filed(), await filed()];
    await act(acknowledged, 'acknowledgement', { area: 'pomoc-spoleczna' }, 1);
    const [first, second] = [await applied(open), await applied(acknowledged)];
    await settled(open, { state: 'FORWARDED', version: 2, applicationId: first });
    await settled(acknowledged, {
      state: 'FORWARDED',
      version: 3,
      applicationId: second,
      area: 'pomoc-spoleczna',
    });
    const later = await applied(open);
    const witness = await filed();
    await settled(witness, { state: 'FILED' });
    await applied(witness);
    // The worker that settles the witness has seen the other one too.
    await settled(witness, { state: 'FORWARDED' });
    expect(later).not.toBe(first);
    expect(await read(open)).toMatchObject({ version: 2, applicationId: first });
    expect(await told(open)).toHaveLength(2);
  }, 30_000);

  it('stays as it is when it has been dismissed, or is none of this directory', async () => {
    const dismissed = await filed();
    await act(dismissed, 'dismissal', { reasonCode: 'SPAM' }, 1);
    await applied(dismissed);
    await applied(randomUUID());
    const witness = await filed();
    await applied(witness);
    await settled(witness, { state: 'FORWARDED' });
    expect(await read(dismissed)).toMatchObject({ state: 'DISMISSED', version: 2 });
  }, 30_000);

  it('is settled as well when the copy of the applications is made anew, and nothing else changes', async () => {
    const known = await service.sql<{ id: string; version: number }>('select id, version from need_report order by id');
    const report = await filed();
    const application = await applied(report);
    await service.eventually(async () =>
      expect(
        await service.sql('select from need_report_application where application_id = $1', [application]),
      ).toHaveLength(1),
    );
    await settled(report, { state: 'FORWARDED' });
    await service.sql('delete from need_report_application');
    const config = loadConfig(CatalogueConfig, {
      DATABASE_URL: service.database.migrate,
      NATS_URL: process.env['TEST_NATS_URL'],
      EVENT_NAMESPACE: service.namespace,
      OIDC_ISSUER: service.issuer.url,
      MASTER_KEY: randomBytes(32).toString('base64'),
      RECEIPT_KEY: randomBytes(32).toString('base64'),
    });
    const projection = catalogueService.projections?.find(({ name }) => name === 'applications');
    if (!projection) throw new Error('The catalogue has no copy of applications.');
    const rebuilt = await rebuildProjection(catalogueService, config, { projection, swap: true, say: () => undefined });
    expect(rebuilt).toMatchObject({ equal: false, behind: 0 });
    expect(rebuilt.changed).toBeGreaterThan(0);
    expect(
      await service.sql('select need_report_id as report from need_report_application where application_id = $1', [
        application,
      ]),
    ).toEqual([{ report }]);
    const witness = await filed();
    await applied(witness);
    await settled(witness, { state: 'FORWARDED' });
    const after = await service.sql<{ id: string; version: number }>(
      'select id, version from need_report where id = any ($1) order by id',
      [known.map(({ id }) => id)],
    );
    expect(after).toEqual(known);
    expect(await told(report)).toHaveLength(2);
  }, 60_000);
});
