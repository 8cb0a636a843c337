import { countOf, type Finding, kinds } from './checker/finding';
import { sought } from './defects/defect';
import { defects } from './defects/defects';
import { dispatchTrial } from './defects/dispatch-defect';
import type { Engines } from './rig/rig';
import { trial } from './rig/trial';

const told = (findings: readonly Finding[]): string =>
  kinds.flatMap((kind) => (countOf(findings, kind) > 0 ? `${countOf(findings, kind)} ${kind}` : [])).join(', ') ||
  'nothing';

/** Whether the checker bites: it must find nothing in the real parts, and each of the defects. */
export async function runChecker(engines: Engines, seed: number, say: (line: string) => void): Promise<boolean> {
  say(
    `Seed ${seed}. Each line is a run of a small rig: a writer, the relay, two consumers, under a storm of faults.\n`,
  );
  const row = (name: string, findings: string, verdict: string): void =>
    say(`${verdict.padEnd(11)} ${name.padEnd(84)} ${findings}`);
  let falseAlarms = 0;
  for (const [name, run] of [
    ['the real parts', () => trial(engines, seed, {})],
    ['the real notifications service, a partner that fails', () => dispatchTrial(engines, seed, () => undefined)],
  ] as const) {
    const { findings } = await run();
    falseAlarms += findings.length;
    row(name, told(findings), findings.length === 0 ? 'sound' : 'FALSE ALARM');
    for (const { what } of findings.slice(0, 5)) say(`            ${what}`);
  }
  let caught = 0;
  for (const defect of defects) {
    const { findings, caught: isCaught } = await sought(defect, engines, seed);
    if (isCaught) caught += 1;
    row(defect.name, told(findings), isCaught ? 'caught' : 'MISSED');
  }
  say('');
  console.log(JSON.stringify({ seededDefectsCaught: caught, seededDefects: defects.length, falseAlarms, seed }));
  return caught === defects.length && falseAlarms === 0;
}
