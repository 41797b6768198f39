/** See memory-environment.mjs. */
export declare const memoryEnvironment: Readonly<Record<string, string>>;
