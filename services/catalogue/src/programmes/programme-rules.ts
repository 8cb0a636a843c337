import { faultsOf as faultsOfCriteria, type Known } from '@okienko/contracts/criteria/check';
import { faultsOf as faultsOfFee } from '@okienko/contracts/fees/check';
import type { Named, ProgrammeContent, ProgrammeService } from './programme-content';
import { CriteriaFaulty, FeeFaulty, PrioritiesFaulty } from './programme-errors';
import { feeDataOf, type ProgrammeFee } from './programme-fee';

/** That criteria, priorities and fees, where they are given as data, can be evaluated. */
export function assertRules(content: ProgrammeContent): void {
  const { statements = [], evidence, services, validFrom } = content;
  const known = { statements: codesOf(statements), evidence: codesOf(evidence), services: serviceCodesOf(services) };
  const assertFee = (fee: ProgrammeFee, of: string): void => {
    const faults = faultsOfFee(feeDataOf(fee), known, validFrom);
    if (faults.length > 0) throw new FeeFaulty(of, faults);
  };
  assertFee(content.fee, 'the programme');
  for (const service of services) {
    assertCriteria(service, known);
    assertPriorities(service, known);
    if (service.fee) assertFee(service.fee, service.serviceCode);
  }
}

const codesOf = (named: readonly Named[]): ReadonlySet<string> => new Set(named.map(({ code }) => code));
const serviceCodesOf = (services: readonly ProgrammeService[]): ReadonlySet<string> =>
  new Set(services.map(({ serviceCode }) => serviceCode));

function assertCriteria({ serviceCode, criteria = [] }: ProgrammeService, known: Known): void {
  const faults = faultsOfCriteria(criteria, known);
  if (faults.length > 0) throw new CriteriaFaulty(serviceCode, faults);
}

function assertPriorities({ serviceCode, queueRule, priorities = [] }: ProgrammeService, known: Known): void {
  const faults = priorities.flatMap(({ code, criteria }, index) => [
    ...(criteria.length === 0 ? [`/${index}/criteria: they say who comes first`] : []),
    ...(priorities.findIndex((one) => one.code === code) < index ? [`/${index}/code: ${code} is listed twice`] : []),
    ...faultsOfCriteria(criteria, known).map((fault) => `/${index}/criteria${fault}`),
  ]);
  if (priorities.length > 0 && queueRule === 'NONE') faults.unshift('/: nobody waits where queueRule is NONE');
  if (faults.length > 0) throw new PrioritiesFaulty(serviceCode, faults);
}
