#!/usr/bin/env bash
# Software: Microsoft.AspNetCore.Authentication.OpenIdConnect 10.0.15 (NuGet), the claim actions for what the user info endpoint answers.
# Expected: a list of roles makes one claim per role, as the same list in an ID token does and as MapJsonKey does; truth values are written alike.
# Happens:  MapAll and MapUniqueJsonKey make one claim of the whole list: the role is called ["admin"], and an empty list is the role []. A true is "True" from there and
#           "true" from the ID token, so a user with both has both.
# Matters:  the provider moves its claims out of the ID token, as several do by default, and everyone is logged in without a role; a policy that asks for
#           email_verified "true" refuses everyone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > claims.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.Authentication.OpenIdConnect@10.0.15
#:property PublishAot=false
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
const string Answer = """{"roles": ["admin"], "groups": [], "email_verified": true}""";
string[] names = ["roles", "groups", "email_verified"];
using var answer = JsonDocument.Parse(Answer);

var key = new SymmetricSecurityKey(new byte[32]);
var token = new JsonWebTokenHandler().CreateToken(Answer, new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
var read = await new JsonWebTokenHandler().ValidateTokenAsync(token, new()
{
    IssuerSigningKey = key, ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, RoleClaimType = "roles",
});
Show("ID token", read.ClaimsIdentity);
Map("MapJsonKey", actions => { foreach (var name in names) actions.MapJsonKey(name, name); });
Map("MapUniqueJsonKey", actions => { foreach (var name in names) actions.MapUniqueJsonKey(name, name); });
Map("MapAll", actions => actions.MapAll());

void Map(string name, Action<ClaimActionCollection> choose)
{
    var actions = new ClaimActionCollection();
    choose(actions);
    var identity = new ClaimsIdentity("oidc", "name", "roles");
    foreach (var action in actions) action.Run(answer.RootElement, identity, "provider");
    Show(name, identity);
}
void Show(string name, ClaimsIdentity identity) =>
    Console.WriteLine($"{name}: {string.Join(", ", identity.Claims.Where(c => names.Contains(c.Type)).Select(c => $"{c.Type} = {c.Value}"))}; is admin: {new ClaimsPrincipal(identity).IsInRole("admin")}");
E
cat > expected <<'E'
ID token: roles = admin, email_verified = true; is admin: True
MapJsonKey: roles = admin, email_verified = True; is admin: True
MapUniqueJsonKey: roles = ["admin"], groups = [], email_verified = True; is admin: False
MapAll: roles = ["admin"], groups = [], email_verified = True; is admin: False
E
dotnet run claims.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the actions make claims otherwise than noted"; exit 1; }
