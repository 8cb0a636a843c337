import type { Answer } from './dispatch';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

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

/** A loop, since it runs twice for each webhook. */
function only(headers: Headers, names: Iterable<string>): Headers {
  const kept: Record<string, string | string[] | undefined> = {};
  for (const name of names) kept[name] = headers[name];
  return kept;
}

/** As the log keeps them: JSON, or null where there was none. */
export const keptRequest = ({ request }: Attempted): string =>
  JSON.stringify(
    only(
      request,
      Object.keys(request).filter((name) => !secretHeaders.has(name.toLowerCase())),
    ),
  );
export const keptHeaders = ({ answer: { said } }: Attempted): string | null =>
  said ? JSON.stringify(only(said.headers, tellingHeaders)) : null;
/** PostgreSQL keeps no NUL. */
export const keptBody = ({ answer: { said } }: Attempted): string | null => said?.begins.replaceAll('\0', '') ?? null;
