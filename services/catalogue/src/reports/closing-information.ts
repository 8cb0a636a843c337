import type { Day } from '@okienko/contracts/calendar';
import type { Localised } from '../localised';
import type { ProgrammeContent } from '../programmes/programme-content';
import { IndicatorsUnanswered } from './closing-information-errors';
import { type NamedContractor, contractorsOf, type ContractorList, assertNamesFit } from './contractors';
import { Corrections, type FigureCorrection } from './corrections';
import { about, counted, type Figure, ofPersons, recorded, totalOf } from './figure';
import type { CopyPosition, ProgrammeCounts, ReportedService, ServiceCount } from './programme-figures';

/** COST_GROSZE and SERVED_PERSONS also of the whole programme, without a service. */
export const correctable = [
  'QUALIFIED_PERSONS',
  'SERVED_PERSONS',
  'UNITS_DELIVERED',
  'UNITS_ACCEPTED',
  'COST_GROSZE',
] as const;

/** What no event tells: the words of the office, and what it knows better. */
export interface ClosingAdditions {
  /** To what degree the programme was carried out. */
  readonly execution: Localised;
  /** What became of each indicator (art. 5(3)(11)), in the order of the programme. */
  readonly monitoring: readonly Localised[];
  readonly remarks?: Localised;
  readonly contractors?: readonly NamedContractor[];
  readonly corrections?: readonly FigureCorrection<(typeof correctable)[number]>[];
}

export interface ReportedUnits {
  readonly unit: string;
  readonly delivered: Figure;
  readonly accepted: Figure;
}

export interface ClosingService {
  readonly serviceCode: string;
  readonly name: Localised;
  readonly persons: { readonly planned: Figure; readonly qualified: Figure; readonly served: Figure };
  readonly units: readonly ReportedUnits[];
  readonly costs: ReportedCosts;
  readonly contractors: ContractorList;
}

/** Integer grosze. */
export interface ReportedCosts {
  readonly planned: Figure;
  /** Settled with providers and approved; what the centre's own units cost is not part of it. */
  readonly actual: Figure;
}

/** What is to be told of a programme within months of its end (art. 6). */
export interface ClosingInformation {
  readonly programmeId: string;
  readonly programmeVersion: number;
  readonly name: Localised;
  readonly terc: string;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly endedOn?: Day;
  readonly dueOn?: Day;
  readonly persons: { readonly planned: Figure; readonly served: Figure };
  readonly services: readonly ClosingService[];
  readonly costs: ReportedCosts;
  readonly execution?: Localised;
  readonly monitoring: readonly { readonly indicator: Localised; readonly result?: Localised }[];
  readonly remarks?: Localised;
  /** Numbers of fewer persons are withheld. */
  readonly smallestFigure: number;
  readonly generatedAt: string;
  readonly positions: readonly CopyPosition[];
}

export interface ClosingSubject extends Pick<
  ClosingInformation,
  'programmeId' | 'programmeVersion' | 'endedOn' | 'dueOn'
> {
  readonly content: ProgrammeContent;
  readonly services: readonly ReportedService[];
}

/** The closing information from what has been counted, with the additions of the office once it has made them. */
export function closingInformation(
  { content, services, ...subject }: ClosingSubject,
  { services: counts, served, costGrosze, positions }: ProgrammeCounts,
  { smallestFigure: least, now }: { readonly smallestFigure: number; readonly now: Date },
  additions?: ClosingAdditions,
): ClosingInformation {
  const { name, terc, validFrom, validTo, expectedPersons, indicators = [], budgetLines = [] } = content;
  if (additions && additions.monitoring.length !== indicators.length) throw new IndicatorsUnanswered(indicators.length);
  if (additions) assertNamesFit(additions.contractors ?? [], counts);
  const better = new Corrections(additions?.corrections ?? [], least);
  const plannedCost = (code?: string): Figure => {
    const lines = budgetLines.filter(({ serviceCode }) => code === undefined || serviceCode === code);
    return recorded(lines.length === 0 ? null : lines.reduce((sum, line) => sum + line.plannedGrosze, 0));
  };
  const closed = services.map((service): ClosingService => {
    const { serviceCode } = service;
    const count = counts.find((one) => one.serviceCode === serviceCode) ?? nothing(serviceCode);
    // Prices are known, so an amount is as good as a number of units.
    const cost = count.costGrosze === null ? recorded(null) : about(count.served, count.costGrosze, least);
    return {
      serviceCode,
      name: service.name,
      persons: {
        planned: counted(service.expectedPersons),
        qualified: better.of('QUALIFIED_PERSONS', ofPersons(count.qualified, least), serviceCode),
        served: better.of('SERVED_PERSONS', ofPersons(count.served, least), serviceCode),
      },
      units: count.units.map(({ unit, delivered, deliveredTo, accepted, acceptedFor }) => ({
        unit,
        delivered: better.of('UNITS_DELIVERED', about(deliveredTo, delivered, least), serviceCode, unit),
        accepted: better.of('UNITS_ACCEPTED', about(acceptedFor, accepted, least), serviceCode, unit),
      })),
      costs: { planned: plannedCost(serviceCode), actual: better.of('COST_GROSZE', cost, serviceCode) },
      contractors: contractorsOf(count.contractors, additions?.contractors ?? []),
    };
  });
  const total = better.of('SERVED_PERSONS', ofPersons(served, least));
  const document: ClosingInformation = {
    ...subject,
    name,
    terc,
    validFrom,
    validTo,
    persons: {
      planned: counted(expectedPersons),
      served: totalOf(
        total,
        closed.map(({ persons }) => persons.served),
      ),
    },
    services: closed,
    costs: {
      planned: plannedCost(),
      actual: totalOf(
        better.of('COST_GROSZE', recorded(costGrosze)),
        closed.map(({ costs }) => costs.actual),
      ),
    },
    ...(additions && { execution: additions.execution }),
    monitoring: indicators.map((indicator, at) => ({
      indicator,
      ...(additions && { result: additions.monitoring[at] as Localised }),
    })),
    ...(additions?.remarks && { remarks: additions.remarks }),
    smallestFigure: least,
    generatedAt: now.toISOString(),
    positions,
  };
  better.assertAllUsed();
  return document;
}

const nothing = (serviceCode: string): ServiceCount => ({
  serviceCode,
  qualified: 0,
  served: 0,
  units: [],
  contractors: [],
  costGrosze: null,
});
