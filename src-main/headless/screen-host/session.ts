import { randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits in base64url: nothing to guess, so no count of tries is kept. */
function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** Equal, without telling by the time it takes how much is. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Who may see the screen. The address that is printed on the terminal holds a token that opens it once; the browser gets
 * a cookie for it and keeps that for as long as the process lives. So a token in a browser's history opens nothing.
 */
export class ScreenSessions {
  readonly #cookieName: string;
  readonly #sessions: string[] = [];
  #token = secret();

  /** @param port cookies do not know ports: two machines on one computer must not take each other's */
  constructor(port: number) {
    this.#cookieName = `convoy-${port}`;
  }

  /** The token that opens the screen next. */
  get token(): string {
    return this.#token;
  }

  /** Takes a token, once: the value of a Set-Cookie header, or undefined when it is not the right one. */
  exchange(token: string): string | undefined {
    if (!same(token, this.#token)) return undefined;
    this.#token = secret();
    const session = secret();
    this.#sessions.push(session);
    return `${this.#cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** @param cookies the Cookie header of a request */
  admits(cookies: string | undefined): boolean {
    const given = (cookies ?? '').split(';').map((part) => part.trim().split('='));
    return given.some(
      ([name, value]) =>
        name === this.#cookieName &&
        value !== undefined &&
        this.#sessions.some((session) => same(session, value)),
    );
  }
}
