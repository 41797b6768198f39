/** The account under which a share is opened, where that is not the one that Convoy runs under. Never written down, never shown. */
export interface SourceCredentials {
  /** `DOMAIN\user` or `user@domain`. */
  readonly user: string;
  readonly password: string;
}
