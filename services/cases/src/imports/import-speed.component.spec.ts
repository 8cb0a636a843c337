import { setTimeout } from 'node:timers/promises';
import { director, gmina, idOf, type Json, Scenario } from '../scenario';
import { nameOf, send } from './import-scenario';

/** `IMPORT_ROWS=10000 npm run component -w @okienko/cases -- import-speed` is the long form. */
const rows = Number(process.env['IMPORT_ROWS'] ?? 500);

jest.setTimeout(600_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

it('takes thousands of persons over in minutes', async () => {
  const persons = Array.from({ length: rows }, (_, index) => ({
    externalId: `K-${index}`,
    givenName: index % 2 ? 'Zofia' : 'Jan',
    familyName: nameOf(index),
    birthDate: `19${30 + (index % 60)}-0${1 + (index % 9)}-1${index % 10}`,
    terc: gmina,
    phone: '+48551234567',
  }));
  for (const dryRun of [true, false]) {
    const id = idOf(await send(scenario, 'PERSONS', persons, { dryRun }));
    const { counts, rowsPerSecond } = await finished(id);
    expect(counts).toMatchObject({ REFUSED: 0, UNCHANGED: 0, LINKED: 0 });
    process.stdout.write(`${rows} persons ${dryRun ? 'tried' : 'taken over'} at ${String(rowsPerSecond)} rows/s\n`);
  }
});

/** Looks once a second, so that looking is not what takes the time. */
async function finished(id: string): Promise<Json> {
  for (;;) {
    await setTimeout(1_000);
    const { body } = await scenario.get(`/imports/${id}`, director);
    if (body['state'] === 'DONE') return body;
  }
}
