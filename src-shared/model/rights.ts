/** Who has access to a file or folder, as its own system says it. */
export type Rights =
  | {
      readonly system: 'windows';
      /** Owner, group and access list in Windows' own text form (SDDL), without the SACL. */
      readonly sddl: string;
    }
  | {
      readonly system: 'posix';
      readonly user: number;
      readonly group: number;
      /** The nine bits of read, write and execute for owner, group and others, and the three above them. */
      readonly mode: number;
    };

/** Who is behind a SID. `unknown`: the server or domain was asked and has nobody of that number. `cannot-say`: nobody could be asked. */
export type Principal =
  | { readonly state: 'known'; readonly name: string }
  | { readonly state: 'unknown' }
  | { readonly state: 'cannot-say' };

/** Room on the volume that a source lies on, in bytes; `free` is what this account may use. */
export interface Space {
  readonly free: number;
  readonly total: number;
}
