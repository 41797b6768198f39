-- Machines that joined, or want to: the key that each signs in with. A machine that was sent away stays here as that.
CREATE TABLE member (
  machine TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL,                  -- Ed25519, SPKI in DER, base64
  state TEXT NOT NULL CHECK (state IN ('pending', 'member', 'revoked')),
  paired_at INTEGER NOT NULL
) WITHOUT ROWID;

-- secret: sealed with the key of this machine's secrets. An invitation is good once and until expires_at.
CREATE TABLE invitation (
  id TEXT PRIMARY KEY,
  secret BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  accepts INTEGER NOT NULL,           -- 1: whoever comes with it needs no further yes
  used_key TEXT                       -- the key of the machine that used it
) WITHOUT ROWID;
