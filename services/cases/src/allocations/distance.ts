import type { DistanceBand } from '../terms/referral-terms';

/** WGS 84, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const earthRadius = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Whole kilometres on the sphere, begun ones not counted. */
export function kilometresBetween(one: Point, other: Point): number {
  const [north, east] = [radians(one.latitude - other.latitude), radians(one.longitude - other.longitude)];
  const haversine =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  return Math.floor(2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(haversine))));
}

/** The band of the nearest of the places; nothing where either side is not known. */
export function bandOf(
  home: Point | null,
  places: readonly Point[],
  bands: readonly DistanceBand[],
): DistanceBand | undefined {
  if (home === null || places.length === 0) return undefined;
  const nearest = Math.min(...places.map((place) => kilometresBetween(home, place)));
  return bands.find(({ fromKm }) => nearest >= fromKm);
}
