import { strToU8, Zip, ZipDeflate } from 'fflate';

/** A zip that is made part by part, and gives what it has as it goes. */
export class ZipParts {
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.#made.push(chunk);
  });
  #made: Uint8Array[] = [];
  #part: ZipDeflate | undefined;

  begin(path: string): void {
    this.#part = new ZipDeflate(path, { level: 6 });
    this.#zip.add(this.#part);
  }

  push(text: string): Uint8Array[] {
    this.#part?.push(strToU8(text));
    return this.#taken();
  }

  endPart(): Uint8Array[] {
    this.#part?.push(new Uint8Array(0), true);
    return this.#taken();
  }

  end(): Uint8Array[] {
    this.#zip.end();
    return this.#taken();
  }

  #taken(): Uint8Array[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }
}
