import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { samplesOf } from './exposition';
import { type Figures, PageFigures } from './page-figures';
import { metrics } from './page-played-deployment';

/** A service that says one text after another, and then does not answer any more. */
async function serviceSaying(texts: readonly string[]) {
  const left = [...texts];
  const server = createServer((_, response) => {
    const text = left.shift();
    response.writeHead(text === undefined ? 503 : 200).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function drawnOf(texts: readonly string[], looks: number): Promise<readonly Figures[]> {
  const { server, url } = await serviceSaying(texts);
  const told: Figures[] = [];
  const figures = new PageFigures([{ name: 'cases', url, pid: () => 1 }], (one) => told.push(one), 200);
  try {
    while (told.length < looks) await new Promise((resolve) => setTimeout(resolve, 20));
    return told;
  } finally {
    figures.stop();
    server.close();
  }
}

test('counters are told by their growth, gauges as they are, and nothing before there are two looks', async () => {
  const [first, second] = await drawnOf([metrics(1), metrics(2)], 2);
  expect(first).toMatchObject({ requests: { cases: null }, answered: { cases: null }, waiting: { deadLetters: 0 } });
  // Ten in a fifth of a second, and none of those by which it was asked.
  expect(second?.requests['cases']).toBeGreaterThan(20);
  expect(second?.requests['cases']).toBeLessThanOrEqual(55);
  expect(second?.answered['cases']).toBeCloseTo(0.1 + 0.4 * 0.9);
  expect(second?.waiting.deadLetters).toBe(3);
});

test('a service that began anew counts from nought, and one that is away has no figures', async () => {
  const [, , restarted, away] = await drawnOf([metrics(1), metrics(50), metrics(1)], 4);
  expect(restarted?.requests['cases']).toBeGreaterThan(20);
  expect(restarted?.requests['cases']).toBeLessThanOrEqual(55);
  expect(away).toMatchObject({ requests: { cases: null }, waiting: { deadLetters: 0 } });
});

test('labels may hold quotes, commas, backslashes and line breaks', () => {
  expect(samplesOf('# HELP a b\na{b="c\\"d,e=\\"",f="\\\\n\\n"} 1.5e3\ng 2\n')).toEqual([
    { name: 'a', labels: { b: 'c"d,e="', f: '\\n\n' }, value: 1500 },
    { name: 'g', labels: {}, value: 2 },
  ]);
});
