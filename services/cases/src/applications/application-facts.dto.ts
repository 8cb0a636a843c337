import { IsCode, IsDayString, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { disabilityDegrees, type DisabilityDegree } from '@okienko/contracts/criteria/criteria';
import type { PersonFacts } from '@okienko/contracts/criteria/facts';
import { mostIncome } from '@okienko/contracts/fees/fee';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import type { StatedFacts } from './application-facts';

const disabilities = [...disabilityDegrees, 'NONE'] as const;
const code = (item: { code?: string } | null): string | undefined => item?.code;

export class MadeStatement {
  /** As the programme lists it. */
  @IsCode()
  code!: string;

  /** Whether it is so. */
  @IsBoolean()
  holds!: boolean;
}

export class ShownDocument {
  /** As the programme lists it. */
  @IsCode()
  code!: string;

  @IsDayString()
  shownOn!: string;
}

class PersonStated {
  /** Degree by a certificate; CHILD is one from before the age of 16, NONE says that there is no certificate. */
  @MayBeAbsent()
  @IsIn(disabilities)
  disability?: DisabilityDegree | 'NONE';

  @MayBeAbsent()
  @Parts(() => MadeStatement, 0, 50)
  @ArrayUnique(code)
  statements?: MadeStatement[];
}

/** Another person of the household, without a name. */
export class StatedHouseholdMember extends PersonStated implements PersonFacts {
  @MayBeAbsent()
  @IsDayString()
  birthDate?: string;

  /** Codes of the documents that were shown of them. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsCode({ each: true })
  evidence?: string[];
}

/**
 * What the applicant states under the clause, and shows (art. 36). Kept encrypted. What no service of the application asks for is refused, and
 * so is what is outside of the data scope of its programmes. What is left out counts as not said.
 */
export class StateFacts extends PersonStated implements StatedFacts {
  @MayBeAbsent()
  @Parts(() => ShownDocument, 0, 50)
  @ArrayUnique(code)
  evidence?: ShownDocument[];

  /** The others who live with the person; empty for one who lives alone. */
  @MayBeAbsent()
  @Parts(() => StatedHouseholdMember, 0, 30)
  household?: StatedHouseholdMember[];

  /** Monthly income per person of the household, in grosze. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(mostIncome)
  incomePerPersonGrosze?: number;
}
