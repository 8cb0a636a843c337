import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import { assembleImage, assembleTrial } from './image-context';
import { Obstacle } from './obstacle';
import { checkout } from './paths';
import { run, Steps } from './steps';
import { wholeBill } from './supply-chain-files';

const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };

function asked() {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      tag: { type: 'string' },
      service: { type: 'string', multiple: true },
      engine: { type: 'string' },
      assemble: { type: 'boolean' },
      trial: { type: 'boolean' },
    },
  });
  const wanted = values.service ?? [...services];
  const unknown = wanted.filter((name) => !services.some((service) => service === name));
  if (unknown.length > 0) throw new Obstacle(`There is no service ${unknown.join(', ')}: ${services.join(', ')}.`);
  return { ...values, wanted: wanted as Service[], engine: values.engine ?? 'docker', tag: values.tag ?? version };
}

/** `npm run images`: one image for each service, from a base that is given. */
run(async () => {
  const { wanted, engine, tag, base, assemble, trial } = asked();
  const steps = new Steps();
  const all = wholeBill();
  for (const service of [...wanted, ...(trial ? (['trial'] as const) : [])]) {
    const folder = join(checkout, '.okienko', 'images', service);
    await steps.step(`Putting together ${service}`, async () =>
      service === 'trial' ? assembleTrial(folder) : assembleImage(service, folder, all),
    );
    if (assemble) continue;
    const name = `okienko-${service}:${tag}`;
    const given = [
      '--build-arg',
      `SERVICE=${service}`,
      '--build-arg',
      `VERSION=${tag}`,
      ...(base ? ['--build-arg', `BASE=${base}`] : []),
    ];
    await steps.step(`Building ${name}`, async () =>
      call(engine, [
        'build',
        '--tag',
        name,
        '--file',
        join(checkout, 'deploy', 'image', 'Dockerfile'),
        ...given,
        folder,
      ]),
    );
  }
});

function call(engine: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(engine, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error)
    throw new Obstacle(
      `There is no ${engine} here: install a container engine, name another with --engine (podman), or only --assemble.`,
    );
  if (status !== 0)
    throw new Obstacle(`${engine} ${args[0]} failed:\n${stderr.trim().split('\n').slice(-12).join('\n')}`);
}
