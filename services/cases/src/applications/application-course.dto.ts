import { IsCode, IsDayString, IsId, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { type Delay, delayCauses } from './delay';
import { type Forwarding, forwardingTargets } from './forwarding';

export class CallForCompletion {
  /** What is missing, as codes; kept encrypted. @example ["DISABILITY_CERTIFICATE"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsCode({ each: true })
  missing!: string[];

  /** Days that the applicant has from the service of the call, seven at least. */
  @IsInt()
  @Min(1)
  @Max(365)
  dueDays!: number;
}

export class ServeCompletionCall {
  /** The day on which the applicant got the call. */
  @IsDayString()
  servedOn!: string;
}

export class CompleteApplication {
  /** The day on which the last of what was missing came; today when left out. */
  @IsOptional()
  @IsDayString()
  completedOn?: string;
}

export class ForwardingTarget {
  @IsIn(forwardingTargets)
  kind!: Forwarding['target']['kind'];

  /** Code of the team, office or unit, from the centre's own list. */
  @IsCode()
  officeCode!: string;
}

export class ForwardedItem {
  @IsId()
  itemId!: string;
}

export class ForwardApplication {
  /** What is forwarded; all that is not decided when left out. */
  @MayBeAbsent()
  @Parts(() => ForwardedItem, 1, 20)
  @ArrayUnique((item: Partial<ForwardedItem> | null) => item?.itemId)
  items?: ForwardedItem[];

  @Part(() => ForwardingTarget)
  target!: ForwardingTarget;

  /** When it was agreed with the applicant. */
  @IsDayString()
  agreedOn!: string;

  /** When the papers went; to be recorded later when left out. */
  @MayBeAbsent()
  @IsDayString()
  sentOn?: string;
}

export class SendForwarded {
  @IsDayString()
  sentOn!: string;
}

export class AssignCoordinator {
  /** Opaque account id, the claim `sub`. */
  @Matches(/^[A-Za-z0-9._:|-]{1,64}$/)
  coordinator!: string;

  /** @example "LEAVE" */
  @IsCode()
  reasonCode!: string;
}

export class RecordDelay implements Delay {
  @IsDayString()
  from!: string;

  @IsDayString()
  to!: string;

  @IsIn(delayCauses)
  causeCode!: Delay['causeCode'];
}
