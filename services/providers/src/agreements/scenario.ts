import { addDays } from '@okienko/contracts/calendar';
import type { Answer, Call, ServiceUnderTest } from '@okienko/testing/service-test';
import { idOf, organiser, today } from '../scenario';
import type { AgreementView } from './agreement-views.dto';
import type { PlanAgreement, SignAgreement } from './agreements.dto';

export const director = { sub: 'dyr-ewa', roles: ['director'] } as const;
export const finance = { sub: 'fin-piotr', roles: ['finance'] } as const;

interface Place {
  readonly providerId: string;
  readonly offerId: string;
}

export const planning = ({ providerId, offerId }: Place): PlanAgreement => ({
  providerId,
  selectionMode: 'PROCUREMENT',
  subject: 'Usługi opiekuńcze',
  from: addDays(today, -30),
  to: addDays(today, 300),
  services: [{ offerId, unit: 'HOUR' }],
  ceilingGrosze: 1_000_000_00,
});
export const order = { procedure: 'SOCIAL_SERVICES', estimatedGrosze: 1_000_000_00 };
export const signing = ({ offerId }: Pick<Place, 'offerId'>): SignAgreement => ({
  number: 'CUS.272.3.2026',
  signedOn: today,
  prices: [{ offerId, priceGrosze: 4500, from: addDays(today, -30) }],
  conditions: { accessibility: 'Wejście bez progów', dataRole: 'PROCESSOR' },
});

/** Agreements as component tests make them: by the acts of those who may. */
export class Agreements {
  constructor(private readonly service: ServiceUnderTest) {}

  async plan(place: Place, more: Partial<PlanAgreement> = {}): Promise<string> {
    const body = { ...planning(place), ...more };
    return idOf(await this.service.http('POST', '/agreements', { as: organiser, body }));
  }

  /** In the version that it has, unless the call names another; the calendar may have changed it meanwhile. */
  async act(id: string, name: string, as: object, body: object = {}, call: Call = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const ifMatch = (await this.get(id)).version;
      const answer = await this.service.http('POST', `/agreements/${id}/${name}`, { as, body, ifMatch, ...call });
      if (answer.status !== 412 || call.ifMatch !== undefined || attempt === 3) return answer;
    }
  }

  async done(id: string, name: string, as: object, body: object = {}): Promise<void> {
    expect(await this.act(id, name, as, body)).toMatchObject({ status: 200 });
  }

  async get(id: string, as: object = director): Promise<AgreementView> {
    return (await this.service.http<AgreementView>('GET', `/agreements/${id}`, { as })).body;
  }

  async signed(
    place: Place,
    planned: Partial<PlanAgreement> = {},
    laidDown: Partial<SignAgreement> = {},
  ): Promise<string> {
    const id = await this.plan(place, planned);
    await this.done(id, 'procurement', organiser, order);
    const prices = (planned.services ?? [place]).map(({ offerId }) => ({
      offerId,
      priceGrosze: 4500,
      from: planned.from ?? planning(place).from,
    }));
    await this.done(id, 'signature', director, { ...signing(place), prices, ...laidDown });
    return id;
  }

  /** What has been told of it, in order. */
  async told(id: string): Promise<string[]> {
    const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
    return (await this.service.sql<{ name: string }>(sql, [id])).map(({ name }) => name.split('.').at(-2) ?? '');
  }
}
