import { type Attacker, inParallel } from '../attacker';
import { right } from '../attacks';
import type { Route } from '../routes';
import type { Findings } from './findings';

/** Every class of bad token on every route: none may be let in. Returns how many were tried, and of how many classes. */
export async function tryTokens(
  attacker: Attacker,
  routes: readonly Route[],
  findings: Findings,
): Promise<{ tried: number; classes: number }> {
  const classes = new Set<string>();
  let tried = 0;
  for (const route of routes) {
    const tokens = (await attacker.badTokens(route)).filter(([, token]) => route.roles || token !== undefined);
    await inParallel(tokens, async ([fault, authorization]) => {
      const { status } = await attacker.send(route, { ...right(attacker, route), authorization });
      classes.add(fault);
      tried += 1;
      if (status !== 401) findings.note('tokensAccepted', `${fault}, ${status}`, `${route.method} ${route.path}`);
    });
  }
  return { tried, classes: classes.size };
}
