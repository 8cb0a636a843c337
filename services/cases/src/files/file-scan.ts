import { connect } from 'node:net';

export type Verdict = 'CLEAN' | 'INFECTED';

/** Looks for malicious software. Throws when it cannot tell, so that the file waits. */
export abstract class FileScan {
  abstract verdictOn(bytes: Buffer): Promise<Verdict | 'UNSCANNED'>;
}

/** No scanner is set up: files are readable at once, and say that nobody has scanned them. */
export class NoScan extends FileScan {
  override verdictOn(): Promise<'UNSCANNED'> {
    return Promise.resolve('UNSCANNED');
  }
}

const chunkSize = 64 * 1024;
/** Milliseconds without a word. */
const patience = 20_000;

/** ClamAV's daemon: the command INSTREAM over TCP (man clamd). */
export class ClamdScan extends FileScan {
  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {
    super();
  }

  override verdictOn(bytes: Buffer): Promise<Verdict> {
    return new Promise((resolve, reject) => {
      const answer: Buffer[] = [];
      const socket = connect({ host: this.host, port: this.port });
      socket.setTimeout(patience, () => socket.destroy(new Error('clamd does not answer')));
      socket.on('connect', () => {
        socket.write('zINSTREAM\0');
        for (let at = 0; at < bytes.length; at += chunkSize) {
          const chunk = bytes.subarray(at, at + chunkSize);
          socket.write(lengthOf(chunk));
          socket.write(chunk);
        }
        socket.write(lengthOf(Buffer.alloc(0)));
      });
      socket.on('data', (chunk) => answer.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => {
        const said = Buffer.concat(answer).toString('latin1').replace(/\0+$/, '').trim();
        if (said === 'stream: OK') resolve('CLEAN');
        else if (/^stream: .+ FOUND$/.test(said)) resolve('INFECTED');
        else reject(new Error(`clamd answered "${said.slice(0, 100)}"`));
      });
    });
  }
}

function lengthOf(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}
