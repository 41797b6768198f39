import Contrast from '@mui/icons-material/ContrastOutlined';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useLanguage, useText } from '../text/use-text.ts';

const modes = ['light', 'dark', 'system'] as const;
const languages = ['en', 'de', 'system'] as const;

/** Names of languages are written in the language itself: they are for people who cannot read the other. */
const ownNames = { en: 'English', de: 'Deutsch' } as const;

export function AppearanceMenu() {
  const { t } = useText();
  const { mode, setMode } = useColorScheme();
  const { chosen, choose } = useLanguage();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Tooltip title={t.shell.appearance}>
        <IconButton
          aria-label={t.shell.appearance}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Contrast fontSize="small" />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <ListSubheader role="presentation" sx={{ lineHeight: 2.2 }}>
          {t.shell.scheme}
        </ListSubheader>
        {modes.map((name) => (
          <MenuItem
            key={name}
            role="menuitemradio"
            aria-checked={mode === name}
            selected={mode === name}
            onClick={() => setMode(name)}
          >
            {t.shell[name]}
          </MenuItem>
        ))}
        <Divider role="presentation" />
        <ListSubheader role="presentation" sx={{ lineHeight: 2.2 }}>
          {t.shell.language}
        </ListSubheader>
        {languages.map((name) => (
          <MenuItem
            key={name}
            role="menuitemradio"
            aria-checked={chosen === name}
            selected={chosen === name}
            onClick={() => choose(name)}
            {...(name === 'system' ? {} : { lang: name })}
          >
            {name === 'system' ? t.shell.system : ownNames[name]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
