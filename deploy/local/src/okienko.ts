import { version } from '@okienko/chassis/version';
import { Command, CommanderError } from 'commander';
import { exitCodes, Obstacle } from './obstacle';
import { addAccesses } from './okienko/accesses';
import { addAfterRestore } from './okienko/after-restore';
import { addDeadLetters } from './okienko/dead-letters';
import { addExplain } from './okienko/explain';
import { addOwnPrograms } from './okienko/own-programs';
import { addPartners } from './okienko/partners';
import { addRebuild } from './okienko/rebuild';
import { addRetention } from './okienko/retention';
import { addRevoke } from './okienko/revoke';
import { addStatus } from './okienko/status';
import { addStreams } from './okienko/streams';

/** `okienko`: what operators do, in one command. */
export function okienko(): Command {
  const program = new Command('okienko')
    .description(
      'Everything that an operator does with a deployment of Okienko. Without more it works on the system that `npm start` runs.',
    )
    .version(version)
    .option(
      '--url <service=url>',
      'where a service is; once for each service that the command asks, again for each replica that `revoke` tells',
      (value: string, before: string[] = []) => [...before, value],
    )
    .option(
      '--config <file>',
      'JSON: services (their URLs), runs (kubernetes, compose or systemd), namespace, streamReplicas',
    )
    .option('--json', 'the answer as one JSON value on standard output')
    .configureHelp({
      showGlobalOptions: true,
      // In the list of commands the first sentence of each.
      subcommandDescription: (command) => `${command.description().split(/[.:;](?= |$)/)[0]}`,
    })
    .showHelpAfterError('\n`--help` tells more.')
    .exitOverride();
  addStatus(program);
  addExplain(program);
  addDeadLetters(program);
  addStreams(program);
  addRebuild(program);
  addPartners(program);
  addRevoke(program);
  addAccesses(program);
  addRetention(program);
  addOwnPrograms(program);
  addAfterRestore(program);
  program.addHelpText(
    'after',
    `
Of another system: --config or OKIENKO_CONFIG, --url or OKIENKO_CASES_URL …, and an access token in OKIENKO_TOKEN (role \`operator\`
unless a command says otherwise); NATS_URL where a command asks the broker. What only a service can do, in its own environment, is
done on the system of \`npm start\`; of any other the command to run there is said.

Exit codes: 0 all is well, 1 something was found or refused, 2 said wrongly, 3 nothing answers, 4 to be done elsewhere.
\`okienko <command> --help\` has examples.`,
  );
  return program;
}

okienko()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // It has said already what is wrong.
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
      return;
    }
    console.error(error instanceof Obstacle ? `\n✗ ${error.message}` : error);
    process.exitCode = error instanceof Obstacle ? exitCodes[error.exit] : exitCodes.finding;
  });
