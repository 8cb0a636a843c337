import { applyDecorators } from '@nestjs/common';
import { IsNumber, Max, Min } from 'class-validator';

/** Złoty with at most two decimals, so that they are whole grosze. */
export const IsPln = (): PropertyDecorator =>
  applyDecorators(IsNumber({ maxDecimalPlaces: 2 }), Min(0), Max(1_000_000_000_000)) as PropertyDecorator;
