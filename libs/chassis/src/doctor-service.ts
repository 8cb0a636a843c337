import { ConfigInvalid, loadConfig, type ServiceConfig } from './config';
import { brokerFindings } from './doctor/broker';
import { databaseFindings } from './doctor/database';
import { type Finding, unsafe } from './doctor/finding';
import { issuerFindings } from './doctor/issuer';
import { settingsFindings } from './doctor/settings';
import type { ServiceDefinition } from './service-definition';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at what a service of this environment would stand on. It changes nothing. */
export async function examine<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  environment: Environment,
): Promise<Finding[]> {
  let config: C;
  try {
    config = loadConfig(definition.config, environment);
  } catch (error) {
    if (error instanceof ConfigInvalid) return [unsafe('configuration', error.message, 'Complete it.')];
    throw error;
  }
  const [database, broker, issuer] = await Promise.all([
    databaseFindings(definition, config.DATABASE_URL),
    brokerFindings(definition.name, config.EVENT_NAMESPACE, config.NATS_URL),
    issuerFindings(config.OIDC_ISSUER),
  ]);
  return [...settingsFindings(config, environment), ...database, ...broker, ...issuer];
}

const signs = { OK: '✓', WARNING: '!', UNSAFE: '✗' } as const;

const tell = ({ about, severity, says, remedy }: Finding): string =>
  `  ${signs[severity]} ${about}: ${says}${remedy === undefined ? '' : `\n      ${remedy}`}\n`;

/** The command, in the service's own environment. Exit codes: 0 nothing unsafe, 1 something is. */
export async function doctorService<C extends ServiceConfig>(definition: ServiceDefinition<C>): Promise<void> {
  const findings = await examine(definition, process.env);
  const { name: service } = definition;
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify({ service, findings })}\n`
      : `${service}\n${findings.map(tell).join('')}`,
  );
  process.exit(findings.some(({ severity }) => severity === 'UNSAFE') ? 1 : 0);
}
