import { IsId, IsLocalised, IsSlug, IsText, Localised, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { units } from '../service-offers/service-offer-content';
import { type ClosingAdditions, type ClosingInformation, correctable } from './closing-information';
import type { WhyNot } from './figure';
import type { CopyPosition } from './programme-figures';

export class FigureCorrectionItem {
  /** COST_GROSZE is the actual cost. Events tell of it what was settled with providers. */
  @IsIn(correctable)
  figure!: (typeof correctable)[number];

  /** Absent for a figure of the whole programme. @example "teleopieka" */
  @MayBeAbsent()
  @IsSlug()
  serviceCode?: string;

  /** For units delivered or accepted. */
  @MayBeAbsent()
  @IsIn(units)
  unit?: (typeof units)[number];

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  value!: number;

  /** Is published with the figure. */
  @IsText(3, 1000)
  reason!: string;
}

export class NamedContractorItem {
  @IsId()
  providerId!: string;

  /** Of a body; natural persons are not named. @example "Spółdzielnia Socjalna Razem" */
  @IsText(1, 300)
  name!: string;
}

/** What no event tells. All of it is published: write nothing about single persons. */
export class PublishClosingInformation implements ClosingAdditions {
  /** To what degree the programme was carried out. */
  @IsLocalised()
  execution!: Localised;

  /** What became of each indicator of the programme, in its order. */
  @Parts(() => Localised, 0, 100)
  monitoring!: Localised[];

  @MayBeAbsent()
  @IsLocalised()
  remarks?: Localised;

  /** The names of all contractors that are bodies. */
  @MayBeAbsent()
  @Parts(() => NamedContractorItem, 0, 1000)
  contractors?: NamedContractorItem[];

  @MayBeAbsent()
  @Parts(() => FigureCorrectionItem, 0, 1000)
  corrections?: FigureCorrectionItem[];
}

/** What was counted, where the office has put another number in its place. */
export class CorrectionView {
  from!: number | null;
  reason!: string;
}

/** A number, or why there is none: about too few persons, or recorded by no service of the centre. */
export class FigureView {
  value!: number | null;
  why?: WhyNot;
  correction?: CorrectionView;
}

export class PlannedAndServed {
  planned!: FigureView;
  /** Persons with at least one delivery that was accepted, each counted once. */
  served!: FigureView;
}

export class ServicePersons extends PlannedAndServed {
  qualified!: FigureView;
}

export class UnitsView {
  unit!: string;
  delivered!: FigureView;
  accepted!: FigureView;
}

/** Integer grosze. */
export class CostsView {
  planned!: FigureView;
  /** Settled with providers and approved; what the centre's own units cost is not part of it. */
  actual!: FigureView;
}

export class ContractorView {
  providerId!: string;
  kind!: string;
  name?: string;
}

export class ContractorListView {
  bodies!: ContractorView[];
  /** How many more there are that are natural persons. */
  naturalPersons!: number;
}

export class ClosingServiceView {
  serviceCode!: string;
  name!: Localised;
  persons!: ServicePersons;
  units!: UnitsView[];
  costs!: CostsView;
  contractors!: ContractorListView;
}

export class MonitoringView {
  indicator!: Localised;
  result?: Localised;
}

/** How far a copy of another service's words had come when the figures were taken. */
export class CopyPositionView {
  copy!: CopyPosition['copy'];
  /** When the last of it was true; null where nothing has been heard. */
  asOf!: string | null;
  /** Grows with every event that the figures rest on. */
  position!: number;
}

/** What is told of a programme after its end (art. 6). */
export class ClosingInformationView implements ClosingInformation {
  programmeId!: string;
  /** The last edition. */
  programmeVersion!: number;
  name!: Localised;
  terc!: string;
  validFrom!: string;
  validTo!: string;
  endedOn?: string;
  /** The last day of the term. */
  dueOn?: string;
  persons!: PlannedAndServed;
  services!: ClosingServiceView[];
  costs!: CostsView;
  execution?: Localised;
  monitoring!: MonitoringView[];
  remarks?: Localised;
  /** Numbers of fewer persons are withheld. */
  smallestFigure!: number;
  generatedAt!: string;
  positions!: CopyPositionView[];
}

/** As it was fixed: it changes no more. */
export class PublishedClosingInformation extends ClosingInformationView {
  publishedOn!: string;
}
