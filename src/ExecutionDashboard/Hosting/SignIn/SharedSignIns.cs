using System.Threading.Channels;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live.UserData;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// Shares sign-ins with other dashboards and later runs through the feed: a sign-out, a role that the provider withdrew, and new tokens count everywhere, so a person who is sent to another
/// dashboard goes on there. What the feed keeps is encrypted with the keys of the cookies; where dashboards have keys of their own, each reads its own alone.
/// </summary>
internal sealed partial class SharedSignIns : BackgroundService
{
    private const string Name = UserDataLimits.SignInName;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<(Session Session, string Turn)> _moved = Channel.CreateUnbounded<(Session, string)>();
    private readonly Sessions _sessions;
    private readonly UserDataCopy _copy;
    private readonly IUserDataFeed _feed;
    private readonly RenewalTurns? _turns;
    private readonly TicketDataFormat _format;
    private readonly TimeProvider _time;
    private readonly ILogger<SharedSignIns> _log;

    public SharedSignIns(Sessions sessions, UserDataCopy copy, IUserDataFeed feed, IDataProtectionProvider protection, TimeProvider time, ILogger<SharedSignIns> log, RenewalTurns? turns = null)
    {
        (_sessions, _copy, _feed, _time, _log, _turns) = (sessions, copy, feed, time, log, turns);
        _format = Format(protection);
        _sessions.Moved += Queue;
        _copy.Taken += Take;
    }

    /// <summary>How a sign-in is encrypted for other dashboards.</summary>
    public static TicketDataFormat Format(IDataProtectionProvider protection) => new(protection.CreateProtector(nameof(SharedSignIns)));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sessions.Moved -= Queue;
        _copy.Taken -= Take;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (session, turn) in _moved.Reader.ReadAllAsync(stoppingToken))
        {
            // As it is when it is written, which may be later than what it was queued for.
            var text = _format.Protect(Tickets.Of(session));
            if (text.Length > UserDataLimits.PreferenceValue) LogTooLong(_log, text.Length);
            else await StoreAsync(new(UserDataLimits.SignInPrefix + session.Id, Name, text), session, stoppingToken);
            // Whoever gets the right next finds the new tokens.
            if (_turns is not null) await _turns.EndAsync(session.Id, turn, stoppingToken);
        }
    }

    private async Task StoreAsync(Preference preference, Session session, CancellationToken cancel)
    {
        var told = false;
        while (_time.GetUtcNow() < session.EndsAt && await _feed.SaveAsync(new SavePreferencesRequest([preference]), cancel) is { } problem)
        {
            if (!told) LogWaiting(_log, problem);
            told = true;
            await Task.Delay(RetryAfter, _time, cancel);
        }
    }

    private void Queue(Session session) => _moved.Writer.TryWrite((session, _turns?.Detach(session.Id) ?? ""));

    private void Take(IReadOnlyList<Preference> preferences)
    {
        foreach (var preference in preferences)
            if (preference.Name == Name && preference.Owner.StartsWith(UserDataLimits.SignInPrefix, StringComparison.Ordinal)
                && _format.Unprotect(preference.Value) is { } ticket && Tickets.SessionOf(ticket) is { } told) _sessions.Take(told);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other dashboards cannot be told of a sign-in yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in with {Length} characters is too long to be told to other dashboards")]
    private static partial void LogTooLong(ILogger logger, int length);
}
