import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { Obstacle } from './obstacle';

/** All below 32768, where Linux begins to hand out ports to outgoing connections. */
const fixedPorts = {
  page: 8080,
  catalogue: 8081,
  cases: 8082,
  providers: 8083,
  notifications: 8084,
  issuer: 8085,
  partner: 8086,
  postgres: 15432,
  nats: 14222,
  smtp: 11025,
} as const;

export type PortName = keyof typeof fixedPorts;

export const portVariable = (name: PortName): string => `OKIENKO_${name.toUpperCase()}_PORT`;

/** The port of this name, from the environment or the table. */
export const portNumber = (name: PortName, env: NodeJS.ProcessEnv = process.env): number =>
  Number(env[portVariable(name)] ?? fixedPorts[name]);

/** The port of this name; taken by another program, it is an obstacle. */
export async function fixedPort(name: PortName, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const variable = portVariable(name);
  const port = portNumber(name, env);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Obstacle(`${variable}=${env[variable]} is not a port: give a number between 1 and 65535.`);
  }
  if (await isFree(port)) return port;
  throw new Obstacle(
    `Port ${port} (${name}) is taken by another program: stop that program, or choose another port with ${variable}.`,
  );
}

/** A free port outside the range of outgoing connections, so that nothing takes it by chance before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer()
      .once('error', () => answer(false))
      .listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => answer(true)));
  });
}
