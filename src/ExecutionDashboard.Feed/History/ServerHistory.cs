using System.Collections.Concurrent;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Feed.History;

/// <summary>An execution with changes that the feed missed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="JobId">Its job.</param>
/// <param name="Until">The missed changes are before this time, so a reply after it contains them.</param>
internal readonly record struct Missed(string Id, string JobId, DateTimeOffset Until);

/// <summary>
/// The control plane's own history of executions, for times when the feed did not watch. Requested when somebody views it, a few at a time, and cached: with the
/// job's history when many executions of a job are missing, else one by one. A server that does not offer it, or fails, is not asked again for a while. Safe for
/// concurrent use.
/// </summary>
internal sealed class ServerHistory([FromKeyedServices(ControlPlaneServices.Watching)] IControlPlane server, StatusBoard board, TimeProvider time) : IDisposable
{
    private const int AtOnce = 4;
    private const int AskedAtMost = 500;
    private const int RememberedAtMost = 100_000;
    private const int ManyOfAJob = 4;
    // A job history of this length may be incomplete, so its executions are requested one by one.
    private const int EventsOfAJob = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhenNotOffered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Answer> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(bool IsJob, string Id), Task> _asked = new();
    private readonly ConcurrentDictionary<string, bool> _oneByOne = new(StringComparer.Ordinal); // jobs whose history has no events of executions
    private readonly SemaphoreSlim _turn = new(AtOnce);
    private readonly CancellationTokenSource _end = new();
    private long _quietUntil;

    /// <summary>The changes of an execution, oldest first; null when not loaded yet.</summary>
    public IReadOnlyList<LaneStep>? Find(string id) => _told.GetValueOrDefault(id)?.Steps;

    /// <summary>Requests the missing histories and waits briefly; later replies are available in the next call.</summary>
    /// <returns>Whether requests are still running.</returns>
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
            // The requests go on, and their replies are cached.
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
        // The reply came before the request was registered.
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
            // The feed stops.
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

    // Executions that the job's history does not cover completely are requested one by one from then on.
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
