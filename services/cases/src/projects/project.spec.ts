import { ValidityReversed } from '../authorisations/authorisation';
import type { Indicator } from './indicator';
import { IndicatorsWrong, Project, type ProjectTerms } from './project';

const tablet: Indicator = {
  code: 'TABLET',
  name: 'Czy ma tablet',
  kind: 'YES_NO',
  options: [],
  askedAt: ['ENTRY', 'EXIT'],
  mayBeRefused: false,
  validFrom: '2026-02-01',
  validTo: null,
};
const terms = (more: Partial<ProjectTerms> = {}): ProjectTerms => ({
  name: 'Bliżej ludzi',
  validFrom: '2026-01-01',
  validTo: '2027-12-31',
  indicators: [tablet],
  ...more,
});
const project = (): Project => Project.record('project', 'FELU_08_05', 'ESF_PLUS', terms());
const codes = (indicators: readonly Indicator[]): string[] => indicators.map(({ code }) => code);

describe('a project', () => {
  it('asks what is common to all and what is its own, at its moment and on its days', () => {
    expect(codes(project().asks('ENTRY', '2026-01-31'))).toHaveLength(9);
    expect(codes(project().asks('ENTRY', '2026-02-01'))).toContain('TABLET');
    expect(codes(project().asks('EXIT', '2026-02-01'))).toEqual([
      'JOB_SEARCHING',
      'IN_EDUCATION',
      'QUALIFICATION_GAINED',
      'IN_EMPLOYMENT',
      'TABLET',
    ]);
    expect(codes(project().asks('FOUR_WEEKS_AFTER', '2026-02-01'))).not.toContain('TABLET');
  });

  it('adds indicators and ends them', () => {
    const revised = project();
    const bicycle = { ...tablet, code: 'BICYCLE' };
    revised.revise(terms({ indicators: [{ ...tablet, validTo: '2026-06-30' }, bicycle] }));
    expect(codes(revised.asks('ENTRY', '2026-06-30'))).toEqual(expect.arrayContaining(['TABLET', 'BICYCLE']));
    expect(codes(revised.asks('ENTRY', '2026-07-01'))).not.toContain('TABLET');
    expect(revised.revised().data).toEqual({
      code: 'FELU_08_05',
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      indicators: 2,
    });
  });

  it.each<[string, Partial<Indicator>[]]>([
    ['lose one', []],
    ['change the meaning of one', [{ mayBeRefused: true }]],
    ['ask one under another code', [{ code: 'TABLET_PC' }]],
    ['ask one twice', [{}, {}]],
    ['take a code common to all', [{}, { code: 'RURAL' }]],
    ['choose from nothing', [{}, { code: 'COLOUR', kind: 'CHOICE' }]],
    ['choose between the same', [{}, { code: 'COLOUR', kind: 'CHOICE', options: ['RED', 'RED'] }]],
    ['take a refusal for an option', [{}, { code: 'COLOUR', kind: 'CHOICE', options: ['RED', 'REFUSED'] }]],
    ['end one before it begins', [{ validTo: '2026-01-31' }]],
  ])('does not %s', (_, indicators) => {
    const before = project();
    expect(() => before.revise(terms({ indicators: indicators.map((one) => ({ ...tablet, ...one })) }))).toThrow(
      IndicatorsWrong,
    );
    expect(before).toEqual(project());
  });

  it('does not end before it begins', () => {
    expect(() => Project.record('project', 'A', 'ESF_PLUS', terms({ validTo: '2025-12-31' }))).toThrow(
      ValidityReversed,
    );
  });
});
