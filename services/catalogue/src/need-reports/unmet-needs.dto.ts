import { IsTerc } from '@okienko/chassis/validation';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { areaSlugs } from '../areas/areas';

export class AskForUnmetNeeds {
  /** The last one that is over unless given. @example "2026-Q1" */
  @IsOptional()
  @Matches(/^20[0-9]{2}-Q[1-4]$/, { message: '$property must be a quarter such as 2026-Q1' })
  quarter?: string;

  @IsOptional()
  @IsTerc()
  terc?: string;

  @IsOptional()
  @IsIn(areaSlugs)
  area?: string;
}

export class UnmetNeedFigure {
  /** @example "pomoc-spoleczna" */
  area!: string;
  count!: number;
}

export class UnmetNeedsOfGmina {
  /** @example "2861011" */
  terc!: string;
  /** Over all areas, those withheld included. */
  total!: number;
  /** In the order of art. 2(1). An area that is not here is withheld: its figure is small, or would give a small one away. */
  areas!: UnmetNeedFigure[];
}

export class UnmetNeeds {
  /** @example "2026-Q1" */
  quarter!: string;
  /** No figure about persons is told that is smaller. */
  smallestFigure!: number;
  /** A gmina that is not here has fewer reports than that, or none. */
  items!: UnmetNeedsOfGmina[];
}
