import type { ProgrammeContent } from './programme-content';
import { feeDataOf, feeOf } from './programme-fee';

const subjects = {
  fee: (content: ProgrammeContent, code: string) => feeDataOf(feeOf(content, of(content.services, code) ?? {})),
  criteria: ({ services }: ProgrammeContent, code: string) => of(services, code)?.criteria ?? [],
  grantedFor: ({ services }: ProgrammeContent, code: string) => of(services, code)?.grantedFor ?? null,
  queueRule: ({ services }: ProgrammeContent, code: string) => {
    const { queueRule, priorities = [] } = of(services, code) ?? {};
    return [queueRule, priorities.map(({ criteria }) => criteria)];
  },
};
const of = (services: ProgrammeContent['services'], code: string) =>
  services.find(({ serviceCode }) => serviceCode === code);

export type ConflictSubject = keyof typeof subjects;

export interface Conflict {
  readonly serviceCode: string;
  readonly differsIn: ConflictSubject[];
}

/**
 * The services that both offer, with what they say differently of each: a resident would get other terms for the same thing, and a programme
 * must not contradict another one of the gmina (art. 5(4)). A council decides what to make of it.
 */
export function conflictsBetween(one: ProgrammeContent, other: ProgrammeContent): Conflict[] {
  const names = Object.keys(subjects) as ConflictSubject[];
  return one.services
    .filter(({ serviceCode }) => of(other.services, serviceCode))
    .map(({ serviceCode }) => ({
      serviceCode,
      differsIn: names.filter(
        (name) =>
          JSON.stringify(subjects[name](one, serviceCode)) !== JSON.stringify(subjects[name](other, serviceCode)),
      ),
    }));
}
