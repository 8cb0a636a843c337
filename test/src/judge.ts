import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const file = join(__dirname, '..', '..', '..', 'shared', 'conformance', 'problem-details', 'problem.json');
if (!existsSync(file))
  console.info('The JSON Schema of RFC 9457 is not beside the checkout, so problems are not checked against it here.');
const isProblem = existsSync(file)
  ? addFormats(new Ajv2020({ strict: false })).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
  : undefined;

// What tells an attacker how we are built, or a reader of logs about a person.
const tellsTooMuch =
  /\bat \S+ \(|node_modules|\.(ts|js):\d+|\b(select|insert into|update|delete from)\b.+\b(from|values|set|where)\b|relation "|column "|QueryFailedError|duplicate key|syntax error at|invalid input syntax|TypeError|Cannot read prop/i;

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly contentType: string;
}

export interface Fault {
  readonly kind: 'serverErrors' | 'undocumentedStatuses' | 'leaks' | 'wrongAnswers';
  readonly reason: string;
}

const wrong = (reason: string): Fault => ({ kind: 'wrongAnswers', reason });

/** "Not modified", and what the server itself says of addresses and headers that are too long: of HTTP, not of a route. */
const ofHttp = [304, 414, 431];

/** What is wrong with an answer to hostile input; nothing, when it is a plain success or a proper problem that the document knows. */
export function judge({ status, body, text, contentType }: Answered, documented: readonly number[]): Fault[] {
  if (status >= 500) return [{ kind: 'serverErrors', reason: `answered ${status}: ${text.slice(0, 200)}` }];
  const unknown: Fault[] =
    documented.includes(status) || ofHttp.includes(status)
      ? []
      : [
          {
            kind: 'undocumentedStatuses',
            reason: `answered ${status}, which the document does not know: ${text.slice(0, 200)}`,
          },
        ];
  if (status < 400) return unknown;
  const problem = (body ?? {}) as {
    type?: unknown;
    title?: unknown;
    status?: unknown;
    detail?: unknown;
    instance?: unknown;
  };
  const said = [problem.type, problem.title, problem.detail, problem.instance].every(
    (word) => typeof word === 'string' && word !== '',
  );
  return [
    ...unknown,
    ...(contentType.startsWith('application/problem+json')
      ? []
      : [wrong(`${status} came as ${contentType || 'nothing'}: ${text.slice(0, 100)}`)]),
    ...(said && problem.status === status ? [] : [wrong(`${status} is no full problem: ${text.slice(0, 200)}`)]),
    ...(isProblem && !isProblem(body) ? [wrong(`not RFC 9457: ${JSON.stringify(isProblem.errors)}`)] : []),
    ...(tellsTooMuch.test(text)
      ? [{ kind: 'leaks', reason: `tells too much: ${text.slice(0, 200)}` } satisfies Fault]
      : []),
  ];
}
