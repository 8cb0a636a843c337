import { KeyRing } from '@okienko/privacy/key-ring';
import { openKeys, TransitKms } from '@okienko/privacy/kms';
import type { ServiceConfig } from './config';

/** The service's keys: as they stand in the environment, or unwrapped by the KMS that it names. */
export async function keyRingOf(
  { KMS_URL: url, KMS_TOKEN: token }: Pick<ServiceConfig, 'KMS_URL' | 'KMS_TOKEN'>,
  masterKey: string,
  blindIndexKey?: string,
): Promise<KeyRing> {
  const kms = url !== undefined && token !== undefined ? new TransitKms(url, token) : undefined;
  const master = await openKeys(masterKey, kms);
  if (blindIndexKey === undefined) return KeyRing.fromEnvironmentValues(master);
  return KeyRing.fromEnvironmentValues(master, await openKeys(blindIndexKey, kms));
}
