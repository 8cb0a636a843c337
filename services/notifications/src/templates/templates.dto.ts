import { PageQuery } from '@okienko/chassis/page';
import { IsSlug, IsText, MayBeAbsent, Part } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { type Language, languages } from '../recipients/recipient';
import { type FactName, factNames } from './letter-facts';
import type { Alphabet } from './sms-text';

export class TemplateTextBody {
  /** One line that gives nothing away. It may name the centre: `{{ centre }}`. */
  @IsText(1, 200)
  subject!: string;

  /** What stands between greeting and signature, e.g. `umówiliśmy z Tobą rozmowę: {{ when }}.` */
  @IsText(1, 5000)
  text!: string;

  /** For a phone; it may name the centre, a day and a time, and nothing else. */
  @IsText(1, 500)
  short!: string;

  /** Whether the short text goes without the marks of Polish letters, so that it stays short. Unless given: not in Ukrainian. */
  @MayBeAbsent()
  @IsBoolean()
  plainShort?: boolean;
}

export class TextsBody {
  /** In Polish. */
  @Part(() => TemplateTextBody)
  pl!: TemplateTextBody;

  /** In Polish that is easy to read. */
  @Part(() => TemplateTextBody)
  'pl-x-etr'!: TemplateTextBody;

  /** In Ukrainian. */
  @Part(() => TemplateTextBody)
  uk!: TemplateTextBody;

  /** In English. */
  @Part(() => TemplateTextBody)
  en!: TemplateTextBody;
}

export class CreateTemplate {
  /** Its name in rules, e.g. `summer-camp`. */
  @IsSlug()
  code!: string;

  /** What every event that it is used for tells, so that its texts may name it. */
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsIn(factNames, { each: true })
  facts!: FactName[];

  @Part(() => TextsBody)
  texts!: TextsBody;

  /** Why, for those who come after. */
  @IsText(1, 500)
  reason!: string;
}

export class WriteTemplate extends TemplateTextBody {
  @IsIn(languages)
  language!: Language;

  /** Why, for those who come after. */
  @IsText(1, 500)
  reason!: string;
}

export class RestoreTemplate {
  @IsIn(languages)
  language!: Language;

  /** Why, for those who come after. */
  @IsText(1, 500)
  reason!: string;
}

export class PreviewTemplate {
  @IsIn(languages)
  language!: Language;

  /** A draft; unless given, the text in force. */
  @MayBeAbsent()
  @Part(() => TemplateTextBody)
  draft?: TemplateTextBody;
}

export class ListTemplates extends PageQuery {}

export class TemplateTextView {
  subject!: string;
  text!: string;
  short!: string;
  plainShort!: boolean;
}

export class LanguageView {
  language!: Language;
  /** The text in force. */
  inForce!: TemplateTextView;
  /** As it came with the service, where the centre has written its own. */
  shipped!: TemplateTextView | null;
}

export class TemplateSummary {
  code!: string;
  /** 0 as long as the centre has changed nothing. */
  version!: number;
  isShipped!: boolean;
  /** Languages in which the centre has written its own text. */
  changed!: Language[];
}

export class TemplateView extends TemplateSummary {
  /** What every event that it is used for has to tell. */
  facts!: FactName[];
  /** What its text may name. */
  words!: string[];
  texts!: LanguageView[];
}

export class EditionView {
  version!: number;
  language!: Language;
  /** Null: back to the text that came with the service. */
  content!: TemplateTextView | null;
  /** When it came into force. */
  savedAt!: Date;
  savedBy!: string;
  reason!: string;
}

export class SmsView {
  text!: string;
  alphabet!: Alphabet;
  /** Places taken: septets, or units of 16 bits. */
  units!: number;
  parts!: string[];
}

export class PreviewView {
  /** Of an e-mail. */
  subject!: string;
  /** Of an e-mail and of a letter. */
  text!: string;
  sms!: SmsView;
}
