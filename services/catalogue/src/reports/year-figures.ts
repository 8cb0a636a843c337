import { areas as allAreas } from '../areas/areas';
import type { Localised } from '../localised';
import { Corrections, type FigureCorrection } from './corrections';
import { about, type Figure, ofPersons, recorded, totalOf } from './figure';
import type { ReportedCosts } from './closing-information';
import type { CopyPosition } from './programme-figures';
import type { YearCounts, YearProgramme } from './year-counts';

export const correctableOfYear = [
  'APPLICATIONS_FILED',
  'SERVICES_REQUESTED',
  'QUALIFIED',
  'REFUSED',
  'WITHDRAWN',
  'WAITING_AT_END',
  'SERVED_PERSONS',
  'COST_GROSZE',
] as const;
export type YearCorrection = FigureCorrection<(typeof correctableOfYear)[number]>;

/** The figures of a yearly report. Numbers of too few are withheld, as everywhere. */
export interface YearFigures {
  readonly programmes: readonly YearProgramme[];
  readonly requests: YearRequests;
  readonly served: Figure;
  readonly areas: readonly { readonly area: string; readonly served: Figure }[];
  readonly services: readonly YearService[];
  readonly contractors: readonly { readonly kind: string; readonly contractors: number }[];
  readonly costs: ReportedCosts;
  readonly smallestFigure: number;
  readonly generatedAt: string;
  readonly positions: readonly CopyPosition[];
}

export interface YearRequests {
  readonly filed: Figure;
  readonly requested: Figure;
  readonly qualified: Figure;
  readonly refused: Figure;
  readonly withdrawn: Figure;
  readonly waitingAtEnd: Figure;
}

export interface YearService {
  readonly offerId: string;
  readonly name: Localised;
  readonly unit: string;
  readonly served: Figure;
  readonly accepted: Figure;
}

export function yearFigures(counts: YearCounts, least: number, now: Date): YearFigures {
  const { programmes, requests, contractors, plannedGrosze, costGrosze, positions } = counts;
  const services = counts.services.map(({ served, accepted, ...service }) => ({
    ...service,
    served: ofPersons(served, least),
    accepted: about(served, accepted, least),
  }));
  const within = (area: string): Figure[] =>
    services.filter((service) => service.areas.includes(area)).map(({ served }) => served);
  const of = (count: number): Figure => ofPersons(count, least);
  return {
    programmes,
    requests: {
      filed: of(requests.filed),
      requested: of(requests.requested),
      qualified: of(requests.qualified),
      refused: of(requests.refused),
      withdrawn: of(requests.withdrawn),
      waitingAtEnd: of(requests.waitingAtEnd),
    },
    served: totalOf(
      of(counts.served),
      services.map(({ served }) => served),
    ),
    areas: allAreas.map(({ slug }) => {
      const served = counts.areas.find(({ area }) => area === slug)?.served ?? 0;
      return { area: slug, served: totalOf(of(served), within(slug)) };
    }),
    services: services.map(({ areas: _, ...service }) => service),
    contractors,
    costs: { planned: recorded(plannedGrosze), actual: recorded(costGrosze) },
    smallestFigure: least,
    generatedAt: now.toISOString(),
    positions,
  };
}

/** The same with what the office knows better. */
export function correctedYear(figures: YearFigures, corrections: readonly YearCorrection[]): YearFigures {
  const better = new Corrections(corrections, figures.smallestFigure);
  const { requests, costs } = figures;
  const corrected: YearFigures = {
    ...figures,
    requests: {
      filed: better.of('APPLICATIONS_FILED', requests.filed),
      requested: better.of('SERVICES_REQUESTED', requests.requested),
      qualified: better.of('QUALIFIED', requests.qualified),
      refused: better.of('REFUSED', requests.refused),
      withdrawn: better.of('WITHDRAWN', requests.withdrawn),
      waitingAtEnd: better.of('WAITING_AT_END', requests.waitingAtEnd),
    },
    served: totalOf(
      better.of('SERVED_PERSONS', figures.served),
      figures.services.map(({ served }) => served),
    ),
    costs: { ...costs, actual: better.of('COST_GROSZE', costs.actual) },
  };
  better.assertAllUsed();
  return corrected;
}
