// An OpenID provider that knows nothing of Accord: the certified `oidc-provider`, with one client and people who are
// whoever the header `x-person` (JSON claims) of the sign-in page's request says.
//
//   node start.mjs REDIRECT_URI
//
// Prints its issuer when it is ready, and ends when its standard input does.

import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const people = new Map();
const key = await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey);

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'accord',
      client_secret: 'a secret of the test',
      redirect_uris: [process.argv[2]],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'picture'] },
  // As Google does: the claims are in the ID token.
  conformIdTokenClaims: false,
  cookies: { keys: ['for the test'] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => people.get(sub) }),
  interactions: { url: (_, interaction) => `/person/${interaction.uid}` },
  jwks: { keys: [{ ...key, kid: 'test', use: 'sig', alg: 'RS256' }] },
  // People consent to what is asked of them.
  async loadExistingGrant(context) {
    const { client, session } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
});

const handle = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/person/')) return handle(request, response);
  const person = JSON.parse(request.headers['x-person']);
  people.set(person.sub, person);
  await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
});
process.stdin.on('end', () => process.exit()).resume();
console.log(issuer);
