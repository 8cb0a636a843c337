import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type Awaited, type DeadlineKind } from '../deadlines/deadlines';
import { type Bucket, buckets } from './bucket';

const account = /^[A-Za-z0-9._:-]{1,64}$/;

export class AskForWorklist extends PageQuery {
  /** Account id (`sub`) of who has to see to it. Your own, unless you name a unit or organise one. */
  @IsOptional()
  @Matches(account)
  assignee?: string;

  /** Unit of the centre; your own unless given. */
  @IsOptional()
  @Matches(account)
  unit?: string;

  /** Only these. */
  @IsOptional()
  @IsIn(buckets)
  bucket?: Bucket;
}

/** How many there are of each, over all pages. */
export class WorklistCounts implements Record<Bucket, number> {
  LATE!: number;
  DUE_TODAY!: number;
  APPROACHING!: number;
  WAITING!: number;
  LATER!: number;
}

export class WorklistItem {
  id!: string;
  kind!: DeadlineKind;
  bucket!: Bucket;
  /** What has to be done, or is waited for, is about this: an application, item, plan, allocation, decision, fee, participation in a project, request for erasure. */
  subjectId!: string;
  applicationId!: string | null;
  personId!: string | null;
  unit!: string;
  terc!: string;
  assignee!: string | null;
  awaited!: Awaited;
  /** Day from which it approaches. */
  warnOn!: string;
  /** Its last day. */
  dueOn!: string;
  basis!: string;
}

export class Worklist {
  counts!: WorklistCounts;
  /** The earliest due first. */
  items!: WorklistItem[];
  next?: string;
}
