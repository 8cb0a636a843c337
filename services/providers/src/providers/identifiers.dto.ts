import { isKrs } from '@okienko/identifiers/krs';
import { isNip } from '@okienko/identifiers/nip';
import { isRegon } from '@okienko/identifiers/regon';
import { isRpwdl } from '@okienko/identifiers/rpwdl';
import { ValidateBy } from 'class-validator';

const checked = (name: string, what: string, isRight: (text: string) => boolean) => (): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isRight(value),
      defaultMessage: () => `$property must be ${what}`,
    },
  });

export const IsNip = checked('isNip', 'a NIP: ten digits, the last of them right', isNip);
export const IsRegon = checked('isRegon', 'a REGON: nine or fourteen digits, the last of them right', isRegon);
export const IsKrs = checked('isKrs', 'a KRS number: ten digits', isKrs);
export const IsRpwdl = checked('isRpwdl', 'the number of a book in RPWDL: twelve digits', isRpwdl);
