import InputBase from '@mui/material/InputBase';
import { useRef, useState } from 'react';

interface CellEditorProps {
  readonly label: string;
  readonly value: string;
  /** Null: it stays as it was. */
  readonly onDone: (value: string | null) => void;
}

/** A cell while it is changed: Enter or leaving it takes what was typed, Esc does not. */
export function CellEditor({ label, value, onDone }: CellEditorProps) {
  const [text, setText] = useState(value);
  // Enter takes the focus away, and that is leaving as well: it ends once.
  const over = useRef(false);
  const end = (result: string | null) => {
    if (over.current) return;
    over.current = true;
    onDone(result);
  };
  return (
    <InputBase
      autoFocus
      fullWidth
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => end(text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(text);
        else if (event.key === 'Escape') end(null);
      }}
      slotProps={{ input: { 'aria-label': label, spellCheck: false, autoComplete: 'off' } }}
      sx={{ font: 'inherit', bgcolor: 'background.paper', '& input': { p: 0.5 } }}
    />
  );
}
