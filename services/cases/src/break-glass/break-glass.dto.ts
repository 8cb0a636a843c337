import type { Changed } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import { IsId, IsText } from '@okienko/chassis/validation';
import { IsIn, IsOptional, Matches, ValidateIf } from 'class-validator';
import { type Finding, findings } from './break-glass';

/** Of a person whose id or PESEL is known. */
export class OpenBreakGlass {
  @ValidateIf((opened: OpenBreakGlass) => opened.personId !== undefined || opened.pesel === undefined)
  @IsId()
  personId?: string;

  /** Eleven digits; when they are there, they alone count. */
  @ValidateIf((opened: OpenBreakGlass) => opened.pesel !== undefined || opened.personId === undefined)
  @Matches(/^\d{11}$/)
  pesel?: string;

  /** Why their matters have to be seen now. Kept encrypted; read by those who answer for the services. */
  @IsText(10, 2000)
  reason!: string;
}

export class ReviewBreakGlass {
  @IsIn(findings)
  finding!: Finding;

  /** What was found. Kept encrypted. */
  @IsText(3, 2000)
  note!: string;
}

export const breakGlassStates = ['WAITING', 'REVIEWED'] as const;

export class ListBreakGlass extends PageQuery {
  /** WAITING for a review, or REVIEWED; both unless said otherwise. */
  @IsOptional()
  @IsIn(breakGlassStates)
  state?: (typeof breakGlassStates)[number];

  @IsOptional()
  @IsId()
  personId?: string;
}

export class BreakGlassOpened implements Changed {
  /** Send it as `Okienko-Break-Glass` with what you read. */
  id!: string;
  version!: number;
  personId!: string;
  /** The end of the sight. */
  until!: string;
}

export class BreakGlassSummary {
  id!: string;
  version!: number;
  personId!: string;
  /** Of the person. */
  unit!: string;
  account!: string;
  accountUnit!: string;
  openedAt!: Date;
  until!: Date;
  /** By when it is looked into. */
  dueOn!: string;
  finding!: Finding | null;
  reviewedBy!: string | null;
  reviewedAt!: Date | null;
  /** How often data were looked at under it. */
  looks!: number;
}

export class BreakGlassView extends BreakGlassSummary {
  reason!: string;
  note!: string | null;
}
