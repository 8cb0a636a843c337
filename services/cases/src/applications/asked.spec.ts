import type { RequirementData } from '@okienko/contracts/criteria/schema';
import fc from 'fast-check';
import type { StatedFacts } from './application-facts';
import { assertAsked, categoriesIn, EvidenceNotAsked, StatementNotAsked } from './asked';

const asks = (kind: string, code: string): RequirementData => ({ anyOf: [{ allOf: [{ kind, code }] }] });
const relief = (criteria: RequirementData[]) => ({ code: 'LARGE_FAMILY', percent: 50, criteria });
const terms = [
  {
    criteria: [
      asks('STATEMENT', 'DEPENDENT'),
      {
        anyOf: [
          {
            allOf: [
              {
                kind: 'HOUSEHOLD',
                of: 'OTHERS' as const,
                who: [{ allOf: [{ kind: 'EVIDENCE', code: 'SCHOOL_CERTIFICATE' }] }],
              },
            ],
          },
        ],
      },
    ],
    priorities: [{ code: 'ALONE', criteria: [asks('STATEMENT', 'LIVES_ALONE')] }],
  },
  { fee: { rule: 'FREE', reliefs: [relief([asks('EVIDENCE', 'FAMILY_CARD')])] } },
];
const all: Required<Pick<StatedFacts, 'statements' | 'evidence' | 'household'>> = {
  statements: ['DEPENDENT', 'LIVES_ALONE'].map((code) => ({ code, holds: true })),
  evidence: ['FAMILY_CARD', 'SCHOOL_CERTIFICATE'].map((code) => ({ code, shownOn: '2026-03-02' })),
  household: [{ statements: [{ code: 'DEPENDENT', holds: false }], evidence: ['SCHOOL_CERTIFICATE'] }],
};

describe('what is stated and shown', () => {
  it('is what a criterion, a priority or a relief of any service asks for', () =>
    expect(() => assertAsked(all, terms)).not.toThrow());

  it('is nothing where nothing is asked', () => {
    expect(() => assertAsked({ disability: 'NONE', household: [] }, [{}])).not.toThrow();
    expect(() => assertAsked(all, [{}])).toThrow(StatementNotAsked);
    expect(() => assertAsked({ evidence: all.evidence }, [])).toThrow(EvidenceNotAsked);
  });

  it('is refused for whatever is beyond that, also of somebody else in the household', () => {
    const code = fc.constantFrom('DEPENDENT', 'LIVES_ALONE', 'FAMILY_CARD', 'SCHOOL_CERTIFICATE', 'DIAGNOSIS');
    fc.assert(
      fc.property(code, fc.boolean(), (one, ofAnother) => {
        const statements = [{ code: one, holds: true }];
        const stated: StatedFacts = ofAnother ? { household: [{ statements }] } : { statements };
        const shown: StatedFacts = ofAnother
          ? { household: [{ evidence: [one] }] }
          : { evidence: [{ code: one, shownOn: '2026-03-02' }] };
        const fits = (facts: StatedFacts): boolean => {
          try {
            assertAsked(facts, terms);
            return true;
          } catch {
            return false;
          }
        };
        expect(fits(stated)).toBe(one === 'DEPENDENT' || one === 'LIVES_ALONE');
        expect(fits(shown)).toBe(one === 'FAMILY_CARD' || one === 'SCHOOL_CERTIFICATE');
      }),
    );
  });

  it.each<[StatedFacts, string[]]>([
    [{}, []],
    [{ disability: 'NONE' }, ['DISABILITY']],
    [{ household: [] }, ['HOUSEHOLD']],
    [{ household: [{ birthDate: '1950-01-01', disability: 'LIGHT' }] }, ['HOUSEHOLD', 'AGE', 'DISABILITY']],
    [{ incomePerPersonGrosze: 0 }, ['INCOME']],
    [all, ['HOUSEHOLD']],
  ])('tells of %j the categories %j', (facts, categories) => expect(categoriesIn(facts)).toEqual(categories));
});
