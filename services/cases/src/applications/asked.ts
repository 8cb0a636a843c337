import type { RequirementData } from '@okienko/contracts/criteria/schema';
import type { DataCategoryCode } from '@okienko/contracts/data-scope';
import { DomainError } from '@okienko/contracts/domain-error';
import type { ProgrammeTerms } from '../programmes/programme-terms';
import type { StatedFacts } from './application-facts';

export class StatementNotAsked extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'statement-not-asked';
  override readonly basis = 'art. 36(1), 50(1)';
  constructor(codes: readonly string[]) {
    super(`No service of this application asks for the statements ${codes.join(', ')}. Leave them out.`);
  }
}

export class EvidenceNotAsked extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'evidence-not-asked';
  override readonly basis = 'art. 36(3)';
  constructor(codes: readonly string[]) {
    super(
      `No service of this application asks for the documents ${codes.join(', ')}. Give them back to the applicant.`,
    );
  }
}

type AskingTerms = Pick<ProgrammeTerms, 'criteria' | 'priorities' | 'fee'>;

/** Nobody states or shows what no criterion, priority or relief of the services asked for names. */
export function assertAsked(facts: StatedFacts, terms: readonly AskingTerms[]): void {
  const { household = [] } = facts;
  const stated = [facts, ...household].flatMap(({ statements = [] }) => statements.map(({ code }) => code));
  const shown = [
    ...(facts.evidence ?? []).map(({ code }) => code),
    ...household.flatMap(({ evidence = [] }) => evidence),
  ];
  const asked = terms.flatMap(requirementsIn);
  const notStated = beyond(stated, codesIn(asked, 'STATEMENT'));
  if (notStated.length > 0) throw new StatementNotAsked(notStated);
  const notShown = beyond(shown, codesIn(asked, 'EVIDENCE'));
  if (notShown.length > 0) throw new EvidenceNotAsked(notShown);
}

/** Categories of personal data that were told; what a statement or a document tells was looked at when the programme was adopted. */
export function categoriesIn({ disability, household, incomePerPersonGrosze }: StatedFacts): DataCategoryCode[] {
  const others = household ?? [];
  return [
    ...(household ? (['HOUSEHOLD'] as const) : []),
    ...(others.some(({ birthDate }) => birthDate !== undefined) ? (['AGE'] as const) : []),
    ...([disability, ...others.map((other) => other.disability)].some((degree) => degree !== undefined)
      ? (['DISABILITY'] as const)
      : []),
    ...(incomePerPersonGrosze === undefined ? [] : (['INCOME'] as const)),
  ];
}

const requirementsIn = ({ criteria = [], priorities = [], fee }: AskingTerms): RequirementData[] => [
  ...criteria,
  ...priorities.flatMap((priority) => priority.criteria),
  ...(fee?.reliefs ?? []).flatMap((relief) => relief.criteria ?? []),
];

const codesIn = (requirements: readonly RequirementData[], kind: string): string[] =>
  requirements.flatMap(({ anyOf }) =>
    anyOf.flatMap(({ allOf }) =>
      allOf.flatMap((condition) => [
        ...(condition.kind === kind && condition.code !== undefined ? [condition.code] : []),
        ...(condition.who ? codesIn([{ anyOf: condition.who }], kind) : []),
      ]),
    ),
  );

const beyond = (codes: readonly string[], asked: readonly string[]): string[] => [
  ...new Set(codes.filter((code) => !asked.includes(code))),
];
