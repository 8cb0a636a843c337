import { cursorId, cursorNumber, cursorValues, pageOf, type Shape } from './page';

const cursor = (...values: unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
const id = '0197a000-0000-7000-8000-000000000010';
const malformed = /Take `after` from the answer before/;

describe('a cursor', () => {
  it('comes back as the values that the page ended with', () => {
    const { next } = pageOf([{ id }, { id: 'more' }], 1, (row) => ['2026-03-02', row.id, '17', '']);
    expect(cursorValues(next, ['day', 'uuid', 'number', 'text'])).toEqual(['2026-03-02', id, '17', '']);
    expect(cursorValues(undefined, ['uuid'])).toBeUndefined();
    expect(pageOf([{ id }], 1, (row) => [row.id])).toEqual({ items: [{ id }] });
  });

  it('over ids or numbers is one of them', () => {
    expect([cursorId(cursor(id)), cursorId(undefined)]).toEqual([id, undefined]);
    expect([cursorNumber(cursor('0')), cursorNumber(undefined)]).toEqual([0, undefined]);
  });

  it.each<[string, readonly Shape[]]>([
    ['no base64 of ours', ['text']],
    [Buffer.from('{}').toString('base64url'), ['text']],
    [cursor(), ['text']],
    [cursor('a', 'b'), ['text']],
    [cursor(7), ['text']],
    [cursor('a\0'), ['text']],
    [cursor(`${id}0`), ['uuid']],
    [cursor(id.toUpperCase()), ['uuid']],
    [cursor('2026-02-30'), ['day']],
    [cursor('0000-01-01'), ['day']],
    [cursor('-1'), ['number']],
    [cursor('1234567890'), ['number']],
    [cursor('1'), [/^0$/]],
  ])('%s is malformed as %j', (after, shapes) => expect(() => cursorValues(after, shapes)).toThrow(malformed));
});
