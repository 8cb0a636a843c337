import type { ProgrammeContent } from './programme-content';
import { exampleProgramme } from './programme-example';
import { askedBy, assertScoped } from './programme-scope';

const [service] = exampleProgramme().services;
const name = { pl: 'Nazwa' };
const ofAll = (...allOf: { kind: string; [field: string]: unknown }[]): never => [{ anyOf: [{ allOf }] }] as never;
const flat = { rule: 'FLAT', grosze: 1, per: 'ONCE' } as const;
const withService = (changes: object): Partial<ProgrammeContent> => ({ services: [{ ...service!, ...changes }] });
const adoptedOn = '2026-02-01';

describe('what a programme asks of people', () => {
  test.each<[string, Partial<ProgrammeContent>, string[]]>([
    ['nothing, without conditions', {}, []],
    ['of a document that it says so of', { evidence: [{ code: 'X', name, data: ['HOUSING'] }] }, ['HOUSING X']],
    [
      'of a document that most ask for',
      { evidence: [{ code: 'MEDICAL_CERTIFICATE', name }] },
      ['HEALTH MEDICAL_CERTIFICATE'],
    ],
    ['of a statement', { statements: [{ code: 'LEARNS', name, data: ['EDUCATION'] }] }, ['EDUCATION LEARNS']],
    [
      'of a household and those in it',
      withService({
        criteria: ofAll({ kind: 'HOUSEHOLD', of: 'OTHERS', from: 1, who: [{ allOf: [{ kind: 'AGE', to: 17 }] }] }),
      }),
      ['HOUSEHOLD teleopieka', 'AGE teleopieka'],
    ],
    [
      'by priorities',
      withService({ priorities: [{ code: 'A', name, criteria: ofAll({ kind: 'DISABILITY', degrees: ['LIGHT'] }) }] }),
      ['DISABILITY teleopieka'],
    ],
    [
      'by reliefs of its fee',
      { fee: { ...flat, reliefs: [{ code: 'A', name, percent: 5, criteria: ofAll({ kind: 'AGE', from: 75 }) }] } },
      ['AGE teleopieka'],
    ],
    ['by what providers are told', withService({ referralScope: ['HEALTH'] }), ['HEALTH teleopieka']],
    ['by a table of incomes', { fee: { rule: 'TABLE_BY_INCOME' } }, ['INCOME teleopieka', 'HOUSEHOLD teleopieka']],
    [
      'nothing by a table that the service does not use',
      { fee: { rule: 'TABLE_BY_INCOME' }, ...withService({ fee: flat }) },
      [],
    ],
    [
      'nothing of what the centre knows itself',
      withService({ criteria: ofAll({ kind: 'COOLING_OFF', length: 1, period: 'YEAR' }) }),
      [],
    ],
  ])('%s', (_, changes, expected) => {
    expect(askedBy(exampleProgramme(changes)).map(({ category, by }) => `${category} ${by}`)).toEqual(expected);
    const scope = expected.map((one) => one.split(' ')[0]!);
    expect(() =>
      assertScoped(exampleProgramme({ ...changes, dataScope: ['IDENTITY', ...scope] }), adoptedOn),
    ).not.toThrow();
    for (const left of scope)
      expect(() =>
        assertScoped(
          exampleProgramme({ ...changes, dataScope: ['IDENTITY', ...scope.filter((one) => one !== left)] }),
          adoptedOn,
        ),
      ).toThrow(
        expect.objectContaining({ code: 'outside-data-scope', message: expect.stringContaining(left) as string }),
      );
  });

  test('categories have their time', () => {
    expect(() => assertScoped(exampleProgramme(), '2019-12-31')).toThrow(
      expect.objectContaining({ code: 'data-category-unknown', basis: 'art. 5 ust. 3 pkt 9' }),
    );
  });
});
