using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Trades a refresh token for new ones, and reads again who the person is and which roles the provider gives.</summary>
internal sealed partial class OidcRenewal(AuthOptions options, IOptionsMonitor<OpenIdConnectOptions> providers, TimeProvider time, ILogger<OidcRenewal> log) : ITokenRenewal
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    public async Task<TokenRenewal> RenewAsync(Session session, CancellationToken cancel)
    {
        var provider = providers.Get(OidcSignIn.Scheme);
        try
        {
            var endpoints = await provider.ConfigurationManager!.GetConfigurationAsync(cancel);
            using var reply = await provider.Backchannel.PostAsync(endpoints.TokenEndpoint, Ask(session), cancel);
            // 400 is the provider's no (RFC 6749, 5.2), 401 is for the dashboard's own secret; all else is its trouble.
            if (reply.StatusCode == HttpStatusCode.BadRequest) return TokenRenewal.No;
            reply.EnsureSuccessStatusCode();
            var tokens = new OpenIdConnectMessage(await reply.Content.ReadAsStringAsync(cancel));
            if (!string.IsNullOrEmpty(tokens.RefreshToken) && tokens.RefreshToken != session.RefreshToken) (session.RefreshToken, session.TokensNumber) = (tokens.RefreshToken, session.TokensNumber + 1);
            var end = time.GetUtcNow() + (int.TryParse(tokens.ExpiresIn, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Usual);
            return new(Refused: false, await PersonAsync(session.Person, tokens, provider, endpoints, cancel), end);
        }
        catch (Exception problem) when (problem is HttpRequestException or InvalidOperationException or IOException or JsonException or ArgumentException || (problem is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            LogUnreachable(log, problem.GetType().Name);
            return TokenRenewal.NoAnswer;
        }
    }

    private FormUrlEncodedContent Ask(Session session)
    {
        var fields = new List<KeyValuePair<string, string>> { new("grant_type", "refresh_token"), new("refresh_token", session.RefreshToken), new("client_id", options.ClientId) };
        if (options.ClientSecret.Length > 0) fields.Add(new("client_secret", options.ClientSecret));
        return new(fields);
    }

    // Where a provider tells the roles is its own choice: in the id token, in user info, or both.
    private async Task<ClaimsPrincipal> PersonAsync(ClaimsPrincipal before, OpenIdConnectMessage tokens, OpenIdConnectOptions provider, OpenIdConnectConfiguration endpoints, CancellationToken cancel)
    {
        var documents = new List<JsonElement>();
        if (!string.IsNullOrEmpty(endpoints.UserInfoEndpoint))
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, endpoints.UserInfoEndpoint);
            ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
            using var reply = await provider.Backchannel.SendAsync(ask, cancel);
            reply.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(cancel));
            documents.Add(json.RootElement.Clone());
        }
        // It comes from the token endpoint itself, whose TLS vouches for it (OpenID Connect Core, 3.1.3.7).
        if (!string.IsNullOrEmpty(tokens.IdToken))
        {
            using var json = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(new JsonWebToken(tokens.IdToken).EncodedPayload));
            documents.Add(json.RootElement.Clone());
        }
        if (documents.Count == 0) return before;
        var old = (ClaimsIdentity)before.Identity!;
        var roles = documents.SelectMany(document => Values(document, options.RolesClaim)).Distinct(StringComparer.Ordinal);
        return new(new ClaimsIdentity(
            old.Claims.Where(claim => claim.Type != options.RolesClaim).Concat(roles.Select(role => new Claim(options.RolesClaim, role))), old.AuthenticationType, old.NameClaimType, old.RoleClaimType));
    }

    private static IEnumerable<string> Values(JsonElement document, string claim) =>
        document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(claim, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(element => element.ToString())
        : [value.ToString()];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider could not be asked to renew a sign-in ({Problem})")]
    private static partial void LogUnreachable(ILogger logger, string problem);
}
