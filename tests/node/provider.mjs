// An identity provider with people and a machine of its own, for the tests. Prints its issuer when it listens, and ends with its input.
//   node provider.mjs PORT HUB
// Whoever is asked to sign in chooses the account: /interaction/<id>?account=<name>. POST /people sets the claims of one.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { exportJWK, generateKeyPair } from 'jose';

const [port, hub] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = new Map([['researcher', {
  name: 'Researcher at corp', preferred_username: 'Researcher@corp.example', email: 'researcher@corp.example', groups: ['staff'],
}]]);

const jwk = async (alg) => ({ ...await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey), alg, use: 'sig' });
const client = (name, alg) => ({
  client_id: `hub-${name}`,
  client_secret: `secret-of-the-client-${name}`,
  redirect_uris: [`${hub}/sign-in/oidc/${name}`],
  post_logout_redirect_uris: [`${hub}/sign-in`],
  backchannel_logout_uri: `${hub}/sign-in/oidc/${name}/back-channel-logout`,
  backchannel_logout_session_required: true,
  id_token_signed_response_alg: alg,
  response_types: ['code'],
  grant_types: ['authorization_code'],
});
const machine = (name) => ({
  client_id: name,
  client_secret: `secret-of-the-machine-${name}`,
  redirect_uris: [],
  response_types: [],
  grant_types: ['client_credentials'],
});
const provider = new Provider(issuer, {
  clients: [
    client(process.argv[4] ?? 'corp', process.argv[5] ?? 'RS256'),
    machine('ingest'),
    machine('stranger'),
  ],
  jwks: { keys: [await jwk('RS256'), await jwk('ES256')] },
  // It would send nothing to an address of this machine by itself.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  cookies: { keys: ['a key of the tests'] },
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups', 'department'], email: ['email'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session.accountId, clientId: ctx.oidc.client.clientId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:incidenthub',
      useGrantedResource: () => false,
      getResourceServerInfo: (_, resource) => ({
        scope: 'batches', audience: resource, accessTokenTTL: 300, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
for (const event of ['server_error', 'backchannel.error']) provider.on(event, (_, error) => console.error(event, error));

const rest = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  if (request.method === 'POST' && url.pathname === '/people') {
    let body = '';
    for await (const part of request) body += part;
    const { account, claims } = JSON.parse(body);
    people.set(account, claims);
    return response.writeHead(204).end();
  }
  if (url.pathname.startsWith('/interaction/') && url.searchParams.has('account'))
    return provider.interactionFinished(request, response, { login: { accountId: url.searchParams.get('account') } });
  return rest(request, response);
}).listen(Number(port), '127.0.0.1', () => console.log(issuer));
process.stdin.resume().on('end', () => process.exit());
