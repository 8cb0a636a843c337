import { addDays } from '@okienko/contracts/calendar';
import { type Changed, until } from '@okienko/local/api';
import type { Outcome, Resident, ServiceCode } from './generator';
import { act, type Listed, type Office, staff } from './office';
import { type Contractor, terc, type World } from './world';

export interface Asked {
  readonly service: ServiceCode;
  readonly outcome: Outcome;
  readonly deliveries: number;
}

interface Application extends Changed {
  readonly items: readonly { readonly id: string }[];
}

const { desk, coordinator, director } = staff;
const longestPlan = 40 * 7;

export async function register(office: Office, resident: Resident): Promise<string> {
  const { id } = await office.post(desk, 'cases', '/persons', {
    identifier: { kind: 'PESEL', value: resident.pesel },
    givenName: resident.givenName,
    familyName: resident.familyName,
    birthDate: resident.birthDate,
    terc,
    contact: { email: resident.email, language: 'pl', form: 'STANDARD' },
  });
  return id;
}

/**
 * A matter from its filing to its closing, by the services' APIs alone; each `yield` is a week that passes. Whoever stops asking leaves it
 * where it is.
 */
export async function* course(
  office: Office,
  world: World,
  personId: string,
  asked: Asked,
): AsyncGenerator<string, void> {
  const application = await apply(office, world, personId, asked);
  const path = `/applications/${application.id}`;
  yield 'filed';
  const [item] = application.items;
  if (!item) throw new Error('An application without items.');
  if (asked.outcome === 'withdrawn') {
    await act(office, desk, 'cases', path, `items/${item.id}/withdrawal`);
    return;
  }
  await recognise(office, application.id);
  await act(office, coordinator, 'cases', path, `items/${item.id}/qualification`);
  yield 'qualified';
  const planId = await draft(office, world, application.id, item.id, asked);
  yield 'drafted';
  const plan = `/plans/${planId}`;
  await act(office, coordinator, 'cases', plan, 'submission');
  await act(office, director, 'cases', plan, 'approval', { authorisationId: world.authorisationId });
  const [allocation] = (await office.get<Listed<Changed>>(coordinator, 'cases', `/allocations?planId=${planId}`)).items;
  if (!allocation) throw new Error('An approved plan without an allocation.');
  const { order, by } = await accepted(office, world, allocation.id, asked.outcome);
  for (let week = 0; week < asked.deliveries; week += 1) {
    yield 'serving';
    await deliver(office, order, by);
  }
  await until('the plan in force', async () => {
    const { state } = await office.get<{ state: string }>(coordinator, 'cases', plan);
    return state === 'ACTIVE' ? true : undefined;
  });
  yield 'served';
  await act(office, coordinator, 'cases', plan, 'end', { reason: 'ITEMS_CLOSED' });
  const talk = { heldOn: office.today(), outcome: 'HELD', note: 'Usługa pomogła.' };
  await act(office, coordinator, 'cases', plan, 'closing-talk', talk);
  await act(office, coordinator, 'cases', plan, 'closure', { description: 'Usługi zrealizowano zgodnie z planem.' });
}

const apply = (office: Office, world: World, personId: string, { service }: Asked): Promise<Application> =>
  until('the offers in the cases service', () =>
    office
      .post<Application>(desk, 'cases', '/applications', {
        personId,
        applicantRole: 'PERSON',
        channel: 'DESK',
        statement: { clauseVersion: '2020-01-01', acknowledged: true },
        items: [{ offerId: world.offers[service].offerId }],
      })
      .catch((error: Error) => {
        if (/offer/i.test(error.message)) return undefined;
        throw error;
      }),
  );

async function recognise(office: Office, applicationId: string): Promise<void> {
  const scheduledFor = `${addDays(office.today(), 1)}T09:00:00Z`;
  const talk = await office.post(coordinator, 'cases', '/needs-recognitions', {
    applicationId,
    scheduledFor,
    place: 'CENTRE',
  });
  const sections = {
    voicedNeeds: 'Pomoc w codziennych sprawach.',
    servicesUsed: 'Brak.',
    groundsAndPossibilities: 'Zasadne.',
    feesInformation: 'Usługi programu są bezpłatne.',
  };
  await office.post(coordinator, 'cases', `/needs-recognitions/${talk.id}/record`, sections, talk.version);
}

async function draft(
  office: Office,
  { offers, contractors }: World,
  applicationId: string,
  itemId: string,
  { service }: Asked,
): Promise<string> {
  const from = office.today();
  const item = {
    itemId,
    providerId: contractors[0].id,
    place: 'w domu',
    schedule: 'raz w tygodniu',
    quantity: 100,
    unit: offers[service].unit,
  };
  const plan = await until('the capacities in the cases service', () =>
    office
      .post(coordinator, 'cases', '/plans', {
        applicationId,
        from,
        to: addDays(from, longestPlan),
        items: [item],
        goals: ['Bezpieczne mieszkanie u siebie.'],
      })
      .catch((error: Error) => {
        if (/provider/i.test(error.message)) return undefined;
        throw error;
      }),
  );
  const agreement = { manner: 'SIGNATURE', agreedOn: from };
  await office.post(coordinator, 'cases', `/plans/${plan.id}/agreement`, agreement, plan.version);
  return plan.id;
}

async function accepted(
  office: Office,
  { contractors: [first, second] }: World,
  allocationId: string,
  outcome: Outcome,
): Promise<{ order: string; by: string }> {
  const referred = await orderAt(office, first, allocationId);
  if (outcome !== 'passedOn') {
    await office.post(first.account, 'providers', `/service-orders/${referred.id}/acceptance`, {}, referred.version);
    return { order: referred.id, by: first.account };
  }
  const path = `/service-orders/${referred.id}/declination`;
  await office.post(first.account, 'providers', path, { reasonCode: 'NO_CAPACITY' }, referred.version);
  const declined = await until('the decline in the cases service', async () => {
    const now = await office.get<Changed & { state: string }>(coordinator, 'cases', `/allocations/${allocationId}`);
    return now.state === 'DECLINED' ? now : undefined;
  });
  const elsewhere = { providerId: second.id };
  await office.post(coordinator, 'cases', `/allocations/${allocationId}/referral`, elsewhere, declined.version);
  const order = await orderAt(office, second, allocationId);
  await office.post(second.account, 'providers', `/service-orders/${order.id}/acceptance`, {}, order.version);
  return { order: order.id, by: second.account };
}

/** The order comes to the provider by an event. */
const orderAt = (office: Office, { account }: Contractor, allocationId: string): Promise<Changed> =>
  until('the order', async () => {
    const path = `/service-orders?allocationId=${allocationId}`;
    return (await office.get<Listed<Changed>>(account, 'providers', path)).items.at(-1);
  });

export async function deliver(office: Office, orderId: string, by: string): Promise<void> {
  const visit = { orderId, deliveredOn: office.today(), quantity: 1 };
  const { id, version } = await office.post(by, 'providers', '/deliveries', visit);
  await office.post(coordinator, 'providers', `/deliveries/${id}/acceptance`, {}, version);
}
