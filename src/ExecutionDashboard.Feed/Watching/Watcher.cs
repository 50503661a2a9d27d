using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Watches one control plane. At the pace of <see cref="PollPace"/> it reads the changed executions, in each poll interval the jobs and the deployments; in the remaining time nodes and
/// full sweeps, one page at a time. Only one request at a time, so replies are processed in order.
/// </summary>
internal sealed partial class Watcher
{
    private static readonly TimeSpan NodesEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CountersEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GapFrom = TimeSpan.FromSeconds(10);
    private const int FewNodes = 1_000;

    private readonly IControlPlane _server;
    private readonly ChangeLog _log;
    private readonly FleetMirror _mirror;
    private readonly StatusBoard _board;
    private readonly FeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Watcher> _logger;
    private readonly FeedMetrics _metrics;
    private readonly Backoff _backoff;
    private readonly PollPace _pace;
    private readonly ExecutionPoll _poll;
    private readonly ListWatch<Execution> _sweep;
    private readonly ListWatch<Job> _jobs;
    private readonly ListWatch<Node> _nodes;
    private readonly DeploymentWatch _deployments;
    private readonly ChangeCommitter _committer;
    private readonly SnapshotKeeper? _snapshots;
    private DateTimeOffset _countersDue = DateTimeOffset.MinValue;
    private long? _tracedAt;
    private bool _marked;
    private bool _polled;
    private bool _loaded;

    public Watcher(
        IControlPlane server, ChangeLog log, FleetMirror mirror, ChangeCommitter committer, StatusBoard board, FeedMetrics metrics, FeedOptions options,
        PollPace pace, TimeProvider time, ILogger<Watcher> logger, SpecCache? specs = null, Func<double>? random = null, SnapshotKeeper? snapshots = null)
    {
        (_server, _log, _mirror, _committer, _board, _metrics, _options, _pace, _time, _logger, _snapshots) = (server, log, mirror, committer, board, metrics, options, pace, time, logger, snapshots);
        random ??= Random.Shared.NextDouble;
        Backoff NewBackoff() => new(options.PollInterval, random);
        PageIntake<T> PageIntakeOf<T>(EntityKind<T> kind) where T : class => new(kind, mirror, committer, specs, time);
        ListWatch<T> ListOf<T>(PageIntake<T> intake, Func<string, CancellationToken, Task<ControlPlaneResult<FleetPage<T>>>> read, Func<TimeSpan> every) where T : class =>
            new(intake, read, every, committer, NewBackoff(), time);

        _backoff = NewBackoff();
        var deployments = PageIntakeOf(EntityKinds.Deployments(mirror, server));
        var deploymentList = ListOf(deployments, (token, cancel) => server.ListDeploymentsAsync(token, cancel: cancel), () => options.PollInterval);
        _deployments = new DeploymentWatch(deployments, deploymentList, server, mirror, committer, () => options.PollInterval, time);
        var executions = PageIntakeOf(EntityKinds.Executions(mirror, server) with
        {
            Keep = execution =>
            {
                _deployments.Note(execution.DeploymentId);
                return execution;
            },
        });
        _poll = new ExecutionPoll(executions, server, () => committer.Commits, pace, time);
        // Newest first: executions that are created or deleted during the walk then shift no row past the reader.
        _sweep = ListOf(executions, (token, cancel) => server.ListExecutionsAsync(new() { OrderBy = "created_at", Descending = true, PageToken = token }, cancel), () => options.SweepInterval);
        _jobs = ListOf(PageIntakeOf(EntityKinds.Jobs(mirror, server)), (token, cancel) => server.ListJobsAsync(token, cancel: cancel), () => options.PollInterval);
        _nodes = ListOf(PageIntakeOf(EntityKinds.Nodes(mirror, server)), (token, cancel) => server.ListNodesAsync(token, cancel: cancel), NodeInterval);
    }

    /// <summary>Whether the first sweep is done, so that the mirror has the whole fleet.</summary>
    public bool IsLoaded => _loaded;

