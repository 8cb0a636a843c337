import { MODULE_METADATA } from '@nestjs/common/constants';
import { nameOf, services } from '@okienko/contracts/event';
import { readersOf } from '@okienko/local/generate-deploy-order';
import { modules } from '../four-services';

const handles = 'microservices:pattern';

test('the readers of the deploy order are those that the services really have', () => {
  const told = [...readersOf()].flatMap(([name, readers]) => readers.map((reader) => `${reader} ${name}`)).sort();
  const real = new Set<string>();
  for (const service of services) {
    const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, modules[service]) as { prototype: object }[];
    for (const { prototype } of controllers)
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const method = Object.getOwnPropertyDescriptor(prototype, key)?.value as object | undefined;
        if (typeof method !== 'function') continue;
        const types = (Reflect.getMetadata(handles, method) as (string | string[])[] | undefined)?.flat() ?? [];
        for (const type of types) real.add(`${service} ${nameOf(type)}`);
      }
  }
  expect(real.size).toBeGreaterThan(50);
  expect(told).toEqual([...real].sort());
});
