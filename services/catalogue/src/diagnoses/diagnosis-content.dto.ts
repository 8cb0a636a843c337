import { applyDecorators } from '@nestjs/common';
import {
  IsDayString,
  IsLocalised,
  IsTerc,
  IsText,
  Localised,
  MayBeAbsent,
  Part,
  Parts,
} from '@okienko/chassis/validation';
import { isRegon } from '@okienko/identifiers/regon';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, Max, Min, ValidateBy } from 'class-validator';
import { AreAreas } from '../areas/areas.dto';
import { areaSlugs } from '../areas/areas';
import {
  type Answer,
  bodyKinds,
  type DiagnosisContent,
  type Finding,
  type Inquiry,
  type ServiceBody,
  surveyed,
  surveyMethods,
} from './diagnosis-content';

const IsCount = (): PropertyDecorator => applyDecorators(IsInt(), Min(0), Max(2_147_483_647)) as PropertyDecorator;
const IsRegon = (): PropertyDecorator =>
  ValidateBy({
    name: 'isRegon',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isRegon(value),
      defaultMessage: () => '$property must be a REGON: nine or fourteen digits, the last of them right',
    },
  });

export class SurveyAnswer implements Answer {
  @IsLocalised()
  answer!: Localised;

  /** How many said so. Fewer than five are merged with others or left out. @example 42 */
  @IsCount()
  count!: number;
}

export class SurveyQuestion {
  @IsLocalised()
  question!: Localised;

  @Parts(() => SurveyAnswer, 1, 50)
  answers!: SurveyAnswer[];
}

export class SurveyInquiry implements Inquiry {
  @IsIn(surveyMethods)
  method!: (typeof surveyMethods)[number];

  @IsIn(surveyed)
  among!: (typeof surveyed)[number];

  /** How many have answered. @example 214 */
  @IsCount()
  respondents!: number;

  @MayBeAbsent()
  @Parts(() => SurveyQuestion, 0, 100)
  questions?: SurveyQuestion[];
}

export class SurveyBody {
  @IsDayString()
  from!: string;

  @IsDayString()
  to!: string;

  @Parts(() => SurveyInquiry, 1, 50)
  inquiries!: SurveyInquiry[];
}

export class FindingFigure {
  /** @example { "pl": "osoby 75+ mieszkające samotnie" } */
  @IsLocalised()
  name!: Localised;

  /** No figure about persons below five. @example 318 */
  @IsCount()
  value!: number;
}

export class FindingItem implements Finding {
  /** One of the gminas of the diagnosis. @example "2861011" */
  @IsTerc()
  terc!: string;

  @IsIn(areaSlugs)
  area!: string;

  @IsLocalised()
  needs!: Localised;

  /** What there is to meet them. */
  @MayBeAbsent()
  @IsLocalised()
  potential?: Localised;

  @MayBeAbsent()
  @Parts(() => FindingFigure, 0, 50)
  figures?: FindingFigure[];
}

export class ServiceBodyItem implements ServiceBody {
  /** @example "Stowarzyszenie Elblog.pl" */
  @IsText(1, 300)
  name!: string;

  @IsIn(bodyKinds)
  kind!: (typeof bodyKinds)[number];

  /** Business register number. @example "123456785" */
  @MayBeAbsent()
  @IsRegon()
  regon?: string;

  /** The gmina in which it performs services, one of the diagnosis. @example "2861011" */
  @IsTerc()
  terc!: string;

  @AreAreas()
  areas!: string[];

  /** What it does. */
  @IsLocalised()
  activities!: Localised;
}

/** What is still lacking is told when it is adopted, so a draft may grow. */
export class DraftDiagnosis implements DiagnosisContent {
  @IsLocalised()
  title!: Localised;

  /** Each gmina of the centre is told of on its own (art. 21(4)). @example ["2861011"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsTerc({ each: true })
  gminas!: string[];

  /** How the community was asked (art. 27(1)(2), art. 32(1)). */
  @Part(() => SurveyBody)
  survey!: SurveyBody;

  /** Needs and potential by gmina and area. */
  @Parts(() => FindingItem, 0, 1000)
  findings!: FindingItem[];

  /** Register of the bodies that perform services in the gminas. */
  @Parts(() => ServiceBodyItem, 0, 2000)
  bodies!: ServiceBodyItem[];
}
