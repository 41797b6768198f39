import type { Result } from '../../src-shared/model/problem.ts';

export interface TokenOptions {
  /** A new token although the one at hand looks good: the service refused it. */
  readonly refresh?: boolean | undefined;
  /** What the service wants to see proved in a new token (JSON): a claims challenge. With `refresh` only. */
  readonly claims?: string | undefined;
}

/** Whoever can get access tokens for Graph. Asked before each request; caching and renewal are its business. */
export interface TokenSource {
  /** Who is signed in, for people: the tenant, and the app or user. */
  readonly who: { readonly tenant: string; readonly account: string };
  /** A person signed in, and not the application by itself: the service limits persons besides. */
  readonly asPerson?: boolean;
  /** Client id of the application, by which the service counts too; {@link who}'s account where that is the application. */
  readonly app?: string;
  /**
   * An access token that is good now. Codes: sign-in-needed (a person has to act), sign-in-unreachable, sign-in-expired, and
   * those of a refusal (`src-shared/rules/aadsts.ts`).
   */
  token(options?: TokenOptions): Promise<Result<string>>;
  /** Tokens of the same sign-in for another service, e.g. `https://contoso.sharepoint.com`. Absent where it gets none. */
  forHost?(origin: string): TokenSource;
}
