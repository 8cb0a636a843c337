import { applyDecorators } from '@nestjs/common';
import { IsDecimal } from '@okienko/chassis/validation';
import { Max, Min } from 'class-validator';

/** Złoty with at most two decimals, so that they are whole grosze. */
export const IsPln = (): PropertyDecorator =>
  applyDecorators(IsDecimal(2), Min(0), Max(1_000_000_000_000)) as PropertyDecorator;
