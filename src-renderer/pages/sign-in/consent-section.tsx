import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { adminConsentLink, delegatedPermissions } from '../../../src-shared/rules/consent.ts';
import { CopyTextButton } from '../../parts/copy-text-button.tsx';
import { Section } from '../../parts/section.tsx';
import { useText } from '../../text/use-text.ts';

interface ConsentSectionProps {
  /** Of the cloud that was chosen. */
  readonly authority: string | undefined;
  readonly tenant: string;
  /** Empty while none is named. */
  readonly app: string;
}

/** What is asked for and why, and the link that can be sent to whoever grants it. */
export function ConsentSection({ authority, tenant, app }: ConsentSectionProps) {
  const { t, f } = useText();
  const words = t.signIn.consent;
  const link = authority === undefined || app === '' ? undefined : adminConsentLink(authority, tenant, app);
  return (
    <Section title={words.title}>
      <Typography variant="body2" color="textSecondary">
        {words.intro}
      </Typography>
      <Box component="ul" sx={{ my: 1.5, pl: 0, listStyle: 'none', display: 'grid', gap: 0.75 }}>
        {delegatedPermissions.map((name) => (
          <Box component="li" key={name} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
            <Box
              component="code"
              sx={{ fontSize: '0.8125rem', minWidth: 190, overflowWrap: 'anywhere', lineHeight: 1.7 }}
            >
              {name}
            </Box>
            <Typography variant="body2" component="span" sx={{ flex: '1 1 260px' }}>
              {words.why[name]}
            </Typography>
          </Box>
        ))}
      </Box>
      <Typography variant="body2">{words.never}</Typography>
      <Typography variant="h3" sx={{ mt: 2.5, mb: 0.5 }}>
        {words.link}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {link === undefined ? words.noApp : words.linkHint}
      </Typography>
      {link !== undefined && (
        <>
          <Link
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            variant="body2"
            sx={{ display: 'block', my: 1, overflowWrap: 'anywhere' }}
          >
            {link}
          </Link>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <CopyTextButton text={link} label={words.copy} />
            <CopyTextButton text={words.mail(link, f.list(delegatedPermissions))} label={words.copyMail} />
          </Box>
        </>
      )}
    </Section>
  );
}
