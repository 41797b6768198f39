import Button from '@mui/material/Button';
import { type ChangeEvent, useRef } from 'react';
import { openList } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';

/** Chooses a file as the list: what dropping does, for people without a mouse. */
export function FileButton() {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file may be chosen again after it was mended.
    event.target.value = '';
    if (file) await openList(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  return (
    <>
      <Button variant="contained" onClick={() => input.current?.click()}>
        {t.imports.choose}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.json,text/csv,application/json"
        hidden
        onChange={(event) => void take(event)}
      />
    </>
  );
}
