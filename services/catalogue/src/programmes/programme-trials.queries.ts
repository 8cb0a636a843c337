import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { dayOf } from '@okienko/contracts/calendar';
import { criteriaOf } from '@okienko/contracts/criteria/check';
import type { NameOf } from '@okienko/contracts/criteria/conditions';
import { evaluate } from '@okienko/contracts/criteria/evaluate';
import { NotFound } from '@okienko/contracts/domain-error';
import { assess } from '@okienko/contracts/fees/assess';
import { gminas } from '@okienko/identifiers/terc';
import { Clock } from '@okienko/messaging/clock';
import type { EvaluationView, TryCriteria } from './criteria.dto';
import type { AssessmentView, TryFee } from './fee.dto';
import type { ProgrammeContent, ProgrammeService } from './programme-content';
import { feeDataOf, feeOf } from './programme-fee';
import { ProgrammeQueries } from './programmes.queries';

/** What a programme would mean for somebody of whom so much is told. Nothing of it is kept. */
@Injectable()
export class ProgrammeTrials {
  constructor(
    private readonly programmes: ProgrammeQueries,
    private readonly clock: Clock,
  ) {}

  /** Whether they would qualify, condition by condition. */
  async criteria(id: string, facts: TryCriteria, caller: Principal | undefined): Promise<EvaluationView> {
    const { content, service } = await this.find(id, facts.serviceCode, caller);
    return evaluate(criteriaOf(service.criteria ?? []), this.dated(facts), namesIn(content)) as EvaluationView;
  }

  /** What they would pay, step by step. */
  async fee(id: string, facts: TryFee, caller: Principal | undefined): Promise<AssessmentView> {
    const { content, service } = await this.find(id, facts.serviceCode, caller);
    const assessment = assess(feeDataOf(feeOf(content, service)), this.dated(facts), namesIn(content));
    return { ...assessment, currency: 'PLN' } as AssessmentView;
  }

  private async find(
    id: string,
    serviceCode: string,
    caller: Principal | undefined,
  ): Promise<{ content: ProgrammeContent; service: ProgrammeService }> {
    const content = await this.programmes.get(id, caller);
    const service = content.services.find((one) => one.serviceCode === serviceCode);
    if (!service) throw new NotFound('service in this programme');
    return { content, service };
  }

  private dated<F extends { on?: string }>(facts: F): F & { on: string } {
    return { ...facts, on: facts.on ?? dayOf(this.clock.now()) };
  }
}

/** What the programme calls its codes, and the register its gminas. */
function namesIn(content: ProgrammeContent): NameOf {
  const { services, statements = [], evidence } = content;
  const names = new Map<string, string>(gminas);
  const reliefs = [content, ...services].flatMap(({ fee }) => fee?.reliefs ?? []);
  const named = [...statements, ...evidence, ...reliefs, ...reliefs.flatMap(({ reasons = [] }) => reasons)];
  for (const { code, name } of named) names.set(code, name.pl);
  for (const { serviceCode, name } of services) names.set(serviceCode, name.pl);
  return (code) => names.get(code) ?? code;
}
