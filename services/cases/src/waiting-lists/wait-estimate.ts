/** Places that were freed within so many days up to now. */
export interface Freed {
  readonly days: number;
  readonly places: number;
}

/** How long whoever stands at a position waits if places are freed as they were: as fast, and as slow, as in any of the spans. */
export function estimateOf(
  position: number,
  freed: readonly Freed[],
): { readonly fromDays: number; readonly toDays: number } | null {
  const waits = freed
    .filter(({ places }) => places > 0)
    .map(({ days, places }) => Math.ceil((position * days) / places));
  return waits.length === 0 ? null : { fromDays: Math.min(...waits), toDays: Math.max(...waits) };
}
