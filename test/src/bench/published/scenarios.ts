import { inventResident } from '@okienko/local/resident';
import type { Chance } from '../../chance';
import { assumptions, drawn } from '../../city/assumptions';
import type { ServiceCode } from '../../city/generator';
import { course, register } from '../../city/matter';
import { type Office, staff } from '../../city/office';
import type { World } from '../../city/world';
import type { Counted } from './counted';

/** A matter of the loaded city, with what hangs on it. */
export interface Matter {
  readonly application: string;
  readonly person: string;
  readonly plan: string;
  readonly allocation: string;
  readonly order: string;
  readonly offer: string;
}

/** Those who ask, and what they ask about. */
export interface Floor {
  readonly counted: Counted;
  readonly world: World;
  readonly chance: Chance;
  readonly matters: readonly Matter[];
  readonly people: readonly { readonly familyName: string; readonly birthDate: string }[];
  /** Matters of newcomers that go on, a step at a time. */
  readonly going: AsyncGenerator<string, void>[];
}

export interface Scenario {
  readonly name: string;
  /** As the peer weighs it, of the sum of all. */
  readonly weight: number;
  /** Requests that it usually makes. */
  readonly requests: number;
  act(floor: Floor): Promise<unknown>;
}

const coordinators = [staff.coordinator, 'coordinator-piotr', staff.organiser];
const page = (content: string): Buffer =>
  Buffer.from(`%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n% ${content}\ntrailer << /Root 1 0 R >>\n%%EOF\n`);

const all = async (
  office: Office,
  account: string,
  paths: readonly (readonly ['cases' | 'catalogue' | 'providers', string])[],
): Promise<void> => {
  for (const [service, path] of paths) await office.get(account, service, path);
};

/** Somebody new, with an application. */
export async function newcomer({ world, chance }: Floor, office: Office): Promise<AsyncGenerator<string, void>> {
  const person = await register(office, { ...inventResident(), age: 0, district: '', household: 0 });
  const service = drawn(assumptions.services.value, chance.next()) as ServiceCode;
  const life = course(office, world, person, { service, outcome: 'served', deliveries: 12 });
  await life.next();
  return life;
}

/** The next thing that is done in a matter that goes on; of one that has ended, another begins. */
async function step(floor: Floor, what: string): Promise<void> {
  const { going, chance, counted } = floor;
  const life = going.splice(Math.floor(chance.next() * going.length), 1)[0];
  if (!life) {
    going.push(await newcomer(floor, counted.as(what)));
    return;
  }
  const { done } = await life.next();
  if (!done) going.push(life);
}

const about = (floor: Floor): { matter: Matter; reader: string } => ({
  matter: floor.chance.pick(floor.matters),
  reader: floor.chance.pick(coordinators),
});

/**
 * The twelve functional scenarios by which Open Zaak sizes its hardware, with their weights (docs/development/performance/scenarios.rst and
 * docs/installation/hardware.rst of open-zaak/open-zaak), done with our resources. Where theirs reads a type, ours reads an offer or a
 * programme; what theirs adds to a case in one request each (status, decision, result) is here the next step of a matter, with all its checks.
 */
