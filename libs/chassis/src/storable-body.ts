import { limits } from './limits';
import { RequestProblem } from './problem';

/** NUL cannot be stored, lone surrogates cannot be sent on, and deep nesting and endless lists are nobody's honest request. */
export function refuseUnstorable(value: unknown, depth = 0): void {
  if (depth > limits.levels)
    throw new RequestProblem(400, 'nested-too-deep', `The body is nested more than ${limits.levels} levels deep.`);
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw new RequestProblem(400, 'unstorable-text', 'Text must be well-formed Unicode without NUL.');
  } else if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value) && value.length > limits.items)
      throw new RequestProblem(400, 'list-too-long', `A list has at most ${limits.items} entries.`);
    for (const [key, part] of Object.entries(value)) {
      refuseUnstorable(key, depth);
      refuseUnstorable(part, depth + 1);
    }
  }
}

/** JSON `null` would pass for an empty object, and a list or a plain value for a body that the route does not read. */
export function refuseOtherThanObject(body: unknown): void {
  if (body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))) return;
  throw new RequestProblem(400, 'bad-request', 'The body must be a JSON object.');
}

/** Nothing is unpacked: a few bytes could become gigabytes. */
export function refuseEncoded(encoding: string | undefined): void {
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return;
  throw new RequestProblem(415, 'content-encoding-refused', 'Send the body as it is, without a Content-Encoding.');
}
