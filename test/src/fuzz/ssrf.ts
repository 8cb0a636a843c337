import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Attacker, inParallel } from '../attacker';
import type { Findings } from './findings';
import { inwardSinks } from './inward-sinks';

/** Offers as sinks what leads inwards, wherever a body takes an address: none may be taken, and nobody may be called. */
export async function tryInwardSinks(
  attacker: Attacker,
  findings: Findings,
  kept: (sink: string) => boolean = () => true,
): Promise<number> {
  let calls = 0;
  const trap = createServer((_, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const takers = attacker.api.routes.filter(
    ({ body }) => body && attacker.api.properties(body).some(([name]) => name === 'sink'),
  );
  let tried = 0;
  for (const route of takers)
    await inParallel(inwardSinks((trap.address() as AddressInfo).port).filter(kept), async (sink) => {
      const body = JSON.stringify({ ...attacker.body(route), sink });
      const { status } = await attacker.send(route, { body });
      tried += 1;
      if (status < 400) findings.note('ssrfPassed', sink, `${route.method} ${route.path} answered ${status}`);
    });
  await pause(1000);
  if (calls > 0) findings.note('ssrfPassed', 'calls', `${calls} calls came to the own machine`);
  trap.closeAllConnections();
  await new Promise((resolve) => trap.close(resolve));
  return tried;
}
