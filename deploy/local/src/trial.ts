import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ClientAccount } from './clients';
import { startIssuer } from './issuer';
import { listen } from './listen';
import { startMailbox } from './mailbox';
import { startPartner } from './partner';
import { confidentialFile } from './secrets';

/**
 * The container `trial` of compose.yaml: what a trial has instead of the world outside, which is an issuer of tokens, a mailbox that
 * delivers nowhere and a sample partner. Port 8090 gives tokens to whoever asks and is published on loopback alone.
 */
const home = process.env['TRIAL_HOME'] ?? '/data';
const host = '0.0.0.0';

async function main(): Promise<void> {
  const issuer = await startIssuer({ home, host, port: 8080, url: process.env['TRIAL_ISSUER'] ?? 'http://trial:8080' });
  const mailbox = await startMailbox({ home, host, port: 2525 });
  const partner = await startPartner({ host, port: 8091 });
  const subscription = confidentialFile<{ secret: string }>(home, 'partner-subscription');
  const known = subscription.read();
  if (known) partner.use(known.secret);

  const asks: Readonly<Record<string, (id: string, body: unknown) => unknown>> = {
    'GET health': () => ({}),
    'GET mailbox': () => mailbox.messages(),
    'GET partner': () => partner.received(),
    'PUT partner': (_, secret) => {
      subscription.write(secret as { secret: string });
      partner.use((secret as { secret: string }).secret);
      return {};
    },
    'GET accounts': () => issuer.clients().map(({ secret: _, ...account }) => account),
    'PUT accounts': (_, account) => {
      issuer.addClient(account as ClientAccount);
      return {};
    },
    'POST tokens': async (id) => ({ access_token: await issuer.token(id) }),
  };
  const server = createServer((request, response) => {
    void (async () => {
      const [, what = '', id = ''] = (request.url ?? '').split('/');
      const answer = asks[`${request.method} ${what}`];
      const text = (await buffer(request)).toString();
      if (!answer) return response.writeHead(404).end(`There are: ${Object.keys(asks).join(', ')}.`);
      const body = await answer(decodeURIComponent(id), text ? (JSON.parse(text) as unknown) : undefined);
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    })().catch((error: Error) => response.writeHead(400).end(error.message));
  });
  const stop = await listen(server, 8090, host);
  const end = (): void =>
    void Promise.all([stop(), issuer.stop(), mailbox.stop(), partner.stop()]).finally(() => process.exit(0));
  process.on('SIGTERM', end).on('SIGINT', end);
  process.stdout.write('An issuer, a mailbox and a partner for a trial are there.\n');
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
});
