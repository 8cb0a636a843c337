import { applyDecorators, type ArgumentMetadata, type Type as Class, ValidationPipe } from '@nestjs/common';
import { isDay } from '@okienko/contracts/calendar';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  registerDecorator,
  ValidateIf,
  ValidateNested,
  type ValidationError,
  type ValidationOptions,
} from 'class-validator';
import { type FieldFault, RequestProblem } from './problem';

// Everything below a space except tab and line ends, and the C1 controls.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

function rule(
  name: string,
  holds: (value: unknown) => boolean,
  message: string,
): (options?: ValidationOptions) => PropertyDecorator {
  return (options) => (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      options: { message: `${String(property)} ${message}`, ...options },
      validator: { validate: holds },
    });
}

const isReadable = rule(
  'isReadable',
  (value) => typeof value === 'string' && value.trim() !== '' && !controls.test(value) && value.isWellFormed(),
  'must be readable text',
);

/** Text that a person wrote: not blank, no control characters, so many characters. */
export const IsText = (min: number, max: number): PropertyDecorator =>
  applyDecorators(IsString(), MinLength(min), MaxLength(max), isReadable()) as PropertyDecorator;
/** A day of the calendar, YYYY-MM-DD. */
export const IsDayString = rule(
  'isDay',
  (value) => typeof value === 'string' && isDay(value) && value >= '1850-01-01' && value <= '2199-12-31',
  'must be a day as YYYY-MM-DD',
);
/** A moment with offset, RFC 3339. */
export const IsInstant = rule(
  'isInstant',
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value)),
  'must be a moment with offset, as 2026-03-02T08:15:00+01:00',
);
/**
 * A number with at most so many decimals. The `maxDecimalPlaces` of class-validator counts them in the number's text, and fails over one
 * that is written with an exponent, such as 1e-7.
 */
export const IsDecimal = (places: number): PropertyDecorator =>
  rule(
    'isDecimal',
    (value) => typeof value === 'number' && Number.isFinite(value) && Number(value.toFixed(places)) === value,
    `must be a number with at most ${places} decimals`,
  )();
/** TERC of a gmina (GUS, TERYT). */
export const IsTerc = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^\d{6}[1-589]$/, { message: '$property must be the TERC of a gmina: seven digits', ...options });
/** A code in capitals, such as NO_CAPACITY. */
export const IsCode = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^[A-Z][A-Z0-9_]{0,63}$/, { message: '$property must be a code in capitals', ...options });
export const IsSlug = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^[a-z0-9][a-z0-9-]{0,63}$/, { message: '$property must be a lower-case slug', ...options });

/** An id in small letters, as the database writes it, so that equal ids are equal texts. */
export const IsId = (version?: '7'): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsUUID(version ?? 'all'),
  ) as PropertyDecorator;

/** May be absent; unlike `@IsOptional` it takes no null, so that "not said" has one form. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** One object of that class; a list or null in its place is a fault, not a pass. */
export const Part = (type: () => Class): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(type)) as PropertyDecorator;

/** So many objects of that class. */
export const Parts = (type: () => Class, min: number, max: number): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
  ) as PropertyDecorator;

/** May be absent, and null says the same. */
const MayBeNull = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => value ?? undefined),
    IsOptional(),
  ) as PropertyDecorator;

/** A text by language tag (BCP 47). Polish is always there. */
export class Localised {
  @IsNotEmpty() @IsText(1, 10_000) pl!: string;
  /** Easy to read. */
  @MayBeNull() @IsText(1, 10_000) 'pl-x-etr'?: string;
  @MayBeNull() @IsText(1, 10_000) uk?: string;
  @MayBeNull() @IsText(1, 10_000) en?: string;
}

/** A text by language tag. */
export const IsLocalised = (): PropertyDecorator => Part(() => Localised);

/** Each fault with its place, as a JSON Pointer into what was checked. */
export function faultsOf(errors: readonly ValidationError[], path = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const pointer = `${path}/${(error.property ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
    return [...own, ...faultsOf(error.children ?? [], pointer)];
  });
}

/**
 * A page is asked for in the same words again and again, so what a query has been found to say is remembered; it cannot be changed. Queries that
 * hold more than words, such as lists, are checked each time.
 */
class RememberingPipe extends ValidationPipe {
  private readonly known = new Map<unknown, Map<string, object>>();

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype, data } = metadata;
    // Decorators of our own check what they take themselves.
    if (type === 'custom') return value;
    if (type !== 'query' || data !== undefined) return super.transform(value, metadata);
    const words = JSON.stringify(value);
    const ofClass = this.known.get(metatype) ?? new Map<string, object>();
    const known = ofClass.get(words);
    if (known) return known;
    const checked = (await super.transform(value, metadata)) as object;
    if (words.length > longestRemembered || Object.values(checked).some((one) => typeof one === 'object'))
      return checked;
    if (ofClass.size >= mostRemembered) ofClass.clear();
    this.known.set(metatype, ofClass.set(words, Object.freeze(checked)));
    return checked;
  }
}

/** Of one class. */
const mostRemembered = 100;
const longestRemembered = 200;

/** Bodies and queries are checked against their classes; what they do not know is refused; all faults are told at once. */
export const validationPipe = (): ValidationPipe =>
  new RememberingPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new RequestProblem(
        400,
        'invalid-request',
        'Correct the fields named below and send the request again.',
        faultsOf(errors).slice(0, 100),
      ),
  });
