import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { attemptTimeout } from './dispatch';

export interface Back {
  readonly status?: number;
  readonly errorCode?: string;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the body. */
  readonly begins: string;
}

/** Of a URL. */
export interface Target {
  readonly origin: string;
  readonly path: string;
}

interface Question {
  readonly method: 'POST' | 'OPTIONS';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
  /** Bytes of the answer's body that are kept. */
  readonly keep?: number;
}

export const mostBytes = 64 * 1024;
/** Of an answer so much is of interest to whoever reads the log. */
export const keptBytes = 2 * 1024;

class Enough extends Error {}

/**
 * One request and its answer: no redirects, one time limit over everything, an answer read up to a limit. It is undici's lowest
 * level, because a stream and an abort signal for each webhook cost more than the webhook.
 */
export function exchange(dispatcher: Dispatcher, { origin, path }: Target, question: Question): Promise<Back> {
  const { method, headers, body = null, keep = keptBytes } = question;
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status: number | undefined;
    let back: IncomingHttpHeaders = {};
    let [bytes, isSettled] = [0, false];
    const kept: Buffer[] = [];
    const settle = (answer: Pick<Back, 'status' | 'errorCode'>): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      resolve({ ...answer, headers: back, begins: kept.length === 0 ? '' : startOf(Buffer.concat(kept)) });
    };
    const timer = setTimeout(() => {
      ended('TIMEOUT');
      controller?.abort(new Enough());
    }, attemptTimeout);
    // An answer whose body breaks off was an answer.
    const ended = (errorCode: string): void => settle(status === undefined ? { errorCode } : { status });
    try {
      dispatcher.dispatch(
        { origin, path, method, headers, body },
        {
          onRequestStart(started) {
            controller = started;
            if (isSettled) started.abort(new Enough());
          },
          onResponseStart(_, code, got) {
            if (code >= 200) [status, back] = [code, got];
          },
          onResponseData(_, chunk) {
            if (bytes < keep) kept.push(chunk.subarray(0, keep - bytes));
            bytes += chunk.length;
            if (bytes <= mostBytes) return;
            ended('UNKNOWN');
            controller?.abort(new Enough());
          },
          onResponseEnd: () => ended('UNKNOWN'),
          onResponseError: (_, error) => ended(codeOf(error)),
        },
      );
    } catch (error) {
      ended(codeOf(error));
    }
  });
}

/** Half a character at the end is none. */
const startOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/\uFFFD+$/, '');

export function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name ?? 'UNKNOWN');
}
