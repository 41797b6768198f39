import Button from '@mui/material/Button';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { EmptyState } from '../parts/empty-state.tsx';
import { useText } from '../text/use-text.ts';

function Broken() {
  const { t } = useText();
  return (
    <EmptyState title={t.shell.crashed} body={t.shell.crashedBody}>
      <Button variant="contained" onClick={() => window.location.reload()}>
        {t.shell.reload}
      </Button>
    </EmptyState>
  );
}

/** Keeps a mistake in one page from taking the shell with it. Given a new `key`, it tries again. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('A page broke.', error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
