import Check from '@mui/icons-material/CheckOutlined';
import ContentCopy from '@mui/icons-material/ContentCopyOutlined';
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useText } from '../text/use-text.ts';

interface CopyTextButtonProps {
  readonly text: string;
  readonly label: string;
  readonly variant?: 'contained' | 'outlined' | 'text';
}

/** The same as {@link CopyButton} with its words on it, where copying is what people came for. */
export function CopyTextButton({ text, label, variant = 'outlined' }: CopyTextButtonProps) {
  const { t } = useText();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <Button
      variant={variant}
      size={variant === 'contained' ? 'medium' : 'small'}
      startIcon={done ? <Check /> : <ContentCopy />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
    >
      {done ? t.shell.copied : label}
    </Button>
  );
}
