import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenPromises, publish, type Published } from './compatibility';
import { applicationSubmittedV1 } from './cases/application-submitted.v1';
import type { EventContract } from './event';
import { events } from './events';

const published = JSON.parse(readFileSync(join(__dirname, '..', 'published.json'), 'utf8')) as Published;
const name = applicationSubmittedV1.$id;
type Properties = Record<string, object>;

/** The contract after an edit of somebody who did not think of its readers. */
function edited(
  edit: (contract: { properties: Properties; required: string[]; 'x-audience': string; 'x-sealed'?: boolean }) => void,
): EventContract {
  const copy = JSON.parse(JSON.stringify(applicationSubmittedV1)) as Parameters<typeof edit>[0];
  edit(copy);
  return copy as unknown as EventContract;
}
const faultsOf = (edit: Parameters<typeof edited>[0]): string[] =>
  brokenPromises(publish({}, [applicationSubmittedV1]), [edited(edit)]);

describe('published contracts are only extended', () => {
  test('the contracts keep what libs/contracts/published.json promises', () => {
    const broken = brokenPromises(published, events);
    if (broken.length > 0) throw new Error(broken.join('\n'));
  });

  test('every contract is published', () => {
    if (JSON.stringify(publish(published, events)) !== JSON.stringify(published))
      throw new Error(
        'libs/contracts/published.json does not know the newest contracts: run `npm run generate` and commit the file.',
      );
  });

  test.each<[string, RegExp, Parameters<typeof edited>[0]]>([
    ['a property is removed', /\/channel is gone/, ({ properties }) => delete properties['channel']],
    [
      'a property is renamed',
      /\/filedAt is gone/,
      ({ properties }) =>
        ([properties['submittedAt'], properties['filedAt']] = [properties['filedAt'] as object, undefined as never]),
    ],
    [
      'a property changes its type',
      /\/channel has another type/,
      ({ properties }) => (properties['channel'] = { ...properties['channel'], type: 'integer' }),
    ],
    [
      'a property becomes required',
      /\/note is now required/,
      ({ properties, required }) => ((properties['note'] = { type: 'integer' }), required.push('note')),
    ],
    [
      'a property may be absent',
      /\/channel is no longer always there/,
      ({ required }) => required.splice(required.indexOf('channel'), 1),
    ],
    [
      'an enum loses a value',
      /\/channel no longer takes POST/,
      ({ properties }) =>
        (properties['channel'] = { ...properties['channel'], enum: ['DESK', 'WEB_FORM', 'PHONE', 'EMAIL'] }),
    ],
    [
      'a pattern changes',
      /\/personId has another pattern/,
      ({ properties }) => (properties['personId'] = { ...properties['personId'], pattern: '^0' }),
    ],
    [
      'a list gets shorter',
      /\/items has a narrower maxItems/,
      ({ properties }) => (properties['items'] = { ...properties['items'], maxItems: 2 }),
    ],
    [
      'an item loses a property',
      /\/items\/\[\]\/offerId is gone/,
      ({ properties }) =>
        delete (properties['items'] as { items: { properties: Properties } }).items.properties['offerId'],
    ],
    ['partners lose it', /no longer for partners/, (contract) => (contract['x-audience'] = 'internal')],
    ['it moves to the sealed stream', /another x-sealed/, (contract) => (contract['x-sealed'] = true)],
  ])('%s: refused, with the advice to make v2', (_, reason, edit) => {
    const [fault, ...others] = faultsOf(edit);
    expect(fault).toMatch(reason);
    expect(fault).toContain('make the changed contract cases.application.submitted.v2');
    expect(others).toEqual([]);
    const before = publish({}, [applicationSubmittedV1]);
    expect(publish(before, [edited(edit)])).toEqual(before);
  });

  test('an event that disappears is refused', () =>
    expect(brokenPromises(publish({}, [applicationSubmittedV1]), [])[0]).toMatch(/is gone from events.ts/));

  test('an added optional property or value is taken, and from then on kept as well', () => {
    const longer = edited(
      ({ properties }) => (
        (properties['note'] = { type: 'integer' }),
        (properties['channel'] = {
          ...properties['channel'],
          enum: ['DESK', 'WEB_FORM', 'PHONE', 'POST', 'EMAIL', 'VISIT'],
        })
      ),
    );
    const before = publish({}, [applicationSubmittedV1]);
    expect(brokenPromises(before, [longer])).toEqual([]);
    const after = publish(before, [longer]);
    expect(after[name]).toHaveProperty('properties.note');
    expect(brokenPromises(after, [applicationSubmittedV1])).toHaveLength(2);
  });
});
