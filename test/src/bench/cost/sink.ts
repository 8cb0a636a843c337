import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from '@okienko/local/listen';

/** A partner's address that takes every webhook and counts it, with the bytes that went over the line both ways. */
export class Sink {
  taken = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((request, response) => {
    request.resume().on('end', () => {
      this.taken += 1;
      response.writeHead(204).end();
    });
  }).on('connection', (socket: Socket) => this.sockets.add(socket));

  get bytes(): number {
    return [...this.sockets].reduce((all, { bytesRead, bytesWritten }) => all + bytesRead + bytesWritten, 0);
  }

  /** The function returned ends it. */
  listen(port: number): Promise<() => Promise<void>> {
    return listen(this.server, port);
  }
}
