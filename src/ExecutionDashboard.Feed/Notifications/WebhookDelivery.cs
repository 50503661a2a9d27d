using System.Data.Common;
using System.Threading.Channels;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Notifications;
using ExecutionDashboard.Storage.Problems;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>What keeps notifications of a receiver going.</summary>
internal interface IDelivery : IDisposable
{
    /// <summary>Loads what was told before, and follows the problems from here on.</summary>
    ChannelReader<Occurrence> Begin();

    /// <summary>Does what is due: at most one request. Gives when it is to be called again, unless a problem changes before.</summary>
    Task<DateTimeOffset> StepAsync(CancellationToken cancel);
}

/// <summary>
/// Tells a receiver of JSON or text what became of problems: one message at a time, each stored before it is sent and sent until it is answered. What happens meanwhile goes into the next one.
/// One caller at a time.
/// </summary>
internal sealed partial class WebhookDelivery(
    NotificationTarget target, DashboardLinks links, ProblemStore store, Outbox outbox, NotificationMetrics metrics, TimeProvider time, ILogger<WebhookDelivery> logger, Func<double>? random = null) : IDelivery
{
    /// <summary>Problems in one message.</summary>
    public const int MostNotices = 200;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1), StorageRetry = TimeSpan.FromSeconds(5);
    // What a receiver may ask for is an hour at most: a wait that is longer is from before the clock went back.
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Receiver _receiver = new(target, time);
    private readonly RetryPause _pause = new(random ?? Random.Shared.NextDouble);
    private readonly MessagePace _pace = new();
    private readonly Dictionary<long, Followed> _followed = [];
    private Dictionary<string, DateTimeOffset> _lastTold = [];
    private ChannelReader<Occurrence> _changes = null!;
    private StoredMessage? _message;
    private DateTimeOffset _nextTry;
    private bool _failing;
    private long _delivered;

    public ChannelReader<Occurrence> Begin()
    {
        // Followed before it is read: what happens in between comes twice, never not at all.
        (var open, _changes) = store.Follow();
        var now = time.GetUtcNow();
        foreach (var followed in outbox.Load(target.Name, now)) _followed[followed.Occurrence.Key] = followed;
        foreach (var occurrence in open) Take(occurrence);
        _lastTold = outbox.LastTold(target.Name, now - NoticeRules.Hold);
        _message = outbox.Oldest(target.Name);
        return _changes;
    }

    public async Task<DateTimeOffset> StepAsync(CancellationToken cancel)
    {
        while (_changes.TryRead(out var changed)) Take(changed);
        if (_message is null && Compose() is { } due) return due;
        return _message is { } message ? await SendAsync(message, cancel) : time.GetUtcNow();
    }

    public void Dispose()
    {
        if (_changes is not null) store.Unfollow(_changes);
        _receiver.Dispose();
    }

    private void Take(Occurrence occurrence)
    {
        if (_followed.TryGetValue(occurrence.Key, out var followed)) followed.Take(occurrence, time.GetUtcNow());
        else if (occurrence.IsOpen) _followed[occurrence.Key] = new Followed(occurrence, null);
    }

    // Gives when there is something to write at the earliest; null when a message was written.
    private DateTimeOffset? Compose()
    {
        var now = time.GetUtcNow();
        var (due, notices, over) = (now + LongestWait, new List<Notice>(), new List<Occurrence>());
        foreach (var followed in _followed.Values)
        {
            var decision = NoticeRules.Of(target, followed, LastTold(followed.Occurrence.Id), now);
            if (decision.IsOver) over.Add(followed.Occurrence);
            if (decision.Kind is not { } kind) continue;
            if (decision.Due < due) due = decision.Due;
            if (decision.From <= now) notices.Add(new Notice(kind, followed.Occurrence));
        }
        if (over.Count > 0) outbox.Skip(target.Name, over);
        foreach (var occurrence in over) _followed.Remove(occurrence.Key);
        if (notices.Count == 0 || due > now) return due;
        if (_pace.NextAt(now) is var next && next > now) return next;
        Write([.. notices.OrderBy(n => n.Kind == NoticeKind.Resolved).ThenByDescending(n => n.Occurrence.Problem.Severity).ThenBy(n => n.Occurrence.Key).Take(MostNotices)], now);
        return null;
    }

    private void Write(List<Notice> notices, DateTimeOffset now)
    {
        var id = Guid.NewGuid().ToString();
        var body = target.Format == NotificationFormat.Slack ? SlackMessage.Write(notices, links) : WebhookMessage.Write(id, notices, links, now);
        _message = outbox.Add(target.Name, id, body, notices, now);
        _pace.Take(now);
        foreach (var (kind, occurrence) in notices)
        {
            _lastTold[occurrence.Id] = now;
            if (kind == NoticeKind.Resolved) _followed.Remove(occurrence.Key);
            else if (_followed.TryGetValue(occurrence.Key, out var followed)) (followed.Told, followed.OutgrewAcknowledgement) = (new Told(Fleet.Attention.ProblemWeight.Of(occurrence.Problem), now), false);
        }
        if (_lastTold.Count <= 2 * _followed.Count + 1_000) return;
        foreach (var (old, at) in _lastTold)
            if (at < now - NoticeRules.Hold) _lastTold.Remove(old);
    }

    private DateTimeOffset? LastTold(string id) => _lastTold.TryGetValue(id, out var at) ? at : null;

    private async Task<DateTimeOffset> SendAsync(StoredMessage message, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // It may have been delivered, and storage refused to take it away.
        if (_delivered == message.Key) return Done(message, now);
        if (_nextTry > now && _nextTry - now <= LongestPause) return _nextTry;
        if (now - message.CreatedAt > target.RetryFor)
        {
            metrics.Count(target.Name, NotificationOutcome.Expired);
            Expired(logger, target.Name, message.Notices, target.RetryFor);
            return Done(message, now);
        }
        var reply = await _receiver.PostAsync(message.Body, message.Id, cancel);
        now = time.GetUtcNow();
        switch (reply.Outcome)
        {
            case NotificationOutcome.Failed:
                metrics.Count(target.Name, reply.Outcome);
                _nextTry = now + _pause.Next(reply.RetryAfter);
                if (!_failing) Failing(logger, target.Name, reply.Reason, target.RetryFor);
                _failing = true;
                return _nextTry;
            case NotificationOutcome.Refused:
                Refused(logger, target.Name, message.Notices, reply.Reason);
                break;
            default:
                if (_failing) Recovered(logger, target.Name);
                _failing = false;
                break;
        }
        _pause.Reset();
        // Counted when it is taken from the change log: what is counted is not sent again.
        var next = Done(message, now);
        metrics.Count(target.Name, reply.Outcome);
        return next;
    }

    private DateTimeOffset Done(StoredMessage message, DateTimeOffset now)
    {
        _delivered = message.Key;
        try
        {
            outbox.Remove(message.Key);
            _message = outbox.Oldest(target.Name);
            return now;
        }
        catch (DbException e)
        {
            // It is not sent again: only taking it away is tried again.
            NotRemoved(logger, target.Name, StorageErrors.Reason(e));
            return now + StorageRetry;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The receiver of notifications '{Name}' {Reason}; nothing is lost, it is tried again for {RetryFor}")]
    private static partial void Failing(ILogger logger, string name, string reason, TimeSpan retryFor);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message that the receiver of notifications '{Name}' has could not be taken from the change log ({Reason}); trying again")]
    private static partial void NotRemoved(ILogger logger, string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The receiver of notifications '{Name}' answers again")]
    private static partial void Recovered(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "The receiver of notifications '{Name}' refused a message for good: it {Reason}. Problems in it: {Notices}")]
    private static partial void Refused(ILogger logger, string name, int notices, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message to the receiver of notifications '{Name}' was given up after {RetryFor} (RetryFor). Problems in it: {Notices}")]
    private static partial void Expired(ILogger logger, string name, int notices, TimeSpan retryFor);
}
