import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';

const text = readFileSync(join(__dirname, '..', '..', 'libs', 'contracts', 'asyncapi.json'), 'utf8');

/** Whatever `@asyncapi/parser` has to say, with its place; but not that there is a later AsyncAPI than 3.0. */
async function faultsOf(document: string): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(document);
  return diagnostics
    .filter(({ code }) => code !== 'asyncapi-latest-version')
    .map(({ message, path }) => `${path.join('/')}: ${message}`);
}

describe('the AsyncAPI document', () => {
  test('is valid for the parser of the AsyncAPI initiative', async () => {
    expect(await faultsOf(text)).toEqual([]);
  }, 60_000);

  test('would not be with a reference into nothing, an unknown action or a schema that is none', async () => {
    const broken: [RegExp, string, string][] = [
      [/\$ref|resolve|does not exist/i, '"#/channels/cases.plan.closed.v1"', '"#/channels/nowhere"'],
      [/action/i, '"action": "send"', '"action": "shout"'],
      [/type/i, '"type": "object"', '"type": "thing"'],
    ];
    for (const [says, from, to] of broken) {
      expect(text).toContain(from);
      expect((await faultsOf(text.replace(from, to))).join('\n')).toMatch(says);
    }
  }, 60_000);
});
