import { createServer, type IncomingHttpHeaders, request as call } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** How a build is broken: what it says instead of what it should; nothing is said where the line is cut. */
export type Harm = (asked: Asked, said: Said) => Said | undefined | Promise<Said | undefined>;

/** Stands before a service and behaves as it would with one defect, which may be changed. */
export async function plantedBefore(service: string): Promise<{ url: string; harm: Harm; stop(): Promise<void> }> {
  const planted = { url: '', harm: ((_, said) => said) as Harm, stop };
  const server = createServer((asked, answer) => {
    void (async () => {
      const body = await buffer(asked);
      const { method = '', url = '', headers } = asked;
      const forwarded = call(`${service}${url}`, { method, headers }, (back) => {
        const { 'content-type': type = '', ...others } = back.headers;
        // A stream of events has no end, and nothing is planted there.
        if (type.startsWith('text/event-stream')) {
          answer.writeHead(back.statusCode ?? 0, back.headers);
          back.pipe(answer).on('close', () => back.destroy());
          return;
        }
        void (async () => {
          const sound = { status: back.statusCode ?? 0, type, text: (await buffer(back)).toString('latin1') };
          const said = await planted.harm({ method, url, headers, body: body.toString() }, sound);
          if (!said) return void answer.destroy();
          delete others['content-length'];
          delete others['transfer-encoding'];
          answer.writeHead(said.status, { ...others, ...(said.type && { 'content-type': said.type }) });
          answer.end(said.text, 'latin1');
        })();
      });
      forwarded.on('error', () => answer.destroy());
      forwarded.end(body);
    })();
  });
  async function stop(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  planted.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return planted;
}
