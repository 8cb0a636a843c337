import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Deployment } from './deployment';
import { answer, examples } from './telling';

interface Disposal {
  readonly id: string;
  readonly state: string;
  readonly files: number;
  readonly proposedOn: string;
  readonly decidedOn: string | null;
  readonly erased: number | null;
  readonly kept: number | null;
}

/** Whoever may look into the retention of files: not the operator. */
const auditor = 'auditor-halina';

export function addRetention(program: Command): void {
  const retention = program
    .command('retention')
    .description(
      'Disposals of files whose periods are over, and their protocols. It asks as the auditor, the organiser of services or the director: that is whose token OKIENKO_TOKEN holds here. Proposing and approving are acts of two heads in the office, and no commands.',
    );
  retention
    .command('list', { isDefault: true })
    .description('what was proposed, decided and carried out')
    .option('--state <state>', 'only those in this state, such as PROPOSED')
    .action(async ({ state }: { state?: string }, command: Command) => {
      const deployment = Deployment.of(command);
      const cases = await deployment.operator('cases', auditor);
      const disposals: Disposal[] = [];
      for (let after: string | undefined; ;) {
        const query = new URLSearchParams({ limit: '200', ...(state && { state }), ...(after && { after }) });
        const page = await cases.call<{ items: Disposal[]; next?: string }>('GET', `/disposals?${query}`);
        disposals.push(...page.items);
        after = page.next;
        if (after === undefined) break;
      }
      answer(deployment, disposals, () =>
        disposals.length === 0
          ? 'No disposal has been proposed.'
          : disposals
              .map(
                ({ id, state: now, files, proposedOn, decidedOn, erased, kept }) =>
                  `${id}  ${now.padEnd(12)}  ${files} files, proposed on ${proposedOn}${decidedOn ? `, decided on ${decidedOn}` : ''}${erased === null ? '' : `, ${erased} erased, ${kept} kept`}`,
              )
              .join('\n'),
      );
    });
  retention
    .command('protocol <id>')
    .description('the protocol of a disposal to print (PDF/UA); your looking at it goes into the access log')
    .requiredOption('--out <file>', 'where to; readable by you alone')
    .action(async (id: string, { out }: { out: string }, command: Command) => {
      const deployment = Deployment.of(command);
      const cases = await deployment.operator('cases', auditor);
      const pdf = await cases.bytes(`/disposals/${encodeURIComponent(id)}/protocol.pdf`);
      writeFileSync(out, pdf, { mode: 0o600 });
      answer(deployment, { id, out, bytes: pdf.length }, () => `${out}: ${pdf.length} bytes`);
    });
  examples(retention, 'okienko retention list --state PROPOSED', 'okienko retention protocol <id> --out protocol.pdf');
}
