import { IsCode } from '@okienko/chassis/validation';
import { IsIn } from 'class-validator';
import { type Awaited, type DeadlineKind } from '../deadlines/deadlines';
import { type RestrictionGround, restrictionGrounds } from './person';

export class RestrictPerson {
  /** Why, as GDPR art. 18(1) has it. */
  @IsIn(restrictionGrounds)
  ground!: RestrictionGround;
}

export class LiftRestriction {
  /** Why it is over, as a code: CORRECTED, for example. The person has to be told before (GDPR art. 18(3)). */
  @IsCode()
  reasonCode!: string;
}

export const runningKinds = [
  'APPLICATION',
  'PLACE',
  'PLAN',
  'ALLOCATION',
  'FEE',
  'DECISION',
  'PROJECT_PARTICIPATION',
  'EXTERNAL_CASE',
  'ERASURE_REQUEST',
] as const;

export class RunningMatter {
  kind!: (typeof runningKinds)[number];
  id!: string;
  state!: string;
}

export class RunningTerm {
  id!: string;
  kind!: DeadlineKind;
  subjectId!: string;
  awaited!: Awaited;
  dueOn!: string;
}

export class Running {
  matters!: RunningMatter[];
  /** The earliest due first. */
  terms!: RunningTerm[];
}

export class EffectText {
  pl!: string;
}

export class RestrictionEffect {
  code!: 'KEPT' | 'NOTHING_NEW' | 'RUNNING_GOES_ON' | 'NO_EXTRAS';
  text!: EffectText;
  /** Where the rest of it is told, by a service that knows it. */
  see?: string;
}

/** What follows from a restriction, and what it does not stop. */
export class Restricted {
  id!: string;
  version!: number;
  effects!: RestrictionEffect[];
  running!: Running;
}

export class RestrictionInForce {
  personId!: string;
  ground!: RestrictionGround;
  since!: string;
  effects!: RestrictionEffect[];
  running!: Running;
}
