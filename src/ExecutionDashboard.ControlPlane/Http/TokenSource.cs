using System.Text.Json;
using ExecutionDashboard.ControlPlane.Api;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet.Secrets;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Provides the bearer token: the one of the options, or one from an exchange of the API key, which is kept until shortly before it expires. Only one exchange runs
/// at a time, however many calls wait.
/// </summary>
internal sealed class TokenSource(ITokenApi api, IOptions<ControlPlaneOptions> options, TimeProvider time) : IDisposable
{
    private const long MaxReplyBytes = 64 * 1024;

    // The default of Expanso's own client when the reply has no lifetime.
    private static readonly TimeSpan AssumedLife = TimeSpan.FromHours(1);

    // Renew early, so that no request uses a token that expires; a short-lived token after nine tenths of its life.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneExchange = new(1, 1);
    private Exchanged? _exchanged;

    private readonly SecretEchoes? _token = SecretEchoes.Of(options.Value.Token), _apiKey = SecretEchoes.Of(options.Value.ApiKey);

    // For masking: a server may still report the previous token.
    private SecretEchoes? _latest, _previous;

    private sealed record Exchanged(string Token, DateTimeOffset RenewAt, DateTimeOffset EndsAt);

    /// <summary>The token to send; null to send none.</summary>
    /// <exception cref="ControlPlaneException">The exchange of the API key failed.</exception>
    public async ValueTask<string?> GetAsync(CancellationToken cancel)
    {
        if (options.Value.Token.Length > 0) return options.Value.Token;
        if (options.Value.ApiKey.Length == 0) return null;
        if (Volatile.Read(ref _exchanged) is { } held && time.GetUtcNow() < held.RenewAt) return held.Token;
        await _oneExchange.WaitAsync(cancel);
        try
        {
            if (_exchanged is { } renewed && time.GetUtcNow() < renewed.RenewAt) return renewed.Token;
            var fresh = await ExchangeAsync(cancel);
            Volatile.Write(ref _previous, Volatile.Read(ref _latest));
            Volatile.Write(ref _latest, SecretEchoes.Of(fresh.Token));
            Volatile.Write(ref _exchanged, fresh);
            return fresh.Token;
        }
        catch (ControlPlaneException) when (_exchanged is { } old && time.GetUtcNow() < old.EndsAt)
        {
            return old.Token;
        }
        finally
        {
            _oneExchange.Release();
        }
    }

    /// <summary>Discards a token that the server refused. False when there is no way to get another one.</summary>
    public bool Reject(string token)
    {
        if (options.Value.ApiKey.Length == 0) return false;
        var held = Volatile.Read(ref _exchanged);
        if (held?.Token == token) Interlocked.CompareExchange(ref _exchanged, null, held);
        return true;
    }

    /// <summary>Masks our own tokens and keys, and other recognisable secrets, in a server's text.</summary>
    public string Hide(string text) => SecretMask.MaskText(HideOwn(text));

    /// <summary>Masks our own tokens and keys in a text.</summary>
    public string HideOwn(string text)
    {
        foreach (var traces in (SecretEchoes?[])[_token, _apiKey, Volatile.Read(ref _latest), Volatile.Read(ref _previous)])
            if (traces is not null) text = traces.Hide(text);
        return text;
    }

    private async Task<Exchanged> ExchangeAsync(CancellationToken cancel)
    {
        HttpResponseMessage reply;
        try
        {
            reply = await api.ExchangeAsync(options.Value.ApiKey, cancel);
        }
        catch (Exception e) when (Failures.IsBroken(Failures.CauseOf(e)))
        {
            throw new ControlPlaneException(Failures.Broken("The token address (ControlPlane:TokenUrl)", Failures.CauseOf(e)));
        }
        using (reply)
        {
            using var body = await ReplyBody.ReadAsync(reply.Content, MaxReplyBytes, cancel);
            if (!reply.IsSuccessStatusCode) throw Refused(reply, body);
            return Read(body, (int)reply.StatusCode);
        }
    }

    private ControlPlaneException Refused(HttpResponseMessage reply, ReplyBody? body)
    {
        var failure = Failures.Of(reply, body, time, Hide);
        // A 404 or 405 here means a wrong TokenUrl.
        var error = failure.Error is ControlPlaneError.Unauthorized or ControlPlaneError.Forbidden ? failure.Error : ControlPlaneError.Unexpected;
        return new(failure with { Error = error, Message = Failures.Short("The API key was not exchanged: " + failure.Message) });
    }

    private Exchanged Read(ReplyBody? body, int status)
    {
        try
        {
            using var json = JsonDocument.Parse(body?.Bytes ?? default);
            var token = Fields.Get(json.RootElement, "access_token"u8).Text();
            if (token.Length > 0 && token.All(c => c is > ' ' and <= '~'))
            {
                var seconds = Fields.Get(json.RootElement, "expires_in"u8).Double() is { } s and > 0 ? s : AssumedLife.TotalSeconds;
                var life = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds));
                var now = time.GetUtcNow();
                return new(token, now + (life > 10 * Ahead ? life - Ahead : life * 0.9), now + life);
            }
        }
        catch (JsonException)
        {
            // Reported below, like JSON without a token.
        }
        throw new ControlPlaneException(new(ControlPlaneError.Unexpected, "The token address (ControlPlane:TokenUrl) answered without a token.", status));
    }

    public void Dispose() => _oneExchange.Dispose();
}
