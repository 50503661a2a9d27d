using System.Collections.Concurrent;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.History;

/// <summary>
/// What the control plane tells of executions from before the feed saw them. Asked for when somebody looks, a few at a time, and remembered; a
/// server that does not offer it, or has trouble, is left alone for a while. Safe for any thread.
/// </summary>
internal sealed class ToldHistory(IControlPlane server, StatusBoard board, TimeProvider time) : IDisposable
{
    private const int AtOnce = 4;
    private const int AskedAtMost = 500;
    private const int RememberedAtMost = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhenNotOffered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, IReadOnlyList<LaneStep>> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _asked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(AtOnce);
    private readonly CancellationTokenSource _end = new();
    private long _quietUntil;

    /// <summary>The steps of an execution, oldest first; null when they are not known yet.</summary>
    public IReadOnlyList<LaneStep>? Find(string id) => _told.GetValueOrDefault(id);

    /// <summary>Asks for those that are not known yet, and waits a moment for the answers; those that come later are there next time.</summary>
    /// <returns>Some are still being asked for.</returns>
    public async Task<bool> AskAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        var unknown = ids.Where(id => !_told.ContainsKey(id)).ToList();
        if (unknown.Count == 0 || IsQuiet) return false;
        if (_told.Count > RememberedAtMost) _told.Clear();
        var room = Math.Max(0, AskedAtMost - _asked.Count);
        var asked = unknown.Take(room).Select(Ask).ToList();
        try
        {
            await Task.WhenAll(asked).WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            // They go on, and are remembered.
        }
        return !IsQuiet && unknown.Any(id => !_told.ContainsKey(id));
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _turn.Dispose();
    }

    private bool IsQuiet => board.Status.BlindSince is not null || time.GetUtcNow().UtcTicks < Interlocked.Read(ref _quietUntil);

    private Task Ask(string id)
    {
        var answer = _asked.GetOrAdd(id, AskOneAsync);
        // Answered before it was noted down.
        if (answer.IsCompleted) _asked.TryRemove(id, out _);
        return answer;
    }

    private async Task AskOneAsync(string id)
    {
        var end = _end.Token;
        try
        {
            await _turn.WaitAsync(end);
            try
            {
                if (IsQuiet) return;
                var result = await server.GetExecutionHistoryAsync(id, cancel: end);
                if (result.Succeeded) _told[id] = Read(id, result.Value);
                else if (result.Failure.Error == ControlPlaneError.NotFound) _told[id] = [];
                else Interlocked.Exchange(ref _quietUntil, (time.GetUtcNow() + (result.Failure.Error == ControlPlaneError.NotOffered ? WhenNotOffered : AfterTrouble)).UtcTicks);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The feed ends.
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    private static IReadOnlyList<LaneStep> Read(string id, IReadOnlyList<HistoryEvent> events)
    {
        var of = new StateChange { Id = id };
        return [.. events.Select(e => HistoryMerge.Read(e, of)).OfType<StateChange>().OrderBy(s => s.At).Select(s => new LaneStep(0, s.To, s.At, s.At, ChangeSource.History))];
    }
}
