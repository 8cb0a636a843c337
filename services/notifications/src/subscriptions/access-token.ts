/** What the token endpoint answered, or why it did not. */
export interface TokenAnswer {
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly body?: string | undefined;
}

/** There is no token, so nothing can be posted: to its partner the same as a sink that is down. */
export class NoToken extends Error {
  constructor(readonly code: string) {
    super(`no token: ${code}`);
  }
}

interface Token {
  readonly text: string;
  readonly until: number;
}

const second = 1000;
/** Of a token whose end is not told, and of one that lasts longer than anybody should rely on. */
const usual = 5 * 60 * second;
const longest = 24 * 60 * 60 * second;
/** A token that ends while it is on its way opens nothing. */
const margin = 30 * second;
/** RFC 6750, 2.1: nothing else can stand in the header. */
const shape = /^[A-Za-z0-9\-._~+/]{1,8192}=*$/;

/** The token by which the centre posts to one sink: kept until shortly before its end, and fetched by one at a time. */
export class AccessToken {
  private current: Token | undefined;
  private fetching: Promise<Token> | undefined;

  constructor(
    private readonly fetchToken: () => Promise<TokenAnswer>,
    private readonly now: () => number = Date.now,
  ) {}

  async get(): Promise<string> {
    if (this.current && this.current.until > this.now()) return this.current.text;
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
    return (await this.fetching).text;
  }

  /** The sink did not take it. Whoever comes with an older one than the present does no harm. */
  forget(text: string): void {
    if (this.current?.text === text) this.current = undefined;
  }

  private async fetch(): Promise<Token> {
    const asked = this.now();
    const answer = await this.fetchToken();
    return (this.current = tokenOf(answer, asked));
  }
}

/** RFC 6749, 5.1. */
function tokenOf({ status, errorCode, body = '' }: TokenAnswer, asked: number): Token {
  if (status === undefined) throw new NoToken(`TOKEN_${errorCode ?? 'UNKNOWN'}`);
  if (status !== 200) throw new NoToken(`TOKEN_STATUS_${status}`);
  const { access_token: text, token_type: type, expires_in: lasts } = read(body);
  if (typeof text !== 'string' || !shape.test(text) || typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw new NoToken('TOKEN_MALFORMED');
  const given = Number(lasts) * second;
  const life = given > 0 ? Math.min(given, longest) : usual;
  return { text, until: asked + life - Math.min(margin, life / 2) };
}

function read(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
