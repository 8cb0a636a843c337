import 'reflect-metadata';
import { type RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { allowedRoles, type Role } from '@okienko/chassis/access';
import { ProvidersModule } from '../providers.module';

export interface Route {
  /** As `POST /providers/:id/details`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly allowed: readonly Role[];
}

type Controller = new (...of: never[]) => object;
const read = <T>(key: string, ...of: readonly object[]): T | undefined =>
  of.map((target) => Reflect.getMetadata(key, target) as T | undefined).find((found) => found !== undefined);

/** Every route of the service's own controllers, as the framework knows them. */
export const routes: readonly Route[] = (
  Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, ProvidersModule) as Controller[]
).flatMap((controller) =>
  Object.getOwnPropertyNames(controller.prototype).flatMap((key): Route[] => {
    const handler = (controller.prototype as Record<string, object>)[key] as object;
    const method = read<RequestMethod>(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const parts = [read<string>(PATH_METADATA, controller), read<string>(PATH_METADATA, handler)];
    const path = `/${parts.filter((part) => part && part !== '/').join('/')}`;
    const verb = method === 0 ? 'GET' : 'POST';
    return [{ name: `${verb} ${path}`, method: verb, path, allowed: read(allowedRoles, handler, controller) ?? [] }];
  }),
);
