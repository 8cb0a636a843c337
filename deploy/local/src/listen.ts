import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens on loopback, unless told where; the function returned ends the server and what is still connected to it. */
export async function listen(server: Server, port: number, host = '127.0.0.1'): Promise<() => Promise<void>> {
  server.listen({ port, host });
  await once(server, 'listening');
  return async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
}
