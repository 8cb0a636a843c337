import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Service } from '@okienko/contracts/event';

/** What each service is told beside its place: fresh keys, and ways out that lead nowhere. */
export function environments(): Readonly<Record<Service, Record<string, string>>> {
  const sealing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = (): string => randomBytes(32).toString('base64');
  return {
    catalogue: {},
    cases: {
      MASTER_KEY: key(),
      BLIND_INDEX_KEY: key(),
      SEALING_PUBLIC_KEY: JSON.stringify(sealing.publicKey.export({ format: 'jwk' })),
    },
    providers: {},
    notifications: {
      MASTER_KEY: key(),
      WEBHOOK_KEY: key(),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateKey.export({ format: 'jwk' })),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'cus@cus.example.pl',
      ALLOWED_PRIVATE_SINKS: 'localhost:9',
    },
  };
}
