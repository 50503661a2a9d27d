using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Past;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live.Past;

public sealed class PastStoresTests : IDisposable
{
    private readonly KeptPast _log = new();
    private readonly FakeTimeProvider _time = new(KeptPast.Start.AddDays(1));
    private readonly PastStores _stores;

    public PastStoresTests()
    {
        _log.Add(Running("a"), Running("b"), Failed("a"), FleetChange.Gone(FleetKind.Execution, "b"));
        _stores = new(_log, Options.Create(new AttentionOptions()), _time);
    }

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task Use_SameMoment_IsBuiltOnceForAll()
    {
        var (one, other) = (await UseAsync(3), await UseAsync(3));

        Assert.Same(one, other);
        Assert.Equal((1, 1, "a failed, b running"), (_log.Loads, _stores.Count, States(one)));
    }

    [Fact]
    public async Task Use_FromAMomentThatNobodyElseUses_IsMovedThereAndBack()
    {
        var store = await UseAsync(2);
        Assert.Equal("a running, b running", States(store));

        foreach (var (change, states) in new[] { (4, "a failed"), (1, "a running"), (3, "a failed, b running") })
        {
            var before = store.Store;
            store = await UseAsync(change, store);
            Assert.Equal(states, States(store));
            // What was worked out of the instance before is not taken for this moment.
            Assert.NotSame(before, store.Store);
        }
        Assert.Equal((1, 3, 1), (_log.Loads, _log.Moves, _stores.Count));
    }

    [Fact]
    public async Task Use_FromAMomentThatOthersUse_LeavesItToThem()
    {
        var (mine, others) = (await UseAsync(2), await UseAsync(2));
        mine = await UseAsync(4, mine);

        Assert.Equal(("a failed", "a running, b running", 2), (States(mine), States(others), _stores.Count));
    }

    [Fact]
    public async Task Use_ManyMoments_AreBoundedAndThoseInUseStay()
    {
        var held = new List<PastStore>();
        for (var i = 0; i < PastStores.MostStores; i++) held.Add((await AskAsync(KeptPast.Seen(2).AddMilliseconds(i)))!);
        var (store, problem) = await _stores.UseAsync(null, _log.At(KeptPast.Seen(4)), null, _ => { }, default);
        Assert.Null(store);
        Assert.Contains($"{PastStores.MostStores} moments", problem, StringComparison.Ordinal);

        _stores.Release(held[0]);
        Assert.NotNull(await AskAsync(KeptPast.Seen(4)));
        Assert.Equal(PastStores.MostStores, _stores.Count);
        Assert.All(held.Skip(1), kept => Assert.Equal("a running, b running", States(kept)));
    }

    [Fact]
    public async Task Use_NoRoom_PutsAsideTheTabThatNobodyUsedForLongest()
    {
        using var stores = Small();
        Looker[] lookers = [new(_time), new(_time), new(_time)];
        await LookAsync(stores, lookers[0], 3);
        _time.Advance(TimeSpan.FromSeconds(1));
        await LookAsync(stores, lookers[1], 2);
        _time.Advance(PastStores.Looked);
        lookers[0].LastUsed = _time.GetUtcNow();
        await LookAsync(stores, lookers[2], 1);

        // The second one did nothing for longer than the first.
        Assert.Equal([false, true, false], lookers.Select(looker => looker.IsAside));
        Assert.Equal(2, stores.Count);
    }

    [Fact]
    public async Task Use_AllAreLookedAt_WaitsUntilOneIsNot()
    {
        using var stores = Small();
        Looker[] lookers = [new(_time), new(_time), new(_time)];
        await LookAsync(stores, lookers[0], 3);
        await LookAsync(stores, lookers[1], 2);
        var waiting = LookAsync(stores, lookers[2], 1);
        Assert.Equal((false, 2), (waiting.IsCompleted, lookers[2].Others));

        lookers[0].LastUsed = DateTimeOffset.MinValue;
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal("a running", States((await waiting)!));
        Assert.Equal([true, false, false], lookers.Select(looker => looker.IsAside));
    }

    [Fact]
    public async Task Use_OneMomentOfSeveralTabs_StaysWhileOneOfThemIsUsed()
    {
        using var stores = Small();
        Looker[] lookers = [new(_time), new(_time), new(_time), new(_time)];
        var both = await LookAsync(stores, lookers[0], 3);
        Assert.Same(both, await LookAsync(stores, lookers[1], 3));
        _time.Advance(TimeSpan.FromSeconds(5));
        await LookAsync(stores, lookers[2], 2);
        _time.Advance(PastStores.Looked);
        lookers[1].LastUsed = _time.GetUtcNow();
        await LookAsync(stores, lookers[3], 1);

        Assert.Equal([false, false, true, false], lookers.Select(looker => looker.IsAside));
        // What it had is nobody's any more: giving it up changes nothing.
        stores.Release(both!, lookers[0]);
        Assert.Equal(2, stores.Count);
    }

