/**
 * What the practice tenant can refuse, by AADSTS number. Error names and sub-errors are what Entra sends with
 * them; the client library decides by these two (not by the number) whether a person must act.
 * Sources: learn.microsoft.com "Microsoft Entra authentication and authorization error codes", and answers
 * quoted in public issues (53003: MSOLSpray #5, 50173: azure-cli #16745, 700027: msal-js #8339).
 */
export const aadsts = {
  16000: [
    'interaction_required',
    400,
    'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  ],
  50011: [
    'invalid_request',
    400,
    'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
  ],
  50020: [
    'invalid_grant',
    400,
    'User account from identity provider does not exist in tenant and cannot access the application in that tenant.',
  ],
  50027: ['invalid_request', 400, 'JWT token is invalid or malformed.'],
  50034: ['invalid_grant', 400, 'The user account does not exist in the directory.'],
  50058: ['login_required', 400, 'A silent sign-in request was sent but no user is signed in.'],
  50076: [
    'interaction_required',
    400,
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
    'basic_action',
  ],
  50079: [
    'interaction_required',
    400,
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.',
    'basic_action',
  ],
  50105: [
    'invalid_grant',
    400,
    'Your administrator has configured the application to block users unless they are specifically granted access to it.',
  ],
  50126: ['invalid_grant', 400, 'Error validating credentials due to invalid username or password.'],
  50173: [
    'invalid_grant',
    400,
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    'bad_token',
  ],
  53003: [
    'interaction_required',
    400,
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    'message_only',
  ],
  54005: [
    'invalid_grant',
    400,
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ],
  65001: [
    'invalid_grant',
    400,
    'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
    'consent_required',
  ],
  65004: ['access_denied', 400, 'User declined to consent to access the app.'],
  70000: ['invalid_grant', 400, 'Provided grant is invalid or malformed.'],
  70003: ['unsupported_grant_type', 400, 'The app requested an unsupported grant type.'],
  70008: [
    'invalid_grant',
    400,
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  ],
  70011: ['invalid_scope', 400, 'The provided request must include a valid scope.'],
  70016: [
    'authorization_pending',
    400,
    'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  ],
  70018: ['bad_verification_code', 400, 'The device_code was not recognised.'],
  70020: [
    'expired_token',
    400,
    'The provided value for the input parameter device_code is not valid. This device code has expired.',
  ],
  90002: [
    'invalid_request',
    400,
    'Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.',
  ],
  90094: [
    'access_denied',
    400,
    'An administrator of the organisation must grant the permissions that the application asks for.',
  ],
  500113: ['invalid_request', 400, 'No reply address is registered for the application.'],
  501481: [
    'invalid_grant',
    400,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  ],
  700016: [
    'unauthorized_client',
    400,
    'Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant.',
  ],
  700021: [
    'invalid_client',
    401,
    'Client assertion application identifier does not match the client_id parameter.',
  ],
  700023: ['invalid_client', 401, 'Client assertion audience claim does not match Realm issuer.'],
  700024: ['invalid_client', 401, 'Client assertion is not within its valid time range.'],
  700025: [
    'invalid_client',
    401,
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  ],
  700027: [
    'invalid_client',
    401,
    'The certificate with identifier used to sign the client assertion is not registered on application, or the signature is not valid.',
  ],
  700082: ['invalid_grant', 400, 'The refresh token has expired due to inactivity.', 'bad_token'],
  900144: ['invalid_request', 400, 'The request body must contain the required parameters.'],
  1002012: [
    'invalid_scope',
    400,
    'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ],
  7000215: [
    'invalid_client',
    401,
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
  ],
  7000218: [
    'invalid_client',
    401,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ],
  9002313: ['invalid_request', 400, 'Invalid request. Request is malformed or invalid.'],
} as const satisfies Record<
  number,
  readonly [error: string, status: number, text: string, suberror?: string]
>;

export type AadstsCode = keyof typeof aadsts;
