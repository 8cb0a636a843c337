import { isKnown, isPersonal, kindOf } from './conditions';
import { type Condition, type Criteria, mostConditions } from './criteria';
import type { AlternativeData, ConditionData, RequirementData } from './schema';

/** Codes that the programme names, which conditions may refer to. */
export interface Known {
  readonly statements: ReadonlySet<string>;
  readonly evidence: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

/** What is wrong with conditions whose fields have the right types, as sentences that begin with the place; nothing when all is well. */
export function faultsOf(requirements: readonly RequirementData[], known: Known): string[] {
  const faults: string[] = [];
  let count = 0;
  const look = (alternatives: readonly AlternativeData[], at: string, ofAPerson: boolean): void =>
    alternatives.forEach(({ allOf }, alternative) =>
      allOf.forEach((condition, index) => {
        const place = `${at}/${alternative}/allOf/${index}`;
        count += 1;
        faults.push(...faultsIn(condition, known, ofAPerson).map((fault) => `${place}: ${fault}`));
        if (condition.who && !ofAPerson) look(condition.who, `${place}/who`, true);
      }),
    );
  requirements.forEach(({ anyOf }, index) => look(anyOf, `/${index}/anyOf`, false));
  if (count > mostConditions)
    faults.push(`/: ${count} conditions are more than the ${mostConditions} that a service may have`);
  return faults;
}

/** As they are, once `faultsOf` has found nothing in them. */
export const criteriaOf = (requirements: readonly RequirementData[]): Criteria => requirements as Criteria;

function faultsIn(condition: ConditionData, known: Known, ofAPerson: boolean): string[] {
  const { kind, ...fields } = condition;
  if (!isKnown(kind)) return [`${kind} is no kind of condition`];
  if (ofAPerson && !isPersonal(kind)) return [`${kind} cannot be asked of the persons of a household`];
  const { needs, takes = [], fault } = kindOf(kind);
  const given = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  const missing = needs.filter((name) => !given.includes(name));
  const surplus = given.filter((name) => ![...needs, ...takes].includes(name as keyof Condition));
  const shape = [
    ...missing.map((name) => `${kind} needs ${name}`),
    ...surplus.map((name) => `${kind} takes no ${name}`),
  ];
  if (shape.length > 0) return shape;
  const wrong = fault?.(condition as Condition);
  return [...(wrong === undefined ? [] : [`${kind}: ${wrong}`]), ...unknownCodes(condition, known)];
}

function unknownCodes({ kind, code, serviceCode, serviceCodes = [] }: ConditionData, known: Known): string[] {
  const services = [...serviceCodes, ...(serviceCode === undefined ? [] : [serviceCode])];
  const strange = services
    .filter((one) => !known.services.has(one))
    .map((one) => `${one} is no service of this programme`);
  if (kind === 'STATEMENT' && !known.statements.has(code ?? ''))
    strange.push(`${code} is not among the statements of this programme`);
  if (kind === 'EVIDENCE' && !known.evidence.has(code ?? ''))
    strange.push(`${code} is not among the evidence of this programme`);
  return strange;
}
