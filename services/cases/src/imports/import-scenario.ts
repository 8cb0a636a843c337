import { randomUUID } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { director, idOf, type Json, type Scenario } from '../scenario';
import type { ImportKind } from './import-kinds';

export const source = 'POMOST';

export interface Sent {
  readonly as?: Partial<Principal>;
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly more?: string;
}

/** A file as an office sends it; rows go as JSON. */
export async function send(
  { service }: Scenario,
  kind: ImportKind,
  file: Buffer | string | readonly object[],
  { as = director, key = randomUUID(), dryRun = false, more = '' }: Sent = {},
): ReturnType<Scenario['post']> {
  const content = Array.isArray(file) ? JSON.stringify(file) : file;
  const response = await fetch(
    `${service.url}/imports?kind=${kind}&source=${source}${dryRun ? '&dryRun=true' : ''}${more}`,
    {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await service.issuer.token(as)}`,
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': key,
        'Okienko-File-Name': 'eksport.csv',
      },
      body: new Uint8Array(Buffer.from(content as string)),
    },
  );
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
}

/** Waits until every row has been gone through. */
export function done(scenario: Scenario, id: string, within = 30_000): Promise<Json> {
  return scenario.service.eventually(async () => {
    const { body } = await scenario.get(`/imports/${id}`, director);
    expect(body).toMatchObject({ state: 'DONE', left: 0 });
    return body;
  }, within);
}

export interface Report {
  readonly row: number;
  readonly externalId: string | null;
  readonly outcome: string;
  readonly code: string | null;
  readonly field: string | null;
  readonly subjectId: string | null;
  readonly duplicates: string[];
}

export async function reportOf(scenario: Scenario, id: string): Promise<Report[]> {
  const { body } = await scenario.get(`/imports/${id}/rows?limit=200`, director);
  return body['items'] as Report[];
}

/** Sent, gone through, and what became of each row. */
export async function imported(
  scenario: Scenario,
  kind: ImportKind,
  file: Buffer | string | readonly object[],
  sent: Sent = {},
): Promise<Report[]> {
  const id = idOf(await send(scenario, kind, file, sent));
  await done(scenario, id);
  return reportOf(scenario, id);
}

/** A family name that sounds like no other number's. */
export const nameOf = (serial: number): string =>
  `L${[...String(serial)].map((digit) => `${'bdfklmnprt'[Number(digit)]}a`).join('')}`;
