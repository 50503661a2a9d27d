// A real OpenID provider for tests. Whoever signs in is who they say; /test/people says which groups they have, /test/seconds how long the tokens last that it gives from then on, and
// /test/revoke withdraws all sign-ins, and /test/renewals counts the renewals. From the environment: PORT, REDIRECT (base addresses of the dashboard, separated by commas), and ROTATE: each refresh token
// works once, and one that comes again withdraws the sign-in.
import Provider from 'oidc-provider';

const { PORT, REDIRECT, ROTATE } = process.env;
let seconds = 3600;
const bases = REDIRECT.split(',');
const people = { ann: ['operators'], vera: ['viewers'], ada: ['admins', 'operators'], nina: ['strangers'] };
let grants = [];
let renewals = 0;

const provider = new Provider(`http://localhost:${PORT}`, {
  clients: [{
    client_id: 'dashboard', client_secret: 'planted-client-secret-7d1e', redirect_uris: bases.map(b => `${b}/signin-oidc`), post_logout_redirect_uris: bases.map(b => `${b}/signout-callback-oidc`),
    response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'client_secret_post',
  }],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'], groups: ['groups'] },
  scopes: ['openid', 'offline_access'],
  ttl: { IdToken: () => seconds, AccessToken: () => seconds, Session: 86400, Grant: 86400, Interaction: 3600, RefreshToken: 86400 },
  cookies: { keys: ['for-tests'] },
  ...(ROTATE ? { rotateRefreshToken: true } : {}),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id[0].toUpperCase() + id.slice(1), preferred_username: id, email: `${id}@example.test`, groups: people[id] ?? [] }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile email groups offline_access');
    grants.push(await grant.save());
    return grant;
  },
});

const body = async request => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};

provider.on('grant.success', ctx => { if (ctx.oidc.params.grant_type === 'refresh_token') renewals++; });

provider.use(async (ctx, next) => {
  if (ctx.path === '/test/people') {
    Object.assign(people, JSON.parse(await body(ctx.req)));
    ctx.status = 204;
  } else if (ctx.path === '/test/seconds') {
    seconds = Number(await body(ctx.req));
    ctx.status = 204;
  } else if (ctx.path === '/test/revoke') {
    for (const id of grants) for (const kind of [provider.RefreshToken, provider.AccessToken]) await kind.revokeByGrantId(id);
    grants = [];
    ctx.status = 204;
  } else if (ctx.path === '/test/renewals') {
    ctx.body = String(renewals);
  } else if (ctx.path.startsWith('/interaction/')) {
    const { prompt, session } = await provider.interactionDetails(ctx.req, ctx.res);
    const finish = result => {
      ctx.respond = false;
      return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
    };
    if (ctx.method === 'POST') {
      const form = new URLSearchParams(await body(ctx.req));
      return finish(form.has('deny') ? { error: 'access_denied' } : { login: { accountId: form.get('login') } });
    }
    if (prompt.name === 'consent') {
      const grant = new provider.Grant({ clientId: 'dashboard', accountId: session.accountId });
      grant.addOIDCScope('openid profile email groups offline_access');
      const grantId = await grant.save();
      grants.push(grantId);
      return finish({ consent: { grantId } });
    }
    ctx.type = 'html';
    ctx.body = `<!DOCTYPE html><title>Provider</title><form method="post" action="${ctx.path}"><input name="login" aria-label="Name"><button>Go</button><button name="deny" value="1">Deny</button></form>`;
  } else await next();
});

provider.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
