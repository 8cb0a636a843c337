import { HttpException } from '@nestjs/common';

export interface FieldFault {
  /** JSON Pointer (RFC 6901) into the body, or the name of the parameter. */
  readonly pointer: string;
  readonly detail: string;
}

/** A request that is refused by the frame around the domain: its shape, its headers, its token. */
export class RequestProblem extends HttpException {
  constructor(
    status: number,
    readonly code: string,
    detail: string,
    readonly errors?: readonly FieldFault[],
  ) {
    super(detail, status);
  }
}

/** RFC 9457. `instance` carries the trace id, under which the logs tell more. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly basis?: string;
  readonly errors?: readonly FieldFault[];
}

/** `limit-reached` → `Limit reached`: a title is stable because it is the code in words. */
export const titleOf = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;