    [Fact]
    public async Task Use_OnlyTabsWithoutAConnection_SaysWhyThereIsNoRoom()
    {
        using var stores = Small();
        Looker[] lookers = [new(_time) { LastUsed = DateTimeOffset.MaxValue }, new(_time) { LastUsed = DateTimeOffset.MaxValue }];
        await LookAsync(stores, lookers[0], 3);
        await LookAsync(stores, lookers[1], 2);

        var (store, problem) = await stores.UseAsync(null, _log.At(KeptPast.Seen(1)), null, _ => { }, default, new Looker(_time));
        Assert.Null(store);
        Assert.Contains("2 moments", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_LeftForFiveMinutes_IsThrownAway()
    {
        var (stays, left) = (await UseAsync(2), await UseAsync(4));
        _stores.Release(left);

        _time.Advance(PastStores.Kept - TimeSpan.FromSeconds(1));
        Assert.Equal(2, _stores.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, "a running, b running"), (_stores.Count, States(stays)));
    }

    [Fact]
    public async Task Use_WhoWaitsIsGone_LeavesNothingBehind()
    {
        _log.Gate = new();
        using var gone = new CancellationTokenSource();
        var waiting = _stores.UseAsync(null, _log.At(KeptPast.Seen(2)), null, _ => { }, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        _log.Gate = null;
        Assert.Equal((0, "a running, b running"), (_stores.Count, States(await UseAsync(2))));
    }

    [Fact]
    public async Task Problems_OfAMoment_AreThoseOfThenAndMarked()
    {
        var store = await UseAsync(3);
        var found = await store.ProblemsAsync();

        Assert.Same(found, await store.ProblemsAsync());
        store = await UseAsync(1, store);
        Assert.Empty((await store.ProblemsAsync()).Found);
    }

    [Fact]
    public async Task Problems_ThatRestOnHeartbeats_AreThoseThatWereReportedThen()
    {
        Problem Of(string id, ProblemCause cause) => new() { Id = id, Cause = cause, Severity = ProblemSeverity.Warning, Since = KeptPast.Start, Summary = id };
        ProblemRecord Record(Problem problem) => new() { Problem = problem, OpenedAt = KeptPast.Start, Acknowledgement = new("Ann", KeptPast.Start, null) };
        _log.Problems = new(KeptPast.Start, KeptPast.Start, [Record(Of("stale", ProblemCause.StaleHeartbeat)), Record(Of("found-by-rules", ProblemCause.Failed))]);

        var problems = await (await UseAsync(1)).ProblemsAsync();
        var old = PastProblems.Of([], _log.Problems, KeptPast.Start.AddSeconds(-1));

        // What the rules find is found by them alone; who had acknowledged it is told of all.
        Assert.Equal(["stale"], problems.Found.Select(f => f.Problem.Id));
        Assert.Equal(["Ann", "Ann"], problems.Records!.Select(r => r.Acknowledgement!.By));
        Assert.Equal((0, null), (old.Found.Count, old.Records));
    }

    // Nothing is near enough to be moved: each is loaded.
    private PastStores Small() => new(_log, Options.Create(new AttentionOptions()), _time, mostExecutions: 4);

    private async Task<PastStore?> LookAsync(PastStores stores, Looker looker, int change)
    {
        var (store, problem) = await stores.UseAsync(null, _log.At(KeptPast.Seen(change)), null, _ => { }, default, looker);
        Assert.Null(problem);
        return store;
    }

    private async Task<PastStore> UseAsync(int change, PastStore? from = null)
    {
        var (store, problem) = await _stores.UseAsync(null, _log.At(KeptPast.Seen(change)), from, _ => { }, default);
        Assert.Null(problem);
        return store!;
    }

    private async Task<PastStore?> AskAsync(DateTimeOffset at) => (await _stores.UseAsync(null, _log.At(at), null, _ => { }, default)).Store;

    private static string States(PastStore store) => string.Join(", ", store.Store.Enumerate(ExecutionQuery.All).OrderBy(e => e.Id, StringComparer.Ordinal).Select(e => $"{e.Id} {e.Actual.State.Name}"));

    private sealed class Looker(TimeProvider time) : IPastViewer
    {
        public DateTimeOffset LastUsed { get; set; } = time.GetUtcNow();
        public bool IsAside { get; private set; }
        public int Others { get; private set; }
        public void Wait(int moments) => Others = moments;
        public void PutAside() => IsAside = true;
    }

    private static FleetChange Running(string id) => Execution(id, KnownExecutionState.Running);

    private static FleetChange Failed(string id) => Execution(id, KnownExecutionState.Failed);

    private static FleetChange Execution(string id, KnownExecutionState state) => FleetChange.Of(new Execution
    {
        Id = id, JobId = "job", NodeId = "node", Actual = new(ExecutionState.Of(state)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)), UpdatedAt = KeptPast.Start, CreatedAt = KeptPast.Start,
    });
}
