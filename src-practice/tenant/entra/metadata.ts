/** The OpenID configuration of one authority segment (`<tenant id>`, `common`, `organizations`). */
export const openidConfiguration = (baseUrl: string, segment: string, tenantId: string, shared: boolean) => {
  const authority = `${baseUrl}/${segment}`;
  return {
    // For the segments that serve every tenant Entra answers with this template instead of a tenant.
    issuer: `${baseUrl}/${shared ? '{tenantid}' : tenantId}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${authority}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'oid',
    ],
    code_challenge_methods_supported: ['S256'],
    tenant_region_scope: 'EU',
  };
};

/** The answer to instance discovery: this host is a cloud of its own, with no aliases. */
export const instanceDiscovery = (baseUrl: string, tenantId: string) => {
  const { host } = new URL(baseUrl);
  return {
    tenant_discovery_endpoint: `${baseUrl}/${tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
};
