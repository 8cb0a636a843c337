import { buffer } from 'node:stream/consumers';
import { parentPort } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';

/** What the sink tells of each mail: to whom, and when it had all of it. */
export interface Arrival {
  readonly to: string;
  readonly at: number;
}

/** A mail server in a thread of its own, so that it takes no turn of the service's. Tells its port, then each mail. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onData: (stream, { envelope }, done) => {
    void buffer(stream).then(() => {
      done();
      const arrival: Arrival = {
        to: envelope.rcptTo[0]?.address ?? '',
        at: performance.timeOrigin + performance.now(),
      };
      parentPort?.postMessage(arrival);
    });
  },
});
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  parentPort?.postMessage(typeof address === 'object' ? address?.port : undefined);
});
