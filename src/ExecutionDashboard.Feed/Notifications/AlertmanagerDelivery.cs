using System.Threading.Channels;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Problems;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>
/// Tells an Alertmanager which problems there are, as Prometheus does: all of them every minute and when one changes, and for a while those that ended. It forgets what it no longer hears
/// of, and a restart of it forgets all; so nothing has to be stored here, and who told whom of what is its own business. One caller at a time.
/// </summary>
internal sealed partial class AlertmanagerDelivery(
    NotificationTarget target, DashboardLinks links, ProblemStore store, ProblemReader reader, NotificationMetrics metrics, TimeProvider time, ILogger<AlertmanagerDelivery> logger, Func<double>? random = null)
    : IDelivery
{
    /// <summary>Longest time between two requests.</summary>
    public static readonly TimeSpan SendEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long an Alertmanager believes in a problem that it hears no more of: four requests, as with Prometheus.</summary>
    public static readonly TimeSpan BelievedFor = 4 * SendEvery;

    /// <summary>How long it is told of an end.</summary>
    public static readonly TimeSpan EndToldFor = TimeSpan.FromMinutes(15);

    private readonly Receiver _receiver = new(target, time);
    private readonly RetryPause _pause = new(random ?? Random.Shared.NextDouble);
    // An alert is its labels: one whose severity changes ends, and another begins.
    private readonly Dictionary<(string Id, ProblemSeverity Severity), (Occurrence Occurrence, DateTimeOffset? EndedAt)> _alerts = [];
    private ChannelReader<Occurrence> _changes = null!;
    private DateTimeOffset? _changedAt;
    private DateTimeOffset _next;
    private bool _failing;

    public ChannelReader<Occurrence> Begin()
    {
        (var open, _changes) = store.Follow();
        var now = time.GetUtcNow();
        foreach (var record in reader.Resolved(now - EndToldFor, null, ProblemLimits.Resolved).Reverse())
            if (target.Chooses(record.Problem)) _alerts[(record.Problem.Id, record.Problem.Severity)] = (new Occurrence(0, record), record.ResolvedAt);
        foreach (var occurrence in open) Take(occurrence, now);
        return _changes;
    }

    public async Task<DateTimeOffset> StepAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        while (_changes.TryRead(out var changed))
        {
            Take(changed, now);
            _changedAt ??= now;
        }
        foreach (var (alert, (_, ended)) in _alerts)
            if (ended < now - EndToldFor) _alerts.Remove(alert);
        var due = !_failing && _changedAt + target.BatchWindow is { } soon && soon < _next ? soon : _next;
        if (due > now && due - now <= TimeSpan.FromHours(1)) return due;
        (_changedAt, _next) = (null, now + SendEvery);
        if (_alerts.Count == 0) return _next;
        var body = AlertmanagerMessage.Write(_alerts.Select(a => new AlertmanagerMessage.Alert(a.Value.Occurrence, a.Key.Severity, a.Value.EndedAt ?? now + BelievedFor)), links);
        var reply = await _receiver.PostAsync(body, null, cancel);
        metrics.Count(target.Name, reply.Outcome);
        if (reply.Outcome == NotificationOutcome.Sent)
        {
            if (_failing) Recovered(logger, target.Name);
            _failing = false;
            _pause.Reset();
            return _next;
        }
        if (!_failing) Failing(logger, target.Name, reply.Reason);
        _failing = true;
        var pause = _pause.Next(reply.RetryAfter);
        return _next = time.GetUtcNow() + (pause < SendEvery || reply.RetryAfter > SendEvery ? pause : SendEvery);
    }

    public void Dispose()
    {
        if (_changes is not null) store.Unfollow(_changes);
        _receiver.Dispose();
    }

    private void Take(Occurrence occurrence, DateTimeOffset now)
    {
        var severity = occurrence.Problem.Severity;
        foreach (var other in Enum.GetValues<ProblemSeverity>())
            if (other != severity && _alerts.TryGetValue((occurrence.Id, other), out var before) && before.EndedAt is null) _alerts[(occurrence.Id, other)] = (occurrence, now);
        if (target.Chooses(occurrence.Problem)) _alerts[(occurrence.Id, severity)] = (occurrence, occurrence.Record.ResolvedAt);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The receiver of notifications '{Name}' {Reason}; it is tried again until it answers")]
    private static partial void Failing(ILogger logger, string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The receiver of notifications '{Name}' answers again")]
    private static partial void Recovered(ILogger logger, string name);
}
