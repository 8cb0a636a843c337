import { randomBytes } from 'node:crypto';
import { addDays } from '@okienko/contracts/calendar';
import { dataSource } from '@okienko/messaging/data-source';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { PersonalData } from '../access/personal-data';
import { mappings } from '../data-source';
import { gmina, Scenario, today } from '../scenario';
import { Application } from './application';
import { factsOf, sealFacts, type StatedFacts } from './application-facts';

const clock = { now: () => new Date() };
const ring = KeyRing.fromEnvironmentValues(randomBytes(32).toString('base64'), randomBytes(32).toString('base64'));
const personalData = new PersonalData(new PersonKeys(ring), clock);

let scenario: Scenario;
let source: DataSource;
let unitOfWork: UnitOfWork;
beforeAll(async () => {
  scenario = await Scenario.start();
  const settings = { url: scenario.service.database.app, mappings, migrations: [], poolSize: 2, name: 'test' };
  source = await dataSource(settings).initialize();
  unitOfWork = new UnitOfWork(source, clock);
}, 60_000);
afterAll(async () => {
  await source.destroy();
  await scenario.stop();
});

/** An application of somebody born in 1950 for two services of two programmes, with what they stated. */
async function filed(stated: StatedFacts | undefined): Promise<{ id: string; personId: string; itemId: string }> {
  const [id, personId, itemId] = [uuidv7(), uuidv7(), uuidv7()];
  const [{ programmeId, offerId }, other] = [
    await scenario.offer(5, { dataScope: ['DISABILITY', 'HOUSEHOLD', 'AGE', 'INCOME'] }),
    await scenario.offer(5),
  ];
  const service = { serviceCode: 'teleopieka', state: 'SUBMITTED' } as const;
  const items = [
    { id: itemId, offerId, programmeId, quantity: 6, ...service },
    { id: uuidv7(), ...other, ...service, serviceCode: 'taxi' },
  ];
  await unitOfWork.run(async (work) => {
    await personalData.newPerson(work, personId);
    const row = await personalData.row(work, personId, 'person', personId);
    await work.query(
      `insert into person (id, version, unit, terc, given_name, family_name, birth_date, registered_at)
       values ($1, 1, 'main', $2, $3, $3, $4, now())`,
      [personId, gmina, row.seal('given_name', 'Żaneta'), row.seal('birth_date', '1950-05-14')],
    );
    const facts = stated && (await sealFacts(work, personalData, { id, personId, items }, stated, today));
    const filing = { personId, applicantRole: 'PERSON', channel: 'DESK', filedAt: clock.now(), terc: gmina } as const;
    const more = { clauseVersion: '2020-01-01', items, ...(facts ? { facts } : {}) };
    const application = Application.file(id, 'main', { ...filing, ...more }, 'desk', clock.now());
    await work.save(application, application.submitted());
  });
  return { id, personId, itemId };
}

const factsFor = (id: string, itemId: string) =>
  unitOfWork.run(async (work) => factsOf(work, personalData, await work.load(Application, id), itemId, today));

describe('the facts of a requested service', () => {
  it('are what was stated, who the person is, and what else is asked for', async () => {
    const stated: StatedFacts = {
      disability: 'SIGNIFICANT',
      household: [{ birthDate: '1948-01-01' }],
      incomePerPersonGrosze: 100_000,
    };
    const { id, itemId } = await filed(stated);
    expect(await factsFor(id, itemId)).toEqual({
      ...stated,
      on: today,
      serviceCode: 'teleopieka',
      quantity: 6,
      residence: gmina,
      birthDate: '1950-05-14',
      appliedFor: ['teleopieka', 'taxi'],
      granted: [],
      used: [],
    });
  });

  it('leave out what was not said, and what is not asked for any more', async () => {
    const { id, itemId } = await filed(undefined);
    await unitOfWork.run(async (work) => {
      const application = await work.load(Application, id);
      const taxi = application.itemStates[1]?.id ?? '';
      application.withdraw(taxi);
      await work.save(application, application.withdrawn(taxi));
    });
    const facts = await factsFor(id, itemId);
    expect(facts).toMatchObject({ appliedFor: ['teleopieka'] });
    for (const name of ['disability', 'statements', 'evidence', 'household', 'incomePerPersonGrosze'])
      expect(facts).not.toHaveProperty(name);
  });

  it('know what was granted before, but not what was given back, nor the place of this very item', async () => {
    const { id, personId, itemId } = await filed(undefined);
    const places: [string, string, string, string | null][] = [
      [itemId, 'teleopieka', '2026-01-05T10:00:00Z', null],
      [uuidv7(), 'taxi', '2025-12-31T23:30:00Z', null],
      [uuidv7(), 'laundry', '2025-12-01T10:00:00Z', '2025-12-02T10:00:00Z'],
    ];
    for (const [item, code, takenAt, releasedAt] of places)
      await scenario.service.sql(
        `insert into service_place (item_id, person_id, programme_id, service_code, taken_at, released_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [item, personId, uuidv7(), code, takenAt, releasedAt],
      );
    // Half past midnight in Poland.
    expect(await factsFor(id, itemId)).toMatchObject({ granted: [{ serviceCode: 'taxi', on: '2026-01-01' }] });
  });

  it('know what was delivered of this service, from the day on which it began', async () => {
    const { application, allocationId } = await scenario.approvedPlan();
    await scenario.service.sql(
      `update allocation set state = 'IN_DELIVERY', delivered_total = 4, started_on = $2 where id = $1`,
      [allocationId, addDays(today, -3)],
    );
    const { id, itemId } = await filed(undefined);
    await scenario.service.sql(
      'update allocation set person_id = (select person_id from application where id = $2) where id = $1',
      [allocationId, id],
    );
    expect(application.id).not.toBe(id);
    expect(await factsFor(id, itemId)).toMatchObject({
      used: [{ unit: 'HOUR', quantity: 4, on: addDays(today, -3) }],
    });
  });
});
