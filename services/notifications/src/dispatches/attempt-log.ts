import type { Answer } from './dispatch';

/** One post and what came of it. */
export interface Attempted {
  readonly request: Readonly<Record<string, string>>;
  readonly answer: Answer;
  readonly milliseconds: number;
}

/** By these one could post in the centre's name. */
const secretHeaders = new Set(['webhook-signature', 'authorization']);
/** Of an answer, what tells who answered and why. */
const tellingHeaders = ['content-type', 'content-length', 'date', 'retry-after', 'server', 'via', 'x-request-id'];

/** As the log keeps them: JSON, or null where there was none. Loops, since they run for each webhook. */
export function keptRequest({ request }: Attempted): string {
  const kept: Record<string, string | undefined> = {};
  for (const name in request) if (!secretHeaders.has(name.toLowerCase())) kept[name] = request[name];
  return JSON.stringify(kept);
}
export function keptHeaders({ answer: { said } }: Attempted): string | null {
  if (!said) return null;
  const kept: Record<string, string | string[]> = {};
  for (const name of tellingHeaders) {
    const value = said.headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return JSON.stringify(kept);
}
/** PostgreSQL keeps no NUL. */
export const keptBody = ({ answer: { said } }: Attempted): string | null => said?.begins.replaceAll('\0', '') ?? null;
