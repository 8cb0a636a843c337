type Method = (...args: never[]) => unknown;

/**
 * Puts something else in the place of a part's method, as a bad edit would. Throws where there is no such method, so that a defect cannot
 * become harmless unnoticed when the real code is rearranged.
 */
export function alter<M extends Method>(part: object, name: string, make: (original: M) => M): void {
  const holder = part as Record<string, unknown>;
  const original = holder[name];
  if (typeof original !== 'function') throw new Error(`${part.constructor.name} has no ${name} to put a defect in.`);
  holder[name] = make((original as M).bind(part) as M);
}

/** A field of a part that is nobody else's business. */
export function inside<T>(part: object, name: string): T {
  if (!(name in part)) throw new Error(`${part.constructor.name} has no ${name} to put a defect in.`);
  return (part as Record<string, unknown>)[name] as T;
}
