import type { Result } from '../../src-shared/model/problem.ts';

/** Whoever can get access tokens for Graph. Asked before each request; caching and renewal are its business. */
export interface TokenSource {
  /** Who is signed in, for people: the tenant, and the app or user. */
  readonly who: { readonly tenant: string; readonly account: string };
  /** A person signed in, and not the application by itself: the service limits persons besides. */
  readonly asPerson?: boolean;
  /** Client id of the application, by which the service counts too; {@link who}'s account where that is the application. */
  readonly app?: string;
  /**
   * An access token that is good now. `refresh` asks for a new one although the cached one looks good: the service
   * refused it. Codes: sign-in-refused, sign-in-unreachable, sign-in-expired.
   */
  token(options?: { readonly refresh?: boolean }): Promise<Result<string>>;
  /** Tokens of the same sign-in for another service, e.g. `https://contoso.sharepoint.com`. Absent where it gets none. */
  forHost?(origin: string): TokenSource;
}
