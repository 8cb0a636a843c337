import { revocationReasons } from '@okienko/chassis/revocations';
import { type Command, Option } from 'commander';
import { Obstacle, reasonOf } from '../obstacle';
import { Deployment } from './deployment';
import { answer, examples } from './telling';

export function addRevoke(program: Command): void {
  const revoke = program
    .command('revoke <account>')
    .description(
      'Shuts an account out: every service refuses the tokens that it has been given so far, on all replicas within five seconds. Shut it out at the issuer first, or it fetches another one. `account` is the `sub` of its tokens.',
    )
    .addOption(new Option('--reason <reason>', 'why').choices(revocationReasons).makeOptionMandatory())
    .action(async (account: string, { reason }: { reason: string }, command: Command) => {
      const deployment = Deployment.of(command);
      const told: { url: string; failure?: string }[] = [];
      // Each is told, also when another cannot be.
      for (const { url } of deployment.known)
        try {
          await (await deployment.at(url)).call('POST', '/revocations', { account, reason });
          told.push({ url });
        } catch (error) {
          told.push({ url, failure: reasonOf(error) });
        }
      const untold = told.filter(({ failure }) => failure !== undefined);
      answer(deployment, { account, reason, told }, () =>
        told
          .map(({ url, failure }) =>
            failure === undefined
              ? `${url}  refuses the tokens of ${account} within five seconds`
              : `${url}  was not told: ${failure}`,
          )
          .join('\n'),
      );
      if (untold.length > 0)
        throw new Obstacle(`${untold.length} of ${told.length} were not told. Say it again; twice does no harm.`);
    });
  examples(revoke, 'okienko revoke desk-anna --reason TOKEN_LOST');
}
