using ExecutionDashboard.Feed.Log;
using ExecutionDashboard.Fleet;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The one place where changes become true: numbered and stored, then known, then seen. What cannot be stored is not shown; it is tried
/// again until it can be. One caller at a time.
/// </summary>
internal sealed partial class Ledger(
    ChangeLog log, FleetMirror mirror, ChangeRing ring, Pulse pulse, StatusBoard board, FeedMetrics metrics, TimeProvider time, ILogger<Ledger> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Commits so far.</summary>
    public long Commits { get; private set; }

    /// <summary>Stores changes and shows them. Returns when it is done, however long the storage refuses.</summary>
    public async Task CommitAsync(IReadOnlyList<Difference> differences, CancellationToken cancel)
    {
        if (differences.Count == 0) return;
        var (first, keys) = await StoreAsync(differences, cancel);
        Commits++;
        for (var i = 0; i < differences.Count; i++) mirror.Apply(differences[i].Change, keys[i], Commits);
        ring.Add(differences.Select(d => d.Change), first);
        metrics.Committed(differences.Count);
        pulse.Beat();
    }

    /// <summary>Shows nodes of which only the heartbeat moved: not worth a line in the log.</summary>
    public void ShowHeartbeats(IReadOnlyList<Node> nodes)
    {
        if (nodes.Count == 0) return;
        Commits++;
        foreach (var node in nodes) mirror.Nodes.Put(node, 0, Commits, unlogged: true);
        ring.AddUnlogged(nodes.Select(FleetChange.Of));
        pulse.Beat();
    }

    private async Task<(long First, long[] Keys)> StoreAsync(IReadOnlyList<Difference> differences, CancellationToken cancel)
    {
        DateTimeOffset? refusedSince = null;
        while (true)
        {
            try
            {
                var stored = log.Append(differences);
                if (refusedSince is not null) SayStorage("", null);
                return stored;
            }
            catch (SqliteException e)
            {
                refusedSince ??= time.GetUtcNow();
                Refused(logger, differences.Count, e.SqliteErrorCode, e.Message);
                SayStorage($"The change log cannot be written ({e.Message.TrimEnd('.')}). Nothing is lost: {differences.Count} changes wait and are tried again.", refusedSince);
            }
            await Task.Delay(RetryDelay, time, cancel);
        }
    }

    // Set over what the watcher says and taken back by its next look, which comes after the storage takes again.
    private void SayStorage(string problem, DateTimeOffset? since) =>
        board.Update(s => s with { Problem = problem, BlindSince = since is null ? null : s.BlindSince ?? since });

    [LoggerMessage(Level = LogLevel.Error, Message = "The change log refused {Count} changes (SQLite {Code}: {Reason}); trying again")]
    private static partial void Refused(ILogger logger, int count, int code, string reason);
}
