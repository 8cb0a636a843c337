import { htmlOf } from '@okienko/printing/html';
import { isWhole, type PersonPackage, readable } from './package-of-person';

const madeAt = '2026-11-22T12:00:00.000Z';
const whole: PersonPackage = {
  format: 'okienko.person-package.v1',
  personId: '0198f0c2-0000-7000-8000-000000000001',
  madeAt,
  services: {
    cases: {
      madeAt,
      held: [
        { table: 'person', rows: [{ given_name: 'Żaneta <b>', birth_date: null }] },
        { table: 'fee', rows: [] },
        { table: 'new_table', rows: [{ a: { b: 1 } }] },
      ],
      history: [{ type: 'cases.person.identity-corrected.v1', at: madeAt, data: { changed: ['NAMES'] } }],
    },
  },
  missing: {},
  notes: [],
};

it('tells people everything that machines are told, under names that they know', () => {
  const page = htmlOf(readable(whole));
  expect(page).toContain('Sprawy: Dane osoby');
  expect(page).toContain('given_name: Żaneta &lt;b&gt;');
  expect(page).toContain('new_table');
  expect(page).toContain('identity-corrected');
  expect(page).not.toContain('Opłaty');
  expect(page).not.toContain('birth_date');
  expect(isWhole(whole)).toBe(true);
});

it('says which service is missing', () => {
  const missing = { notifications: 'nothing answers' };
  expect(isWhole({ ...whole, missing })).toBe(false);
  expect(htmlOf(readable({ ...whole, missing }))).toContain('Brakuje danych z: Powiadomienia.');
});
