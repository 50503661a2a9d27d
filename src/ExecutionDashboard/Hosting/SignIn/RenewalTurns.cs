using System.Collections.Concurrent;
using ExecutionDashboard.Live.UserData;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Whether this dashboard may renew a sign-in now.</summary>
internal enum TurnAnswer
{
    /// <summary>It may, and must say when it is done.</summary>
    Granted,
    /// <summary>Another dashboard has just renewed it.</summary>
    RenewedElsewhere,
    /// <summary>Nobody can say: it is asked again at the next look.</summary>
    NotNow,
}

/// <summary>
/// One of several dashboards renews a sign-in at a time, and the others take its tokens: a provider that gives a new refresh token each time takes the old one once, and withdraws the sign-in when it comes again. The right is kept by
/// the feed, in the database.
/// </summary>
internal sealed class RenewalTurns(IUserDataFeed feed, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long another dashboard is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long after the end of the tokens a feed is waited for that cannot be asked, or is of an older version; then each dashboard renews by itself.</summary>
    public static readonly TimeSpan AloneAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);
    private readonly TicketDataFormat _format = SharedSignIns.Format(protection);
    private readonly ConcurrentDictionary<string, string> _turns = new(StringComparer.Ordinal);

    /// <summary>Asks for the right to renew a session, and waits for another dashboard that has it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="take">Takes what the feed has of it.</param>
    /// <param name="isRenewed">Whether it needs no renewal any more.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<TurnAnswer> TakeAsync(Session session, Action<Session> take, Func<bool> isRenewed, CancellationToken cancel)
    {
        var (holder, began) = (Guid.NewGuid().ToString("N"), time.GetTimestamp());
        while (true)
        {
            var (turn, _) = await feed.TakeRenewalAsync(session.Id, holder, cancel);
            if (turn is null) return time.GetUtcNow() >= session.TokensEndAt + AloneAfter ? TurnAnswer.Granted : TurnAnswer.NotNow;
            if (turn.Session.Length > 0 && _format.Unprotect(turn.Session) is { } ticket && Tickets.SessionOf(ticket) is { } told) take(told);
            if (turn.IsGranted) _turns[session.Id] = holder;
            if (isRenewed())
            {
                await EndAsync(session.Id, cancel);
                return TurnAnswer.RenewedElsewhere;
            }
            if (turn.IsGranted) return TurnAnswer.Granted;
            if (time.GetElapsedTime(began) >= Patience) return TurnAnswer.NotNow;
            await Task.Delay(AskAgainAfter, time, cancel);
        }
    }

    /// <summary>Takes out the right to renew a session that this dashboard has, to give it back later; empty when it has none.</summary>
    public string Detach(string session) => _turns.TryRemove(session, out var holder) ? holder : "";

    /// <summary>Gives the right back, if this dashboard has it. When the feed cannot be asked, it ends with its time.</summary>
    public Task EndAsync(string session, CancellationToken cancel) => EndAsync(session, Detach(session), cancel);

    /// <summary>Gives a right back that was taken out.</summary>
    public Task EndAsync(string session, string holder, CancellationToken cancel) => holder.Length == 0 ? Task.CompletedTask : feed.EndRenewalAsync(session, holder, cancel);
}
