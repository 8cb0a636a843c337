/** What templates are told, already in words. Lists with nothing in them are left out. */
export interface Frame {
  readonly centre: { readonly name: string; readonly address?: string };
  readonly issuedOn: string;
  readonly addressee: { readonly name: string; readonly address?: string };
  readonly signatory: { readonly name: string; readonly position: string };
}

export interface NoticeFacts extends Frame {
  readonly application: { readonly filedOn: string };
  readonly services: readonly {
    readonly name: string;
    readonly number?: string;
    readonly until?: string;
    readonly quantity?: string;
  }[];
}

/** The parts of KPA art. 107 § 1. */
export interface DecisionFacts extends Frame {
  readonly authority: string;
  readonly appealBody: string;
  readonly application: { readonly filedOn: string };
  readonly service: { readonly name: string };
  readonly decision: {
    readonly number: string;
    readonly issuedOn: string;
    readonly legalBasis: string;
    readonly reasons: string;
    readonly appealDays: string;
    readonly authorisation: { readonly number: string };
  };
}

export interface PartRefusalFacts extends DecisionFacts {
  /** What was granted of it. */
  readonly granted?: string;
}

export interface FeeDecisionFacts extends DecisionFacts {
  readonly fee: { readonly amount: string; readonly period?: string };
}

export interface PlanFacts extends Frame {
  readonly plan: {
    readonly state: string;
    readonly from: string;
    readonly to: string;
    readonly services: readonly {
      readonly name: string;
      readonly performer: string;
      readonly quantity: string;
      readonly place?: string;
      readonly schedule?: string;
    }[];
    readonly supportingActivities?: readonly string[];
    readonly goals?: readonly string[];
    readonly agreement?: { readonly on: string; readonly manner: string };
    readonly approval?: { readonly on: string; readonly authorisation: string };
  };
}

export interface PlanSummaryFacts extends Frame {
  readonly plan: { readonly from: string; readonly to: string };
  readonly ending: { readonly on: string; readonly reason: string };
  readonly talk: { readonly on: string; readonly wasHeld: boolean };
  readonly description: string;
}

/** Every kind of template, with what it is told. */
export interface FactsOf {
  readonly 'qualification-notice': NoticeFacts;
  readonly 'decision-refusal': DecisionFacts;
  readonly 'decision-part-refusal': PartRefusalFacts;
  readonly 'decision-fee': FeeDecisionFacts;
  readonly plan: PlanFacts;
  readonly 'plan-summary': PlanSummaryFacts;
}
export type TemplateName = keyof FactsOf;
