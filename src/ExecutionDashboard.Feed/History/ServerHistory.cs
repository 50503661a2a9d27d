using System.Collections.Concurrent;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Feed.History;

/// <summary>An execution of which something was not watched.</summary>
/// <param name="Id">Its id.</param>
/// <param name="JobId">Its job.</param>
/// <param name="Until">What was missed was before: an answer from after this moment holds it.</param>
internal readonly record struct Missed(string Id, string JobId, DateTimeOffset Until);

/// <summary>
/// What the control plane tells of executions from when the feed did not watch. Asked for when somebody looks, a few at a time, and remembered:
/// many executions of a job by the job's own history, others one by one. A server that does not offer it, or has trouble, is left alone for a
/// while. Safe for any thread.
/// </summary>
internal sealed class ServerHistory([FromKeyedServices(ControlPlaneServices.Watching)] IControlPlane server, StatusBoard board, TimeProvider time) : IDisposable
{
    private const int AtOnce = 4;
    private const int AskedAtMost = 500;
    private const int RememberedAtMost = 100_000;
    private const int ManyOfAJob = 4;
    // A job's history that reaches it may be cut short: its executions are asked for one by one.
    private const int EventsOfAJob = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhenNotOffered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Answer> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(bool IsJob, string Id), Task> _asked = new();
    private readonly ConcurrentDictionary<string, bool> _oneByOne = new(StringComparer.Ordinal); // jobs whose history does not tell of executions
    private readonly SemaphoreSlim _turn = new(AtOnce);
    private readonly CancellationTokenSource _end = new();
    private long _quietUntil;

    /// <summary>The steps of an execution, oldest first; null when they are not known yet.</summary>
    public IReadOnlyList<LaneStep>? Find(string id) => _told.GetValueOrDefault(id)?.Steps;

    /// <summary>Asks for those that are not known yet, and waits a moment for the answers; those that come later are there next time.</summary>
    /// <returns>Some are still being asked for.</returns>
    public async Task<bool> AskAsync(IReadOnlyCollection<Missed> missed, CancellationToken cancel)
    {
        var unknown = missed.Where(m => !IsKnown(m)).ToList();
        if (unknown.Count == 0 || IsQuiet) return false;
        if (_told.Count > RememberedAtMost) _told.Clear();
        var asked = unknown.GroupBy(m => m.JobId, StringComparer.Ordinal).SelectMany(Ask).Take(Math.Max(0, AskedAtMost - _asked.Count)).ToList();
        try
        {
            await Task.WhenAll(asked).WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            // They go on, and are remembered.
        }
        return !IsQuiet && unknown.Any(m => !IsKnown(m));
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _turn.Dispose();
    }

    private bool IsQuiet => board.Status.BlindSince is not null || time.GetUtcNow().UtcTicks < Interlocked.Read(ref _quietUntil);

    private bool IsKnown(Missed missed) => _told.TryGetValue(missed.Id, out var answer) && answer.AskedAt >= missed.Until;

    private IEnumerable<Task> Ask(IGrouping<string, Missed> ofJob)
    {
        var all = ofJob.ToList();
        return all.Count >= ManyOfAJob && ofJob.Key.Length > 0 && !_oneByOne.ContainsKey(ofJob.Key)
            ? [Ask((true, ofJob.Key), () => AskJobAsync(ofJob.Key, all))]
            : all.Select(m => Ask((false, m.Id), () => AskOneAsync(m.Id)));
    }

    private Task Ask((bool, string) what, Func<Task> ask)
    {
        var answer = _asked.GetOrAdd(what, _ => InTurnAsync(what, ask));
        // Answered before it was noted down.
        if (answer.IsCompleted) _asked.TryRemove(what, out _);
        return answer;
    }

    private async Task InTurnAsync((bool, string) what, Func<Task> ask)
    {
        try
        {
            await _turn.WaitAsync(_end.Token);
            try
            {
                if (!IsQuiet) await ask();
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
            _asked.TryRemove(what, out _);
        }
    }

    private async Task AskOneAsync(string id)
    {
        var now = time.GetUtcNow();
        var result = await server.GetExecutionHistoryAsync(id, cancel: _end.Token);
        if (result.Succeeded) _told[id] = new Answer(now, Read(id, result.Value));
        else if (result.Failure.Error == ControlPlaneError.NotFound) _told[id] = new Answer(now, []);
        else Interlocked.Exchange(ref _quietUntil, (time.GetUtcNow() + (result.Failure.Error == ControlPlaneError.NotOffered ? WhenNotOffered : AfterTrouble)).UtcTicks);
    }

    // Those that it does not tell of, or not surely to the end, are asked for by themselves from then on.
    private async Task AskJobAsync(string jobId, IReadOnlyList<Missed> missed)
    {
        var now = time.GetUtcNow();
        var result = await server.GetJobHistoryAsync(jobId, EventsOfAJob, cancel: _end.Token);
        if (result.Succeeded && result.Value.Count < EventsOfAJob)
            foreach (var told in result.Value.Where(e => e.ExecutionId.Length > 0).GroupBy(e => e.ExecutionId, StringComparer.Ordinal)) _told[told.Key] = new Answer(now, Read(told.Key, told));
        var left = missed.Where(m => !IsKnown(m)).ToList();
        if (left.Count > 0) _oneByOne[jobId] = true;
        foreach (var one in left)
        {
            if (IsQuiet) break;
            await AskOneAsync(one.Id);
        }
    }

    private static IReadOnlyList<LaneStep> Read(string id, IEnumerable<HistoryEvent> events)
    {
        var of = new StateChange { Id = id };
        return [.. events.Select(e => HistoryMerge.Read(e, of)).OfType<StateChange>().OrderBy(s => s.At).Select(s => new LaneStep(0, s.To, s.At, s.At, ChangeSource.History))];
    }

    private sealed record Answer(DateTimeOffset AskedAt, IReadOnlyList<LaneStep> Steps);
}
