import { applyDecorators } from '@nestjs/common';
import { IsCode, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { ArrayMaxSize, IsArray, IsBoolean, Matches, MaxLength } from 'class-validator';

/** Up to a hundred lines of text. */
export const IsLines = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(100),
    Matches(/\S/, { each: true }),
    MaxLength(1000, { each: true }),
  ) as PropertyDecorator;

export const OptionalLine = (): PropertyDecorator =>
  applyDecorators(MayBeAbsent(), IsText(1, 1000)) as PropertyDecorator;
export const OptionalLines = (): PropertyDecorator => applyDecorators(MayBeAbsent(), IsLines()) as PropertyDecorator;
export const OptionalFlag = (): PropertyDecorator => applyDecorators(MayBeAbsent(), IsBoolean()) as PropertyDecorator;
/** Up to a hundred codes. */
export const OptionalCodes = (): PropertyDecorator =>
  applyDecorators(MayBeAbsent(), IsArray(), ArrayMaxSize(100), IsCode({ each: true })) as PropertyDecorator;
