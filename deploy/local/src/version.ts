/** The first dotted number in a program's answer to `--version`, as numbers. */
export function versionIn(text: string): number[] | undefined {
  const found = /\d+(?:\.\d+)+|\d+/.exec(text)?.[0];
  return found?.split('.').map(Number);
}

/** Negative when `left` is the older one. Missing parts count as zero. */
export function compareVersions(left: readonly number[], right: readonly number[]): number {
  for (let part = 0; part < Math.max(left.length, right.length); part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const atLeast = (version: readonly number[], minimum: readonly number[]): boolean =>
  compareVersions(version, minimum) >= 0;
