import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import type { Localised } from '../localised';
import { DaysReversed } from '../programmes/programme-errors';
import { assertNoneSmall } from '../small-figure';
import { assertOwnGminas, passedOver } from '../told-by-gmina';

export const surveyMethods = [
  'PAPER_FORM',
  'WEB_FORM',
  'INTERVIEWS',
  'MEETING',
  'FOCUS_GROUP',
  'REGISTERS',
  'OTHER',
] as const;
/** Those who are asked. Wojcieszków asked residents and prospective providers apart. */
export const surveyed = ['RESIDENTS', 'SERVICE_USERS', 'CARERS', 'PROVIDERS', 'ORGANISATIONS', 'STAFF'] as const;
/** Who performs services in a gmina, in the terms of art. 7(2) and of practice. */
export const bodyKinds = [
  'GMINA_OFFICE',
  'GMINA_UNIT',
  'OTHER_PUBLIC_UNIT',
  'NGO',
  'SOCIAL_COOPERATIVE',
  'CHURCH_BODY',
  'MEDICAL_ENTITY',
  'FIRM',
  'OTHER',
] as const;

/** How many said so; no smaller than the smallest figure, or nobody at all. */
export interface Answer {
  readonly answer: Localised;
  readonly count: number;
}

/** One way in which the community was asked (rozeznanie, art. 27(1)(2) and 32(1)). */
export interface Inquiry {
  readonly method: (typeof surveyMethods)[number];
  readonly among: (typeof surveyed)[number];
  readonly respondents: number;
  readonly questions?: readonly { readonly question: Localised; readonly answers: readonly Answer[] }[];
}

/** What was found of one area in one gmina: what people need, and what there is to meet it. */
export interface Finding {
  readonly terc: string;
  readonly area: string;
  readonly needs: Localised;
  readonly potential?: Localised;
  readonly figures?: readonly { readonly name: Localised; readonly value: number }[];
}

/** A body that performs services in the gmina, with what it does. */
export interface ServiceBody {
  readonly name: string;
  readonly kind: (typeof bodyKinds)[number];
  readonly regon?: string;
  readonly terc: string;
  readonly areas: readonly string[];
  readonly activities: Localised;
}

/** What a diagnosis says (art. 21). A joint centre says it of each of its gminas (art. 21(4)). */
export interface DiagnosisContent {
  readonly title: Localised;
  readonly gminas: readonly string[];
  readonly survey: { readonly from: Day; readonly to: Day; readonly inquiries: readonly Inquiry[] };
  readonly findings: readonly Finding[];
  readonly bodies: readonly ServiceBody[];
}

export class DiagnosisIncomplete extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'diagnosis-incomplete';
  override readonly basis = 'art. 21';
  constructor(terc: string, missing: string) {
    super(`Of the gmina ${terc} it lacks ${missing}. Revise the draft, then adopt it.`);
  }
}

/** What has to hold even of a draft. */
export function assertConsistent({ gminas, survey, findings, bodies }: DiagnosisContent, smallest: number): void {
  if (survey.to < survey.from) throw new DaysReversed(survey.from, survey.to);
  assertOwnGminas(gminas, [...findings, ...bodies], 'art. 21 ust. 4');
  const answers = survey.inquiries.flatMap(({ questions = [] }) => questions.flatMap((asked) => asked.answers));
  const figures = findings.flatMap(({ figures: found = [] }) => found);
  assertNoneSmall([...answers.map(({ count }) => count), ...figures.map(({ value }) => value)], smallest);
}

/** It covers the needs and the bodies that perform services, in every gmina. */
export function assertComplete({ gminas, findings, bodies }: DiagnosisContent): void {
  const [unfound, unlisted] = [passedOver(gminas, findings), passedOver(gminas, bodies)];
  if (unfound !== undefined) throw new DiagnosisIncomplete(unfound, 'findings of needs');
  if (unlisted !== undefined) throw new DiagnosisIncomplete(unlisted, 'bodies that perform services');
}