    /// <summary>Watches until it is stopped.</summary>
    /// <exception cref="LeadershipLostException">Another feed leads.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = _time.GetTimestamp();
            var failure = await SafeCycleAsync(stop);
            if (failure is null)
            {
                _backoff.Reset();
                await _pace.WaitAsync(() => _poll.Interval - _time.GetElapsedTime(started), stop);
                continue;
            }
            _pace.Failed();
            await Task.Delay(_backoff.Next(failure.RetryAfter), _time, stop);
        }
    }

    // An error of our own must not end the watching: it is reported like a failure of the control plane, and retried.
    private async Task<ControlPlaneFailure?> SafeCycleAsync(CancellationToken stop)
    {
        try
        {
            return await CycleAsync(stop);
        }
        catch (Exception e) when (e is not LeadershipLostException && (e is not OperationCanceledException || !stop.IsCancellationRequested))
        {
            LogFault(_logger, e);
            var failure = new ControlPlaneFailure(ControlPlaneError.Unexpected, $"The feed met an error of its own: {e.Message}");
            Tell(failure);
            return failure;
        }
    }

    /// <summary>Polls once, and does what else is due until the next poll; returns the failure that makes the feed blind.</summary>
    public async Task<ControlPlaneFailure?> CycleAsync(CancellationToken cancel)
    {
        var (started, commits) = (_time.GetTimestamp(), _committer.Commits);
        var isTraced = _tracedAt is not { } traced || _time.GetElapsedTime(traced, started) >= _options.PollInterval * 0.9;
        if (isTraced) _tracedAt = started;
        using var span = FeedTraces.Poll(isTraced);
        if (!_marked) Resume();
        var failure = _loaded ? await _poll.LookAsync(cancel) : await _poll.MarkAsync(cancel);
        _marked = true;
        if (!_polled && _loaded && failure is null && !_poll.GaveUp)
        {
            _polled = true;
            // At once: a sweep may take long, and until then the fleet is shown as it was.
            Tell(null);
        }
        _metrics.Polled(_time.GetElapsedTime(started));
        if (_poll.GaveUp) _sweep.Hurry();
        if (failure is null)
        {
            await CountAsync(cancel);
            do failure = await StepAsync(cancel);
            while (failure is null && IsWorkDue && _time.GetElapsedTime(started) < (_loaded ? _poll.Interval : _options.PollInterval));
        }
        Tell(failure);
        span?.SetTag("feed.poll.commits", _committer.Commits - commits);
        if (failure is not null) span.Fail(ErrorKinds.Name(failure.Error));
        if (failure is null && _loaded) _committer.Watched(_options.PollInterval * 3 > GapFrom ? _options.PollInterval * 3 : GapFrom);
        _committer.Settle();
        _committer.Prune(_options.Retention);
        if (_loaded) _snapshots?.Consider(cancel);
        return failure;
    }

    // What an earlier run left is the present once a poll has found all that changed since, or a sweep has.
    private bool IsConfirmed => !_loaded || _sweep.Completed > 0 || _polled;

    private bool IsWorkDue => _jobs.IsDue || _nodes.IsDue || _sweep.IsDue;

    // One page of each list that is due. Jobs and nodes come first, so that a first load knows their names before the executions.
    private async Task<ControlPlaneFailure?> StepAsync(CancellationToken cancel)
    {
        if (_jobs.IsDue)
        {
            var (askedAt, walks) = (_committer.Commits, _jobs.Completed);
            if (await _jobs.StepAsync(cancel) is { } page) await _deployments.TakeAsync(page, askedAt, cancel);
            if (_jobs.Completed != walks) await _deployments.EndUntoldAsync(cancel);
        }
        if (_nodes.IsDue) await _nodes.StepAsync(cancel);
        await _deployments.StepAsync(cancel);
        var namesFirst = !_loaded && ((_jobs.Completed == 0 && _jobs.Failure is null) || (_nodes.Completed == 0 && _nodes.Failure is null));
        if (namesFirst || !_sweep.IsDue) return null;
        var isFirst = _sweep.Completed == 0;
        await _sweep.StepAsync(cancel);
        if (_sweep.Completed > 0 && !_loaded)
        {
            _log.IsLoaded = _loaded = true;
            LogLoaded(_logger, _mirror.Executions.Count, _mirror.Jobs.Count, _mirror.Nodes.Count, _server.Address);
        }
        if (isFirst && _sweep.Completed > 0) LoadedHeap.Collect(_mirror.Executions.Count);
        if (!_loaded) _board.Update(s => s with { Loading = _mirror.Executions.Count });
        return _loaded ? null : _sweep.Failure;
    }

    // What an earlier run loaded is known; a poll and a sweep update it.
    private void Resume()
    {
        _loaded = _log.IsLoaded;
        foreach (var deployment in _mirror.Executions.Deployments())
            if (_mirror.Deployments.Find(deployment) is null) _deployments.Note(deployment);
    }

    private TimeSpan NodeInterval() =>
        _mirror.Nodes.Count <= FewNodes || _options.PollInterval > NodesEvery ? _options.PollInterval : NodesEvery;

    private async Task CountAsync(CancellationToken cancel)
    {
        if (_time.GetUtcNow() < _countersDue) return;
        _countersDue = _time.GetUtcNow() + CountersEvery;
        var status = await _server.GetStatusAsync(cancel);
        _board.Update(s => status.Succeeded ? s with { Total = status.Value.Executions, ControlPlaneStartedAt = status.Value.StartedAt } : s with { Total = null });
    }

    private void Tell(ControlPlaneFailure? failure)
    {
        var now = _time.GetUtcNow();
        string[] warnings = [_poll.Problem, _sweep.Problem == _poll.Problem ? "" : _sweep.Problem, _jobs.Problem, _nodes.Problem, _deployments.Problem];
        var warning = string.Join(" ", warnings.Where(w => w.Length > 0));
        if (failure is not null && _backoff.Failures == 0) LogBlind(_logger, _server.Address, failure.Message);
        _board.Update(s => failure is null
            ? s with
            {
                LastSuccessAt = IsConfirmed ? now : s.LastSuccessAt,
                IsConfirming = !IsConfirmed,
                BlindSince = null,
                Problem = "",
                Warning = warning.Length > 1_000 ? warning[..1_000] : warning,
                Loading = _loaded ? null : _mirror.Executions.Count,
                // The Date header has whole seconds; less than that is noise.
                ClockSkewSeconds = _poll.ClockSkew is { } skew ? Math.Round(skew.TotalSeconds) : null,
            }
            : s with { BlindSince = s.BlindSince ?? now, Problem = failure.Message });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Executions} executions, {Jobs} jobs and {Nodes} nodes from {Address}")]
    private static partial void LogLoaded(ILogger logger, int executions, int jobs, int nodes, string address);

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling the control plane failed")]
    private static partial void LogFault(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Control plane {Address} unreachable: {Problem}")]
    private static partial void LogBlind(ILogger logger, string address, string problem);
}
