import type { Service } from '@okienko/contracts/event';
import { Obstacle } from '../obstacle';
import { serviceCommand } from '../service-command';
import type { Deployment, Runtime } from './deployment';

/** Under which role of the database: the service's own, or the one that owns the schema. */
type Role = 'app' | 'migrate';

/**
 * Some of what an operator does, only the service can do: in its own environment, with its own keys. Of the system of `npm start` it is done
 * here; of any other we have neither, and say the command that does it there.
 */
export async function inItsEnvironment(
  deployment: Deployment,
  service: Service,
  program: string,
  args: readonly string[] = [],
  as: Role = 'migrate',
): Promise<{ said: string; code: number | null }> {
  if (deployment.isLocal) return serviceCommand(service, program, args, as);
  throw new Obstacle(elsewhere(deployment.runs, service, program, args, as), 'elsewhere');
}

function elsewhere(
  runs: Runtime | undefined,
  service: Service,
  program: string,
  args: readonly string[],
  as: Role,
): string {
  const commands = { kubernetes, compose, systemd };
  const ways = runs === undefined ? (Object.keys(commands) as Runtime[]) : [runs];
  const told = ways.map((way) => `${way}:\n${commands[way](service, [program, ...args], as)}`);
  return `Only ${service} itself can do this, in its own environment. Nothing was done here; run there\n\n${told.join('\n\n')}`;
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
const line = (words: readonly string[]): string => words.map(quoted).join(' ');

/** The same pod with another argument, and no part of the service; whoever owns the schema comes by the secret of the migration. */
function kubernetes(service: Service, command: readonly string[], as: Role): string {
  const name = `okienko-${service}`;
  if (command[0] === 'migrate')
    return `  kubectl -n okienko delete job okienko-migration-${service} --ignore-not-found
  kubectl kustomize deploy/kubernetes/${service} | kubectl -n okienko apply -l app.kubernetes.io/name=${service} -f -`;
  if (as === 'app') return `  kubectl -n okienko exec deploy/${name} -- /app/node /app/main.cjs ${line(command)}`;
  const fromSecret = (key: string): object => ({
    name: key,
    valueFrom: { secretKeyRef: { name: `${name}-migration`, key, optional: key !== 'DATABASE_URL' } },
  });
  const program = `{apiVersion:"batch/v1",kind:"Job",metadata:{generateName:"${name}-${command[0]}-"},spec:{backoffLimit:0,ttlSecondsAfterFinished:3600,
    template:(.spec.template | .metadata.labels["okienko.pl/part"]="command" | .spec.restartPolicy="Never" | .spec.containers[0] |= (
      del(.ports,.startupProbe,.readinessProbe,.livenessProbe,.lifecycle) | .args=${JSON.stringify(command)}
      | .env=((.env // [])+${JSON.stringify([fromSecret('DATABASE_URL'), fromSecret('NATS_URL')])})))}}`;
  return `  # The secret ${name}-migration holds DATABASE_URL of the role that owns the schema and, for replay and rebuild, NATS_URL of the user centre.
  kubectl -n okienko get deployment okienko-${service} -o json | jq '${program}' | kubectl -n okienko create -f -
  # then: kubectl -n okienko logs -f job/<the name that it said>`;
}

function compose(service: Service, command: readonly string[], as: Role): string {
  if (command[0] === 'migrate') return `  docker compose -f deploy/compose.yaml run --rm ${service}-migration`;
  const owner = as === 'migrate' ? ` -e DATABASE_URL="$OWNERS_DATABASE_URL"` : '';
  const note = owner && `  # OWNERS_DATABASE_URL: the database, as the role that owns the schema\n`;
  return `${note}  docker compose -f deploy/compose.yaml run --rm --no-deps -T${owner} ${service} ${line(command)}`;
}

function systemd(service: Service, command: readonly string[], as: Role): string {
  if (command[0] === 'migrate') return `  systemctl start okienko-migrate@${service}`;
  const files = [`/etc/okienko/${service}.env`, ...(as === 'migrate' ? [`/etc/okienko/${service}.migration`] : [])];
  const secrets = ['NATS_URL', 'MASTER_KEY', ...(as === 'app' ? ['DATABASE_URL'] : [])];
  return `  # A secret that only this service has, one more --property like that of MASTER_KEY.
  systemd-run --pipe --wait --collect ${files.map((file) => `--property=EnvironmentFile=${file}`).join(' ')} \\
    --property=LoadCredential=secrets:/etc/okienko/${service}.d ${secrets.map((name) => `--property=Environment=${name}_FILE=%d/secrets_${name}`).join(' ')} \\
    /opt/okienko/${service}/node /opt/okienko/${service}/app/main.cjs ${line(command)}`;
}
