import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { plainToInstance, Type } from 'class-transformer';
import {
  getMetadataStorage,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
type Sampler = (typeof samplers)[number];

const url = { require_tld: false, require_protocol: true } as const;

/** What every service must be told. Property names are the names of the environment variables. */
export class ServiceConfig {
  @Type(() => Number) @IsInt() @Min(0) @Max(65535) PORT: number = 8080;
  @IsString() HOST: string = '127.0.0.1';
  /** PostgreSQL, as the service's own role; its search_path is the service's schema. */
  @IsUrl({ ...url, protocols: ['postgres', 'postgresql'] }) DATABASE_URL!: string;
  /** NATS servers, separated by commas; with `tls://` nothing is said to one that has no TLS. */
  @IsString() NATS_URL!: string;
  /** Root of subjects and prefix of streams; differs only where several deployments share a broker. */
  @Matches(/^[a-z][a-z0-9_]{0,31}$/) EVENT_NAMESPACE: string = 'okienko';
  /** Issuer of access tokens, exactly as in their `iss` claim. */
  @IsUrl({ ...url, protocols: ['http', 'https'] }) OIDC_ISSUER!: string;
  /** Audience that a token must name. */
  @IsString() OIDC_AUDIENCE: string = 'okienko';
  /** Clients that the issuer's logout tokens are for, separated by commas; the audience above unless set. */
  @IsOptional() @IsString() OIDC_LOGOUT_AUDIENCE?: string;
  /** Where clients reach this service; problem types are links below it. */
  @IsOptional() @IsUrl({ ...url, protocols: ['http', 'https'] }) PUBLIC_URL?: string;
  /** Addresses of the proxies in front, separated by commas, whose X-Forwarded-For is believed; none unless set. */
  @IsOptional() @IsString() TRUSTED_PROXIES?: string;
  /** Requests a minute that one client may make. */
  @Type(() => Number) @IsInt() @Min(1) RATE_LIMIT: number = 6000;
  /** The same for one address without a token, on routes by which strangers make work for the centre. */
  @Type(() => Number) @IsInt() @Min(1) STRANGER_RATE_LIMIT: number = 20;
  /** Certificate chain and key (PEM) with which the service itself speaks TLS; both or none. */
  @ValidateIf((config: ServiceConfig) => config.TLS_CERT !== undefined || config.TLS_KEY !== undefined)
  @IsString()
  TLS_CERT?: string;
  @ValidateIf((config: ServiceConfig) => config.TLS_CERT !== undefined || config.TLS_KEY !== undefined)
  @IsString()
  TLS_KEY?: string;
  /** Where keys that begin with `vault:` are unwrapped at the start: the decrypt path of an OpenBao or Vault Transit key. */
  @IsOptional() @IsUrl({ ...url, protocols: ['http', 'https'] }) KMS_URL?: string;
  @IsOptional() @IsString() KMS_TOKEN?: string;
  /** Collector of traces (OTLP over HTTP), e.g. `http://collector:4318`; without it there are none (docs/tracing.md). */
  @IsOptional() @IsUrl({ ...url, protocols: ['http', 'https'] }) OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  @IsIn(['true', 'false']) OTEL_SDK_DISABLED: string = 'false';
  /** Which traces are recorded; with `parentbased_` as whoever began it has said. */
  @IsIn(samplers) OTEL_TRACES_SAMPLER: Sampler = 'parentbased_always_on';
  /** Of `traceidratio`: the share of traces, 0 to 1. */
  @Type(() => Number) @IsNumber() @Min(0) @Max(1) OTEL_TRACES_SAMPLER_ARG: number = 1;
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent']) LOG_LEVEL: string = 'info';
}

export class ConfigInvalid extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

const file = '_FILE';

/** `NAME_FILE` names a file that holds `NAME`, as secrets are mounted; what is said outright counts first. */
export function withFiles(environment: Environment, names: ReadonlySet<string>): Record<string, string> {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const values = Object.fromEntries(given);
  for (const [variable, path] of given) {
    const name = variable.slice(0, -file.length);
    if (!variable.endsWith(file) || !names.has(name) || values[name] !== undefined) continue;
    try {
      values[name] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      throw new ConfigInvalid(`${variable}: the file cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  }
  return values;
}

const namesOf = (type: new () => object): ReadonlySet<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(type, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

/** Reads a service's configuration and tells every fault at once. Values are never printed: some are secrets. */
export function loadConfig<C extends ServiceConfig>(type: new () => C, environment: Environment): C {
  const config = plainToInstance(type, withFiles(environment, namesOf(type)), { exposeDefaultValues: true });
  const faults = validateSync(config, { whitelist: true }).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((text) => `  ${property}: ${text}`),
  );
  if (faults.length > 0) throw new ConfigInvalid(`The configuration is not complete:\n${faults.join('\n')}`);
  return config;
}
