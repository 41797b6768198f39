import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { SignInView, SignInWish } from '../../../src-shared/contract/sign-in.ts';
import { cloudName } from '../../parts/cloud-name.ts';
import { Section } from '../../parts/section.tsx';
import type { WishedSignIn } from '../../state/use-sign-in-wish.ts';
import { useText } from '../../text/use-text.ts';

interface SignInFormProps {
  readonly clouds: SignInView['clouds'];
  readonly wish: WishedSignIn;
  readonly disabled: boolean;
  readonly onBegin: (wish: SignInWish) => void;
}

/** Cloud, organisation and app; and the two ways in. */
export function SignInForm({ clouds, wish, disabled, onBegin }: SignInFormProps) {
  const { t } = useText();
  const words = t.signIn.form;
  const unable = disabled || wish.app === '' || wish.appWrong;
  const plain = { spellCheck: false, autoComplete: 'off' } as const;
  return (
    <Section title={words.title}>
      <Stack
        component="form"
        noValidate
        spacing={2}
        onSubmit={(event) => {
          event.preventDefault();
          if (!unable) onBegin(wish.of('browser'));
        }}
      >
        <Typography variant="body2" color="textSecondary">
          {words.intro}
        </Typography>
        <TextField
          select
          label={words.cloud}
          value={wish.cloud}
          onChange={(event) => wish.change({ cloud: event.target.value })}
          helperText={words.cloudHint}
        >
          {clouds.map(({ name }) => (
            <MenuItem key={name} value={name}>
              {cloudName(t, name)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label={words.organisation}
          value={wish.tenant}
          onChange={(event) => wish.change({ tenant: event.target.value })}
          helperText={words.organisationHint}
          slotProps={{ htmlInput: { ...plain, maxLength: 253 } }}
        />
        <TextField
          label={words.app}
          value={wish.typedApp}
          required={!wish.appKnown}
          placeholder={wish.appKnown ? wish.app : ''}
          onChange={(event) => wish.change({ typedApp: event.target.value })}
          error={wish.appWrong}
          helperText={wish.appWrong ? words.wrongApp : wish.appKnown ? words.appKnown : words.appNeeded}
          slotProps={{ htmlInput: { ...plain, maxLength: 253 } }}
        />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
          <Button type="submit" variant="contained" disabled={unable}>
            {words.browser}
          </Button>
          <Button disabled={unable} onClick={() => onBegin(wish.of('device-code'))}>
            {words.code}
          </Button>
        </Box>
        <Typography variant="caption" color="textSecondary">
          {words.codeHint}
        </Typography>
      </Stack>
    </Section>
  );
}
