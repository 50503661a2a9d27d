using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Tests.Feed.Live;

/// <summary>Packed executions, against the executions themselves and a dictionary of them.</summary>
public sealed class ExecutionRowsTests
{
    private static readonly Gen<string> Uuids = Gen.Guid.Select(g => g.ToString());

    private static readonly Gen<string> Ids = Gen.OneOf(
        Gen.Const(""), Uuids, Uuids.Select(u => u.ToUpperInvariant()), Gen.Char.Array[0, 300].Select(c => new string(c)), Gen.Int[0, 5].Select(n => $"e-{n}"));

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Int[0, 9].Select(n => $"text {n}"), Ids);

    private static readonly Gen<IReadOnlyDictionary<string, string>?> Maps = Gen.Frequency(
        (3, Gen.Const((IReadOnlyDictionary<string, string>?)null)),
        (1, Gen.Dictionary(Texts, Texts)[0, 4].Select(m => (IReadOnlyDictionary<string, string>?)m)));

    private static readonly Gen<StateReport> Reports = Gen.Select(Gen.OneOf(One("", "running", "complete", "a state of its own"), Ids), Texts, Maps,
        (state, message, details) => new StateReport(ExecutionState.Parse(state), message, details));

    private static readonly Gen<DateTimeOffset?> Times = Gen.OneOf(
        Gen.Const((DateTimeOffset?)null), Gen.DateTimeOffset.Select(t => (DateTimeOffset?)t.ToUniversalTime()), One<DateTimeOffset?>(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));

    private static readonly Gen<Execution> Executions =
        Gen.Select(Texts.Array[9], Gen.Int, Gen.Long, Reports.Array[2], Maps, Times.Array[3], Ids, (texts, version, revision, reports, details, times, id) => new Execution
        {
            Id = id,
            JobId = texts[0],
            JobType = texts[1],
            JobVersion = version,
            Namespace = texts[2],
            NodeId = texts[3],
            DeploymentId = texts[4],
            EvaluationId = texts[5],
            SpecHash = texts[6],
            Desired = reports[0],
            Actual = reports[1],
            Details = details,
            PreviousId = texts[7],
            NextId = texts[8],
            Revision = revision,
            CreatedAt = times[0],
            UpdatedAt = times[1],
            StableAt = times[2],
        });

    [Fact]
    public void Unpack_AnyExecution_GivesItAgain() =>
        // With so few shared texts that most have to be written out.
        Gen.Select(Executions.Array[1, 20], Gen.Int[0, 30]).Sample((executions, most) =>
        {
            var packing = new ExecutionPacking(new(most, most, most));
            var packed = Array.ConvertAll(executions, e => packing.Pack(e).ToArray());
            for (var i = 0; i < executions.Length; i++)
            {
                var again = packing.Unpack(packed[i]);
                Assert.Equal(executions[i], again);
                Assert.Equal(executions[i].Details?.Keys, again.Details?.Keys);
                Assert.Equal(executions[i].JobId, packing.JobOf(packed[i]));
                Assert.Equal(executions[i].DeploymentId, packing.DeploymentOf(packed[i]));
                Assert.True(PackedId.In(packed[i], packing.IdAt).SequenceEqual(PackedId.Of(executions[i].Id)));
                Assert.True(packing.Pack(executions[i]).SequenceEqual(packed[i]));
                foreach (var (other, bytes) in executions.Zip(packed))
                    if (!other.Equals(executions[i])) Assert.False(bytes.AsSpan().SequenceEqual(packed[i]));
            }
        }, iter: 200);

    [Fact]
    public void Rows_AnyPutsAndRemovals_HaveWhatADictionaryWould() =>
        Gen.Select(Executions, Gen.Int[0, 40], Gen.Bool, Gen.Bool).Array[0, 200].Sample(steps =>
        {
            var rows = new ExecutionRows(new(new(20, 20, 20)));
            var expected = new SortedDictionary<long, (Execution Execution, long Last)>();
            var last = 0L;
            foreach (var (any, n, goes, renamed) in steps)
            {
                // Keys far apart, so that chunks come and go; a removed execution comes back with the same key.
                var (key, id) = (1 + n * 397L, renamed ? $"other-{n}" : $"e-{n}");
                if (goes)
                {
                    if (expected.TryGetValue(key, out var gone)) rows.Remove(gone.Execution.Id);
                    rows.Remove("unknown");
                    expected.Remove(key);
                    continue;
                }
                if (expected.TryGetValue(key, out var before)) id = before.Execution.Id;
                var execution = any with { Id = id };
                rows.Put(execution, new Place(key, ++last), last);
                expected[key] = (execution, last);
            }
            Assert.Equal(expected.Count, rows.Count);
            Assert.Equal(expected.Select(e => (e.Key, e.Value.Execution, e.Value.Last)), rows.All().Select(k => (k.Key, k.Value, k.Last)));
            foreach (var (key, (execution, number)) in expected)
            {
                Assert.True(rows.TryGet(execution.Id, out var known));
                Assert.Equal((new Place(key, number), number), (known.Place, known.Commit));
                Assert.True(known.Has(execution));
                Assert.False(known.Has(execution with { Revision = execution.Revision ^ 1 }));
                Assert.Equal(execution, rows.OfKey(key)!.Value);
            }
            foreach (var n in Enumerable.Range(0, 41).Where(n => !expected.ContainsKey(1 + n * 397L)))
                Assert.True(rows.OfKey(1 + n * 397L) is null && rows.Find($"e-{n}") is null && rows.Find($"other-{n}") is null);
            foreach (var job in expected.Values.GroupBy(e => e.Execution.JobId, StringComparer.Ordinal))
                Assert.Equal(job.Select(e => e.Execution), rows.OfJob(job.Key).Select(k => k.Value));
            foreach (var deployment in expected.Values.GroupBy(e => e.Execution.DeploymentId, StringComparer.Ordinal))
                Assert.Equal(deployment.Select(e => e.Execution), rows.OfDeployment(deployment.Key).Select(k => k.Value));
            Assert.Equal(expected.Values.Select(e => e.Execution.DeploymentId).Distinct().Order(StringComparer.Ordinal), rows.Deployments().Order(StringComparer.Ordinal));
        }, iter: 60);

    [Fact]
    public void Has_DetailsInAnotherOrder_IsTheSame()
    {
        var rows = new ExecutionRows(new(new(20, 20, 20)));
        var execution = new Execution { Id = "e", Details = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        rows.Put(execution, new Place(1, 1), 1);

        Assert.True(rows.TryGet("e", out var known));
        Assert.True(known.Has(execution with { Details = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } }));
        Assert.False(known.Has(execution with { Details = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2" } }));
    }

    [Fact]
    public void Value_RemovedMeanwhile_IsWhatItWas()
    {
        var rows = new ExecutionRows(new(new(20, 20, 20)));
        rows.Put(new Execution { Id = "e", JobId = "job" }, new Place(1, 7), 1);
        Assert.True(rows.TryGet("e", out var known));

        rows.Remove("e");

        Assert.Equal(("job", 7), (known.Value.JobId, known.Last));
    }

    [Fact]
    public async Task Find_WhileExecutionsComeAndGo_GivesTheOneThatWasAskedFor()
    {
        var rows = new ExecutionRows(new(new(20, 20, 20)));
        for (var n = 1; n <= 500; n++) rows.Put(new Execution { Id = $"stays-{n}", JobId = $"job-{n}" }, new Place(n, n), 1);
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var looks = 0;
            do
                for (var n = 1; n <= 500; n++, looks++) Assert.Equal($"job-{n}", rows.Find($"stays-{n}")?.JobId);
            while (!done.IsCancellationRequested);
            return looks;
        }, CancellationToken.None);

        for (var n = 501; n <= 20_000; n++)
        {
            rows.Put(new Execution { Id = $"goes-{n}", JobId = "other" }, new Place(n, n), 1);
            if (n > 600) rows.Remove($"goes-{n - 100}");
            rows.Put(new Execution { Id = $"stays-{n % 500 + 1}", JobId = $"job-{n % 500 + 1}", Revision = n }, new Place(n % 500 + 1, n), 1);
        }
        await done.CancelAsync();

        Assert.True(await reading >= 500);
    }

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
