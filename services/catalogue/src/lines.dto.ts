import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, Matches, MaxLength } from 'class-validator';

/** Up to a hundred lines of text. */
export const IsLines = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(100),
    Matches(/\S/, { each: true }),
    MaxLength(1000, { each: true }),
  ) as PropertyDecorator;
