import { erasuresIn, lineOf } from './erasure-log';

const one = {
  personId: '0197a000-0000-7000-8000-000000000003',
  erasedAt: new Date('2037-01-14T10:00:00.000Z'),
  basis: 'ART_17',
};

it('what is exported is read back', () => {
  expect(erasuresIn(lineOf(one) + lineOf({ ...one, basis: 'RETENTION_ENDED' }))).toEqual([
    one,
    { ...one, basis: 'RETENTION_ENDED' },
  ]);
  expect(erasuresIn('\n')).toEqual([]);
});

it.each(['{"personId":"0197a000', '{}', 'null', '{"personId":"x","erasedAt":"2037-01-14","basis":"ART_17"}'])(
  'a log that holds %s is refused as a whole, and the line is named',
  (line) => expect(() => erasuresIn(lineOf(one) + line)).toThrow('line 2 '),
);
