import { addDays } from '@okienko/contracts/calendar';
import type { Answer, Call, ServiceUnderTest } from '@okienko/testing/service-test';
import { director } from '../agreements/scenario';
import { idOf, organiser, today } from '../scenario';
import type { Criterion } from '../standards/standard';

export const desk = { sub: 'desk-ida', roles: ['desk'] } as const;

interface Place {
  readonly providerId: string;
  readonly offerId: string;
}

export const criteria: Criterion[] = [
  { code: 'CARE_DIARY', sentence: 'Każda wizyta jest opisana w dzienniku.' },
  { code: 'PUNCTUALITY', sentence: 'Wizyta zaczyna się o umówionej porze.' },
];

/** Standards, inspections and complaints as component tests make them: by the acts of those who may. */
export class Quality {
  constructor(private readonly service: ServiceUnderTest) {}

  create(path: string, as: object, body: object): Promise<string> {
    return this.service.http('POST', path, { as, body }).then(idOf);
  }

  /** In the version that it has, unless the call names another. */
  async act(path: string, as: object, body: object = {}, call: Call = {}): Promise<Answer> {
    const [, kind = '', id] = path.split('/');
    const table = { standards: 'standard', agreements: 'agreement', inspections: 'inspection', findings: 'finding' }[
      kind
    ];
    const [row] = await this.service.sql<{ version: number }>(
      `select version from ${table ?? 'complaint'} where id = $1`,
      [id],
    );
    return this.service.http('POST', path, { as, body, ifMatch: row?.version ?? 1, ...call });
  }

  async done(path: string, as: object, body: object = {}): Promise<void> {
    expect(await this.act(path, as, body)).toMatchObject({ status: 200 });
  }

  draft(offerId: string, more: object = {}): Promise<string> {
    return this.create('/standards', organiser, { offerId, criteria, ...more });
  }

  async standard(offerId: string, from = today, more: object = {}): Promise<string> {
    const id = await this.draft(offerId, more);
    await this.done(`/standards/${id}/approval`, director, { from });
    return id;
  }

  plan({ providerId, offerId }: Place, more: object = {}): Promise<string> {
    const body = { providerId, offers: [{ offerId }], announced: true, plannedOn: today, ...more };
    return this.create('/inspections', organiser, body);
  }

  /** The diary was not met, whatever else was. */
  results({ offerId }: Pick<Place, 'offerId'>): object {
    const verdict = (criterion: string) => (criterion === 'CARE_DIARY' ? 'NOT_MET' : 'MET');
    const results = criteria.map(({ code }) => ({ offerId, criterion: code, verdict: verdict(code) }));
    return { on: today, inspectors: [organiser.sub], results };
  }

  report({ offerId }: Pick<Place, 'offerId'>, dueOn = addDays(today, 14)): object {
    const description = 'Dzienników nie prowadzi się od stycznia.';
    const finding = { offerId, criterion: 'CARE_DIARY', severity: 'MAJOR', description, dueOn };
    return { report: 'Kontrola wykazała braki.', findings: [finding] };
  }

  /** What an inspection of the service, which has a standard, has found. */
  async found(place: Place, dueOn?: string): Promise<{ inspectionId: string; id: string }> {
    const inspectionId = await this.plan(place);
    await this.done(`/inspections/${inspectionId}/results`, organiser, this.results(place));
    await this.done(`/inspections/${inspectionId}/report`, organiser, this.report(place, dueOn));
    const sql = 'select id from finding where inspection_id = $1';
    const [finding] = await this.service.sql<{ id: string }>(sql, [inspectionId]);
    return { inspectionId, id: finding?.id ?? '' };
  }

  complain(providerId: string, more: object = {}): Promise<string> {
    const words = 'Opiekunka przychodzi za późno, mówi Zenobia Kanarkowa.';
    const body = { providerId, channel: 'DESK', anonymous: true, words, receivedOn: today, ...more };
    return this.create('/complaints', desk, body);
  }

  /** A complaint that is examined, and on which the provider is asked. */
  async asked(providerId: string): Promise<string> {
    const id = await this.complain(providerId);
    await this.done(`/complaints/${id}/examination`, organiser);
    const body = { code: 'PUNCTUALITY', dueOn: addDays(today, 14) };
    await this.done(`/complaints/${id}/position-request`, organiser, body);
    return id;
  }
}
