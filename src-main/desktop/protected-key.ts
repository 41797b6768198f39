import { safeStorage } from 'electron';
import { type KeyWrapping, keyFile } from '../store/key-file.ts';
import type { KeyKeeper } from '../store/secrets.ts';

/** The key in a file that only this user of this machine can open: DPAPI on Windows, the keychain elsewhere (S11). */
const bySystem: KeyWrapping = {
  wrap(key) {
    if (!safeStorage.isEncryptionAvailable()) {
      throw new Error('the protected storage of the operating system is not available');
    }
    return new Uint8Array(safeStorage.encryptString(Buffer.from(key).toString('base64')));
  },
  unwrap: (wrapped) => new Uint8Array(Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64')),
};

export function protectedKey(file: string): KeyKeeper {
  return keyFile(file, bySystem);
}
