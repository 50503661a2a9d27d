using ExecutionDashboard.Fleet;
using ExecutionDashboard.Tests.Simulator;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>Where nothing is wrong, nothing is named.</summary>
public class SilenceTests
{
    [Fact]
    public void Look_HealthyRolloutAndAQuietHour_NamesNothing()
    {
        var fleet = SimulatedFleet.Of("rolling-slow", "deployment");
        var store = new SimulatedStore(fleet);
        for (var minute = 0; minute <= 60; minute++)
        {
            Assert.Equal([], store.Look().Select(p => $"{fleet.Elapsed:0} s: {p.Id}: {p.Summary}"));
            fleet.Pass(60);
        }
    }

    [Fact]
    public void Look_RolloutOfTenThousandHealthyNodes_NamesNothing()
    {
        const int nodes = 10_000, wave = 1_000;
        var fleet = new AttentionFleet().Has(Enumerable.Range(0, nodes).Select(i => AttentionFleet.Node($"n{i}", i % 2 == 0 ? "eu" : "us")))
            .Has(Enumerable.Range(0, nodes).Select(i => AttentionFleet.Run($"v1-{i}", $"n{i}", "running", -1000)));
        fleet.Has(new Job { Id = "job", Version = 2, State = "deploying", CreatedAt = AttentionFleet.At(-2000), UpdatedAt = AttentionFleet.Start });
        for (var at = 0; at < nodes; at += wave)
        {
            var second = at * 30.0 / wave;
            fleet.Apply(FleetChange.Of(Rollout(second, at)));
            foreach (var (state, after) in new[] { ("pending", 0), ("starting", 3), ("running", 12) })
            {
                fleet.Has(Enumerable.Range(at, wave).Select(i => AttentionFleet.Run($"v2-{i}", $"n{i}", state, second + after, version: 2, previous: $"v1-{i}", created: second)));
                Assert.Equal([], fleet.ProblemsAt(second + after).Select(p => $"{second + after} s: {p.Id}: {p.Summary}"));
            }
        }
    }

    private static Deployment Rollout(double at, int updated) => new()
    {
        Id = Deployment.IdOf("job", 2), JobId = "job", IsRollout = true, FromVersion = 1, ToVersion = 2, State = "in_progress", TotalNodes = 10_000, UpdatedNodes = updated,
        Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = 10, ParallelIsPercent = true }, CreatedAt = AttentionFleet.Start, UpdatedAt = AttentionFleet.At(at), LastProgressAt = AttentionFleet.At(at),
    };
}