export const openZaak: readonly Scenario[] = [
  {
    name: 'overview',
    weight: 20,
    requests: 4,
    act: (floor) =>
      all(floor.counted.as('overview'), about(floor).reader, [
        ['cases', '/worklist?limit=50'],
        ['cases', '/applications?limit=50'],
        ['catalogue', '/programmes?limit=50'],
        ['catalogue', '/service-offers?limit=50'],
      ]),
  },
  {
    name: 'overview of a kind',
    weight: 10,
    requests: 6,
    act(floor) {
      const { matter, reader } = about(floor);
      return all(floor.counted.as('overview of a kind'), reader, [
        ['cases', '/applications?state=SUBMITTED&limit=50'],
        ['cases', '/plans?state=DRAFT&limit=50'],
        ['cases', '/plans?state=ACTIVE&limit=50'],
        ['cases', '/plans?state=CLOSED&limit=50'],
        ['catalogue', `/service-offers/${matter.offer}`],
        ['catalogue', `/programmes/${floor.world.programmeId}`],
      ]);
    },
  },
  {
    name: 'search by place',
    weight: 1,
    requests: 1,
    act: (floor) =>
      all(floor.counted.as('search by place'), about(floor).reader, [
        ['catalogue', '/service-offer-search?q=opieka&terc=2861011'],
      ]),
  },
  {
    name: 'search by person',
    weight: 10,
    requests: 1,
    act(floor) {
      const { matter, reader } = about(floor);
      return all(floor.counted.as('search by person'), reader, [['cases', `/applications?personId=${matter.person}`]]);
    },
  },
  {
    name: 'case with all its parts',
    weight: 8,
    requests: 14,
    act(floor) {
      const { matter, reader } = about(floor);
      return all(floor.counted.as('case with all its parts'), reader, [
        ['cases', `/applications/${matter.application}`],
        ['cases', `/persons/${matter.person}`],
        ['cases', `/plans?applicationId=${matter.application}`],
        ['cases', `/plans/${matter.plan}`],
        ['cases', `/allocations?planId=${matter.plan}`],
        ['cases', `/allocations/${matter.allocation}`],
        ['cases', `/files?applicationId=${matter.application}`],
        ['cases', `/documents?applicationId=${matter.application}`],
        ['cases', `/representations?personId=${matter.person}`],
        ['cases', `/households?personId=${matter.person}`],
        ['providers', `/service-orders/${matter.order}`],
        ['providers', `/deliveries?orderId=${matter.order}`],
        ['catalogue', `/service-offers/${matter.offer}`],
        ['catalogue', `/programmes/${floor.world.programmeId}`],
      ]);
    },
  },
  {
    name: 'history',
    weight: 2,
    requests: 5,
    act(floor) {
      const { matter, reader } = about(floor);
      return all(floor.counted.as('history'), reader, [
        ['cases', `/plans/${matter.plan}/versions`],
        ['cases', `/plans/${matter.plan}/contacts`],
        ['cases', `/allocations/${matter.allocation}/referrals`],
        ['cases', `/past-matters?personId=${matter.person}`],
        ['providers', `/deliveries?orderId=${matter.order}`],
      ]);
    },
  },
  {
    name: 'new case',
    weight: 10,
    requests: 2,
    act: async (floor) => floor.going.push(await newcomer(floor, floor.counted.as('new case'))),
  },
  { name: 'next step', weight: 24, requests: 4, act: (floor) => step(floor, 'next step') },
  {
    name: 'another person',
    weight: 3,
    requests: 1,
    act: (floor) =>
      register(floor.counted.as('another person'), { ...inventResident(), age: 0, district: '', household: 0 }),
  },
  {
    name: 'document',
    weight: 12,
    requests: 1,
    act(floor) {
      const { matter } = about(floor);
      return floor.counted.attach('document', staff.desk, matter.application, page(String(floor.chance.next())));
    },
  },
];

/** Somebody comes to the desk and applies. */
export const filing: Scenario = {
  name: 'declare',
  weight: 3,
  requests: 2,
  act: (floor) => newcomer(floor, floor.counted.as('declare')),
};

/**
 * What OpenCRVS measures under "over 1,000 users working simultaneously" (documentation.opencrvs.org, v2.0, Performance): people declare,
 * search, and keep their worklist open. The page does not say how often each; these shares are ours.
 */
export const openCrvs: readonly Scenario[] = [
  filing,
  {
    name: 'search',
    weight: 4,
    requests: 1,
    act: (floor) =>
      floor.counted.as('search').post(staff.desk, 'cases', '/persons/search', floor.chance.pick(floor.people)),
  },
  {
    name: 'worklist',
    weight: 3,
    requests: 1,
    act: (floor) => all(floor.counted.as('worklist'), about(floor).reader, [['cases', '/worklist?limit=20']]),
  },
];

export const anyOf = (scenarios: readonly Scenario[], chance: Chance): Scenario => {
  const name = drawn(Object.fromEntries(scenarios.map((one) => [one.name, one.weight])), chance.next());
  return scenarios.find((one) => one.name === name) as Scenario;
};

/** Requests of a scenario, as they are weighed. */
export const requestsOf = (scenarios: readonly Scenario[]): number =>
  scenarios.reduce((sum, { weight, requests }) => sum + weight * requests, 0) /
  scenarios.reduce((sum, { weight }) => sum + weight, 0);
