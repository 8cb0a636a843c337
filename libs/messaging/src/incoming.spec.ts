import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { envelope, event } from '@okienko/contracts/event';
import { freshContext } from './context';
import { readEvent, Unreadable } from './incoming';

const honest = envelope(
  event(planApprovedV1, '0197a000-0000-7000-8000-000000000001', planApprovedV1.examples[0]),
  1,
  new Date('2026-03-02T08:15:00Z'),
  freshContext(),
);
const read = (change: object) => () => readEvent(JSON.stringify({ ...honest, ...change }));

describe('a message', () => {
  it('is read as the event that its owner sent', () => {
    expect(readEvent(JSON.stringify(honest))).toMatchObject({ name: planApprovedV1.$id, sequence: 1 });
    expect(read({ time: '2024-02-29T23:59:59.123456+02:00', note: '\\u0000 is six letters, 👍 one' })).not.toThrow();
  });

  it.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-03-02',
    '2026-03-02T25:00:00Z',
    '2026-03-02T00:00:00+99:00',
    7,
  ])('is none of ours when it was sent %j', (time) => expect(read({ time })).toThrow(Unreadable));

  it.each([{ data: { a: ['\0'] } }, { data: { 'a\0': 1 } }, { subject: '\ud800' }, { note: 'x\udc00' }])(
    'is none of ours when it cannot be stored: %j',
    (change) => expect(read(change)).toThrow(Unreadable),
  );

  it.each(['', '{', 'null', '[]', '"x"', '{"specversion":"1.0"}', '{"specversion":"0.3"}'])(
    'is none of ours when it is %j',
    (body) => expect(() => readEvent(body)).toThrow(Unreadable),
  );
});
