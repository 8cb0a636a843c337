import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { htmlOf } from '@okienko/printing/html';
import { pdfOf } from '@okienko/printing/pdf';
import { Obstacle, reasonOf } from './obstacle';
import { type Copy, isWhole, type PersonPackage, readable } from './package-of-person';
import { dataHome } from './paths';
import { portNumber } from './ports';
import { urlOf } from './services';
import { run, Steps } from './steps';
import { tokenFrom } from './token';

/** Services never ask each other: the officer does, with the officer's own token. */
const asked = ['cases', 'notifications', 'providers'] as const;
type Asked = (typeof asked)[number];

const notes = [
  'Katalog usług przechowuje wyłącznie numery i dni (kopie pozycji wniosków i przydziałów). Zgłoszeń potrzeb nie da się odnaleźć według osoby: odczytuje się je po numerze potwierdzenia.',
  'Kto i kiedy oglądał te dane, mówi rejestr dostępu. Treść pism i plików wydaje się osobno.',
];

/** `npm run person-package`: everything held about somebody, across the services, for them (GDPR art. 15, 20). */
run(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      cases: { type: 'string' },
      notifications: { type: 'string' },
      providers: { type: 'string' },
    },
  });
  const [personId] = positionals;
  if (!personId || !/^[0-9a-f-]{36}$/i.test(personId))
    throw new Obstacle('Say it as `npm run person-package -- <personId> [--out folder]`; --help tells more.');
  const steps = new Steps();
  const token = await tokenOf();
  const services: Partial<Record<Asked, Copy>> = {};
  const missing: Partial<Record<Asked, string>> = {};
  for (const service of asked) {
    const url = (values[service] ?? urlOf(portNumber(service))).replace(/\/$/, '');
    try {
      services[service] = await copyFrom(service, url, personId, token, allocationsIn(services.cases));
    } catch (error) {
      missing[service] = reasonOf(error);
    }
  }
  const all: PersonPackage = {
    format: 'okienko.person-package.v1',
    personId,
    madeAt: new Date().toISOString(),
    services,
    missing: missing as Record<string, string>,
    notes: services.cases ? notes : [...notes, 'Bez spraw nie wiadomo, które zlecenia u wykonawców dotyczą osoby.'],
  };
  const folder = resolve(values.out ?? join(dataHome(), 'packages', personId));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keep = (name: string, content: string | Buffer): void =>
    writeFileSync(join(folder, name), content, { mode: 0o600 });
  keep('person.json', `${JSON.stringify(all, undefined, 2)}\n`);
  keep('person.html', htmlOf(readable(all)));
  keep('person.pdf', await pdfOf(readable(all), new Date(all.madeAt)));
  steps.say(`${folder}: person.json, person.html, person.pdf`);
  for (const [service, why] of Object.entries(missing)) steps.say(`  ${service} is missing: ${why}`);
  process.stdout.write(`${JSON.stringify({ personId, folder, services: Object.keys(services), missing })}\n`);
  if (!isWhole(all)) process.exitCode = 1;
});

async function tokenOf(): Promise<string> {
  const given = process.env['OKIENKO_TOKEN'];
  if (given) return given;
  return tokenFrom(urlOf(portNumber('issuer')), dataHome(), 'desk-anna').catch((error: unknown) => {
    throw new Obstacle(
      `No token from the local issuer (${reasonOf(error)}): run npm start first, or put one of the desk or the director into OKIENKO_TOKEN.`,
    );
  });
}

const allocationsIn = (cases: Copy | undefined): string[] =>
  (cases?.held.find(({ table }) => table === 'allocation')?.rows ?? []).map(({ id }) => String(id));

async function copyFrom(
  service: Asked,
  url: string,
  personId: string,
  token: string,
  allocationIds: readonly string[],
): Promise<Copy> {
  const headers = { Authorization: `Bearer ${token}`, 'Okienko-Purpose': 'DATA_SUBJECT_REQUEST' };
  const body = { method: 'POST', body: JSON.stringify({ allocationIds }) };
  const response = await fetch(`${url}/persons/${personId}/copy`, {
    ...(service === 'providers' ? body : {}),
    headers: { ...headers, ...(service === 'providers' ? { 'Content-Type': 'application/json' } : {}) },
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as Copy & { title?: string };
  // Whom nobody has ever written to is not known there, and nothing is missing.
  if (response.status === 404 && service === 'notifications') return { madeAt: new Date().toISOString(), held: [] };
  if (!response.ok) throw new Error(`${response.status} ${answer.title ?? ''}`);
  return answer;
}
