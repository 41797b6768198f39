import Box from '@mui/material/Box';
import Breadcrumbs from '@mui/material/Breadcrumbs';
import ButtonBase from '@mui/material/ButtonBase';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { KeyboardEvent } from 'react';
import type { FolderNode } from '../../../src-shared/survey/folder-tree.ts';
import { NameText } from '../../parts/path-text.tsx';
import { Swatch } from '../../parts/share-bar.tsx';
import { visible } from '../../parts/visible.ts';
import type { Messages } from '../../text/en.ts';
import type { Format } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { type Cell, cellsOf, chainTo } from './folder-cells.ts';
import { PictureFrame } from './picture-frame.tsx';
import { readinessLook } from './readiness.tsx';
import { useRoving } from './use-roving.ts';

const HEIGHT = 360;

type Worst = 'ready' | 'changes' | 'blocked';

/** A few of thousands are worth a word, not a colour. */
const MANY = 0.01;

function worstOf({ blocked, changes, files }: FolderNode): Worst {
  if (blocked > files * MANY) return 'blocked';
  return blocked + changes > files * MANY ? 'changes' : 'ready';
}

/** Mixed into the ground of the card, so that text on it is readable in both schemes. */
function groundOf(node: FolderNode, strength: number): string {
  return `color-mix(in srgb, ${readinessLook[worstOf(node)].colour} ${strength}%, var(--convoy-palette-background-paper))`;
}

function figuresOf(t: Messages, f: Format, node: FolderNode): string {
  return [
    t.assess.figures(t.units.files(node.files), f.bytes(node.bytes)),
    ...(node.changes > 0 ? [t.assess.withChanges(node.changes)] : []),
    ...(node.blocked > 0 ? [t.assess.blocked(node.blocked)] : []),
  ].join(', ');
}

interface FolderMapProps {
  readonly tree: FolderNode;
  /** Path of the folder that is picked. */
  readonly picked: string | undefined;
  readonly onPick: (path: string | undefined) => void;
}

/** Folders as areas: what is in a folder lies in its area. A folder is opened by picking it, and the list below is of what lies in it. */
export function FolderMap({ tree, picked, onPick }: FolderMapProps) {
  const { t, f } = useText();
  const chain = chainTo(tree, picked);
  // A folder without larger folders in it is shown among its neighbours.
  const opened = chain.findLast(({ node }) => node.folders.length > 0) ?? { node: tree, path: '' };
  const cells = cellsOf(opened.node, opened.path);
  const buttons = cells.filter(({ level, node }) => level === 1 && node !== undefined);
  const inside = cells.filter(({ level }) => level === 2);
  const { onKeyDown, propsOf } = useRoving(
    buttons.length,
    buttons.findIndex(({ path }) => path === picked),
  );
  const up = () => {
    const above = chain.at(-2);
    if (picked !== undefined) onPick(above === undefined || above.path === '' ? undefined : above.path);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Backspace') {
      event.preventDefault();
      return up();
    }
    onKeyDown(event);
  };
  return (
    <PictureFrame
      title={t.assess.map}
      heads={[
        t.assess.folder,
        t.assess.byFiles,
        t.assess.bySize,
        t.assess.ready.changes,
        t.assess.ready.blocked,
      ]}
      rows={opened.node.folders.map((node) => {
        const path = pathIn(opened.path, node.name);
        return {
          key: path,
          name: <NameText name={node.name} />,
          values: [f.int(node.files), f.bytes(node.bytes), f.int(node.changes), f.int(node.blocked)],
          picked: path === picked,
          onPick: () => onPick(path),
        };
      })}
    >
      <Breadcrumbs sx={{ mb: 1, typography: 'body2' }} aria-label={t.assess.map} maxItems={6}>
        {chain.map(({ node, path }, at) =>
          at === chain.length - 1 ? (
            <Typography key={path} variant="body2" sx={{ overflowWrap: 'anywhere' }}>
              {path === '' ? t.assess.wholeSource : <NameText name={node.name} />}
            </Typography>
          ) : (
            <Link
              key={path}
              component="button"
              variant="body2"
              onClick={() => onPick(path === '' ? undefined : path)}
            >
              {path === '' ? t.assess.wholeSource : <NameText name={node.name} />}
            </Link>
          ),
        )}
      </Breadcrumbs>
      <Box
        role="toolbar"
        aria-label={t.assess.map}
        onKeyDown={keyDown}
        sx={{ position: 'relative', height: HEIGHT, forcedColorAdjust: 'none' }}
      >
        {cells
          .filter(({ level }) => level === 1)
          .map((cell) => {
            const { node, path } = cell;
            if (node === undefined) {
              return (
                <Box
                  key="rest"
                  sx={{ ...place, bgcolor: 'sunken', borderStyle: 'dashed' }}
                  style={positionOf(cell)}
                >
                  <Label cell={cell} name={t.assess.rest} note={f.bytes(cell.bytes)} />
                </Box>
              );
            }
            const at = buttons.indexOf(cell);
            return (
              <ButtonBase
                key={path}
                {...propsOf(at)}
                aria-pressed={path === picked}
                title={`${visible(node.name)}: ${figuresOf(t, f, node)}`}
                onClick={() => onPick(path === picked ? undefined : path)}
                sx={{
                  ...place,
                  display: 'block',
                  textAlign: 'start',
                  borderColor: path === picked ? 'primary.main' : 'divider',
                  borderWidth: path === picked ? 2 : 1,
                  '&:hover': { filter: 'brightness(0.97)' },
                  '&:focus-visible': { outlineOffset: -3, zIndex: 2 },
                }}
                style={{ ...positionOf(cell), background: groundOf(node, 18) }}
              >
                <span className="visually-hidden">{`${visible(node.name)}: ${figuresOf(t, f, node)}`}</span>
                <Label cell={cell} name={node.name} note={f.bytes(node.bytes)} />
              </ButtonBase>
            );
          })}
        {inside.map((cell) =>
          cell.node ? (
            <Box
              key={cell.path}
              aria-hidden
              sx={{ ...place, pointerEvents: 'none', borderColor: 'background.paper' }}
              style={{ ...positionOf(cell), background: groundOf(cell.node, 32) }}
            >
              <Label cell={cell} name={cell.node.name} note="" />
            </Box>
          ) : null,
        )}
      </Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          mt: 1,
          typography: 'caption',
          color: 'text.secondary',
        }}
      >
        {(['ready', 'changes', 'blocked'] as const).map((state) => (
          <Box key={state} component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
            <Swatch {...readinessLook[state]} pattern="plain" />
            {t.assess.mapColours[state]}
          </Box>
        ))}
        <span>{t.assess.mapHint}</span>
      </Box>
    </PictureFrame>
  );
}

const place = {
  position: 'absolute',
  overflow: 'hidden',
  borderWidth: 1,
  borderStyle: 'solid',
  borderColor: 'divider',
  borderRadius: '4px',
} as const;

function positionOf({ x, y, width, height }: Cell) {
  return { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` };
}

function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Said where there is room for it. */
function Label({ cell, name, note }: { readonly cell: Cell; readonly name: string; readonly note: string }) {
  if (cell.width < 5 || cell.height < 6) return null;
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        // A button puts what is in it into its middle.
        ...{ position: 'absolute', top: 0, insetInline: 0, display: 'block' },
        px: 0.75,
        py: 0.25,
        fontSize: '0.75rem',
        lineHeight: 1.35,
        whiteSpace: 'nowrap',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        color: 'text.primary',
      }}
    >
      <NameText name={name} /> {note}
    </Box>
  );
}
