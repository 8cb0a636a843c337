import type { Day } from '@okienko/contracts/calendar';
import type { RequirementData } from '@okienko/contracts/criteria/schema';
import { type DataCategoryCode, isCategoryOn, isCovered } from '@okienko/contracts/data-scope';
import type { ProgrammeContent, ScopedCode } from './programme-content';
import { CategoryUnknown, OutsideDataScope } from './programme-errors';
import { feeOf } from './programme-fee';

/** What conditions of a kind ask of people; of the rest the centre knows from its own work. */
const askedByKind: Readonly<Record<string, readonly DataCategoryCode[]>> = {
  AGE: ['AGE'],
  DISABILITY: ['DISABILITY'],
  RESIDENCE: ['ADDRESS'],
  HOUSEHOLD: ['HOUSEHOLD'],
};

/** What documents tell that most programmes ask for, whether or not the programme says so. */
const toldByDocument: Readonly<Record<string, readonly DataCategoryCode[]>> = {
  DISABILITY_CERTIFICATE: ['DISABILITY'],
  MEDICAL_CERTIFICATE: ['HEALTH'],
  RESIDENCE_STATEMENT: ['ADDRESS'],
  INCOME_STATEMENT: ['INCOME'],
  INCOME_CERTIFICATE: ['INCOME'],
};

/** A category of data, and the element of the programme that asks for it. */
export interface Asked {
  readonly category: string;
  readonly by: string;
}

/** Everything that the programme asks of people, or lets providers be told of them, element by element. */
export function askedBy(content: ProgrammeContent): Asked[] {
  const { services, statements = [], evidence } = content;
  const documents = [...statements, ...evidence].flatMap((item) =>
    toldBy(item).map((category) => ({ category, by: item.code })),
  );
  const conditions = services.flatMap((service) => {
    const { rule, reliefs = [] } = feeOf(content, service);
    const rules = [
      ...(service.criteria ?? []),
      ...(service.priorities ?? []).flatMap(({ criteria }) => criteria),
      ...reliefs.flatMap(({ criteria = [] }) => criteria),
    ];
    const categories = [...askedIn(rules), ...(rule === 'TABLE_BY_INCOME' ? ['INCOME', 'HOUSEHOLD'] : [])];
    return [...new Set(categories)].map((category) => ({ category, by: service.serviceCode }));
  });
  const told = services.flatMap(({ serviceCode, referralScope = [] }) =>
    referralScope.map((category) => ({ category, by: serviceCode })),
  );
  return [...documents, ...conditions, ...told];
}

/**
 * The whitelist of art. 5(3)(9) has to hold all that the programme itself asks for. Asked of an adoption: while a draft is written, either
 * may come first.
 */
export function assertScoped(content: ProgrammeContent, adoptedOn: Day): void {
  const unknown = content.dataScope.filter((code) => !isCategoryOn(code, adoptedOn));
  if (unknown.length > 0) throw new CategoryUnknown(unknown);
  const outside = askedBy(content).filter(({ category }) => !isCovered(category, content.dataScope));
  if (outside.length > 0) throw new OutsideDataScope(outside);
}

const toldBy = ({ code, data = [] }: ScopedCode): string[] => [...new Set([...(toldByDocument[code] ?? []), ...data])];

const askedIn = (requirements: readonly RequirementData[]): string[] =>
  requirements.flatMap(({ anyOf }) =>
    anyOf.flatMap(({ allOf }) =>
      allOf.flatMap(({ kind, who }) => [...(askedByKind[kind] ?? []), ...(who ? askedIn([{ anyOf: who }]) : [])]),
    ),
  );
