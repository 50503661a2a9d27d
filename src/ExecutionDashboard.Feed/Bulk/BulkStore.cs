using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Bulk;

namespace ExecutionDashboard.Feed.Bulk;

/// <summary>
/// The bulk runs: those that are active in memory, all of them in the database. What cannot be stored did not happen, so a driver writes before it sends. Safe for any thread.
/// </summary>
internal sealed class BulkStore(StatusBoard board, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<BulkRun> _runs = [];
    private readonly Dictionary<string, BulkItem[]> _items = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BulkTables? _tables;
    private DriverLease _lease = null!;
    private TimeSpan _retention;
    private long _version;

    /// <summary>Completes when the runs are loaded.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Loads the runs; again when this feed leads again.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="retention">How long runs are kept after their end.</param>
    public void Load(Database database, TimeSpan retention)
    {
        lock (_gate)
        {
            _tables?.Dispose();
            _runs.Clear();
            _items.Clear();
            var tables = _tables = BulkTables.Open(database);
            _retention = retention;
            var state = tables.State();
            var now = time.GetUtcNow();
            _version = state.Version;
            // Who drove them may still be there, and goes on without a change of epoch; else its lease ends from now on.
            _lease = new(state.Epoch, state.Holder, now + BulkLimits.Lease);
            tables.Prune(now - retention, BulkLimits.Listed);
            _runs.AddRange(tables.Runs());
            foreach (var run in _runs.Where(r => r.IsActive)) _items[run.Id] = tables.Items(run.Id);
        }
        Tell();
        _ready.TrySetResult();
    }

    /// <summary>The runs that changed after a version, newest first.</summary>
    public BulkRunList Runs(long since)
    {
        lock (_gate) return new(_version, [.. _runs.Where(r => r.Version > since).Take(BulkLimits.Listed)]);
    }

    /// <summary>A run and its items that changed after a version; null when there is none of this id.</summary>
    public BulkRunItems? Of(string id, long since)
    {
        lock (_gate)
        {
            if (Find(id) is not { } run) return null;
            return new(run, [.. (_items.GetValueOrDefault(id) ?? _tables!.Items(id)).Where(i => since == 0 || i.Version > since)]);
        }
    }

    /// <summary>Starts a run; the one there is, when it was started already. Gives why not instead.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public (BulkRun? Run, string? Refusal) Start(BulkStart start)
    {
        BulkRun run;
        lock (_gate)
        {
            var asked = start.Run!;
            if (Find(asked.Id) is { } there) return (there, null);
            if (_runs.Count(r => r.IsOpen) >= BulkLimits.Open) return (null, $"{BulkLimits.Open} bulk runs are open: finish or cancel one first.");
            var now = time.GetUtcNow();
            var items = start.Items!.Select((item, i) => new BulkItem
            {
                Number = i, Id = item.Id, JobId = item.JobId, NodeId = item.NodeId, Wave = i / asked.WaveSize, Version = _version + 1,
            }).ToArray();
            run = asked with
            {
                CreatedAt = now, EndedAt = null, State = start.ApproveWithin is null ? BulkState.Running : BulkState.AwaitingApproval, StateReason = "", StateBy = asked.StartedBy, StateAt = now,
                ApproveUntil = now + start.ApproveWithin, ApprovedBy = "", Wave = 0, WaveAt = null, Waves = items[^1].Wave + 1, Forgiven = 0, Driver = "", Counts = BulkCounts.Of(items), Version = _version + 1,
            };
            using (var transaction = _tables!.Begin())
            {
                _tables.Add(run, items);
                transaction.Commit();
            }
            _version++;
            _runs.Insert(0, run);
            _items[run.Id] = items;
            if (_tables.Prune(now - _retention, BulkLimits.Listed))
            {
                var left = _tables.Runs().Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
                _runs.RemoveAll(r => !left.Contains(r.Id));
            }
        }
        Tell();
        return (run, null);
    }

    /// <summary>A process asks to drive the runs. It may when the holder is the one that asked.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public BulkLease Lease(string driver)
    {
        BulkLease lease;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_lease.MayTake(driver, now))
            {
                // Stored first: an epoch is never given twice.
                if (driver != _lease.Holder) _tables!.Lease(_lease.Epoch + 1, driver);
                _lease.Take(driver, now);
            }
            foreach (var run in _runs.Where(r => r is { State: BulkState.AwaitingApproval } && r.ApproveUntil <= now).ToList())
                Put(run with { State = BulkState.NotApproved, StateReason = "Nobody approved it in time.", StateBy = "", StateAt = now }, Cancel(_items[run.Id], now), now);
            lease = new(_lease.Epoch, _lease.Holder);
        }
        Tell();
        return lease;
    }

    /// <summary>Takes a write of the driver. Gives the run as it is then, or why nothing of it counts.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public (BulkRun? Run, string? Refusal) Write(string id, BulkWrite write)
    {
        BulkRun run;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_lease.Refuse(write.Driver, write.Epoch, now) is { } refusal) return (null, refusal);
            if (Find(id) is not { } found) return (null, $"There is no bulk run '{id}'.");
            if (!_items.TryGetValue(id, out var items)) _items[id] = items = _tables!.Items(id);
            var moved = new Dictionary<int, BulkItem>();
            foreach (var move in write.Moves ?? [])
            {
                if (move.Number < 0 || move.Number >= items.Length) return (null, $"The run has no item {move.Number}.");
                var item = moved.GetValueOrDefault(move.Number, items[move.Number]);
                if (!BulkPlan.MayMove(item.Phase, move.Phase)) return (null, $"Item {move.Number} is {item.Phase}: it cannot become {move.Phase}.");
                var isSent = item.Phase == BulkPhase.Waiting && move.Phase == BulkPhase.Sent;
                if (isSent && found.State != BulkState.Running) return (null, $"The run is {found.State}: nothing more is sent.");
                moved[move.Number] = item with
                {
                    Phase = move.Phase, Note = Cut(move.Note), NoAnswer = move.NoAnswer, At = now, Attempts = item.Attempts + (isSent ? 1 : 0), Before = isSent ? move.Before : item.Before,
                };
            }
            run = found with { Driver = _lease.Holder };
            run = write.Turn switch
            {
                BulkTurn.Halt when run.State == BulkState.Running => run with { State = BulkState.Halted, StateReason = Cut(write.Reason ?? ""), StateBy = "", StateAt = now },
                BulkTurn.Finish when run.State == BulkState.Running => run with { State = BulkState.Finished, StateReason = "", StateBy = "", StateAt = now },
                BulkTurn.NextWave when run.State == BulkState.Running => run with { Wave = BulkPlan.NextWave(run, items), WaveAt = BulkPlan.IsPauseDue(run, items) ? now + run.Pause : null },
                _ => run,
            };
            run = Put(run, moved.Values, now);
        }
        Tell();
        return (run, null);
    }

    /// <summary>Carries out an order of a person. Gives the run as it is then, or why not.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public (BulkRun? Run, string? Refusal) Order(string id, BulkOrder order)
    {
        BulkRun run;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (Find(id) is not { } found) return (null, null);
            if (BulkPlan.WhyNot(order, found, now) is { } refusal) return (null, refusal);
            if (!_items.TryGetValue(id, out var items)) _items[id] = items = _tables!.Items(id);
            var by = order.By?.Trim() ?? "";
            run = found with { StateBy = by, StateAt = now, StateReason = "" };
            IReadOnlyList<BulkItem> moved = [];
            switch (order.Kind)
            {
                case BulkOrderKind.Approve:
                    run = run with { State = BulkState.Running, ApprovedBy = by };
                    break;
                case BulkOrderKind.Reject:
                    (run, moved) = (run with { State = BulkState.NotApproved, StateReason = "Rejected." }, Cancel(items, now));
                    break;
                case BulkOrderKind.Pause:
                    run = run with { State = BulkState.Paused };
                    break;
                case BulkOrderKind.Resume:
                    run = run with { State = BulkState.Running, Forgiven = run.Counts.Failed };
                    break;
                case BulkOrderKind.Cancel:
                    (run, moved) = (run with { State = BulkState.Canceled }, Cancel(items, now));
                    break;
                case BulkOrderKind.Retry:
                    moved = Retry(run, items, order.Items);
                    if (moved.Count == 0) return (null, "None of these items failed.");
                    // One that had finished goes on; one that is paused or halted waits for its resume.
                    run = run with { State = run.State == BulkState.Finished ? BulkState.Running : run.State, EndedAt = null, Waves = moved[^1].Wave + 1 };
                    if (found.State != BulkState.Finished) run = run with { StateBy = found.StateBy, StateAt = found.StateAt, StateReason = found.StateReason };
                    break;
            }
            run = Put(run, moved, now);
        }
        Tell();
        return (run, null);
    }

    public void Dispose()
    {
        lock (_gate) _tables?.Dispose();
    }

    // Waves of their own, after all others, so that what was planned keeps its order.
    private static List<BulkItem> Retry(BulkRun run, BulkItem[] items, IReadOnlyList<int>? asked)
    {
        var which = asked is { Count: > 0 } ? asked.ToHashSet() : null;
        return [.. items.Where(i => i.IsListed && which?.Contains(i.Number) != false).Select((item, i) => item with { Phase = BulkPhase.Waiting, NoAnswer = false, Before = "", Wave = run.Waves + i / run.WaveSize })];
    }

    private static List<BulkItem> Cancel(BulkItem[] items, DateTimeOffset now) => [.. items.Where(i => i.Phase == BulkPhase.Waiting).Select(i => i with { Phase = BulkPhase.Canceled, At = now })];

    private BulkRun Put(BulkRun run, IReadOnlyCollection<BulkItem> moved, DateTimeOffset now)
    {
        var items = (BulkItem[])_items[run.Id].Clone();
        var version = _version + 1;
        var stored = moved.Select(item => item with { Version = version }).ToList();
        foreach (var item in stored) items[item.Number] = item;
        var counts = stored.Count == 0 ? run.Counts : BulkCounts.Of(items);
        run = run with { Counts = counts, Forgiven = Math.Min(run.Forgiven, counts.Failed), Version = version };
        if (!run.IsActive) run = run with { EndedAt = run.EndedAt ?? now };
        using (var transaction = _tables!.Begin())
        {
            _tables.Change(run, stored);
            transaction.Commit();
        }
        _version = version;
        _runs[_runs.FindIndex(r => r.Id == run.Id)] = run;
        if (run.IsActive) _items[run.Id] = items;
        else _items.Remove(run.Id);
        return run;
    }

    private BulkRun? Find(string id) => _runs.Find(r => r.Id == id);

    private static string Cut(string text) => text.Length > BulkLimits.Text ? text[..BulkLimits.Text] : text;

    private void Tell()
    {
        long version;
        lock (_gate) version = _version;
        board.Update(s => s.BulkVersion >= version ? s : s with { BulkVersion = version });
    }
}
