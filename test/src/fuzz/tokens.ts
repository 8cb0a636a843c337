import { type Attacker, inParallel } from '../attacker';
import { right } from '../attacks';
import type { Route } from '../routes';
import type { Findings } from './findings';

/** So many classes of bad tokens on every route, by turns, so that every class is tried: none may be let in. Returns how many were tried, and of how many classes. */
export async function tryTokens(
  attacker: Attacker,
  routes: readonly Route[],
  each: number,
  findings: Findings,
): Promise<{ tried: number; classes: number }> {
  const classes = new Set<string>();
  let tried = 0;
  let next = 0;
  for (const route of routes) {
    const all = (await attacker.badTokens(route)).filter(([, token]) => route.roles || token !== undefined);
    const begin = next % all.length;
    const tokens = [...all.slice(begin), ...all.slice(0, begin)].slice(0, each);
    next += tokens.length;
    await inParallel(tokens, async ([fault, authorization]) => {
      const { status } = await attacker.send(route, { ...right(attacker, route), authorization });
      classes.add(fault);
      tried += 1;
      if (status !== 401) findings.note('tokensAccepted', `${fault}, ${status}`, `${route.method} ${route.path}`);
    });
  }
  return { tried, classes: classes.size };
}
