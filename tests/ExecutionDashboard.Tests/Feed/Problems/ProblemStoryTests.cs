using System.Text.Json;
using CsCheck;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Tests.Feed.Problems;

/// <summary>Whatever is reported and said: a restart changes nothing, and any past moment is told as it was.</summary>
public sealed class ProblemStoryTests
{
    private static readonly string[] Ids = ["a", "b/c", "d"];

    // A step: which problems are open with which severity (0: not), how many nodes, who does something, and how much time passes.
    private static readonly Gen<(int[] Open, int Nodes, int Said, int Seconds)> Step =
        Gen.Select(Gen.Int[0, 3].Array[Ids.Length], Gen.Int[1, 30], Gen.Int[0, 5], Gen.Int[1, 4_000]);

    [Fact]
    public void Story_AnyReports_AreTheSameAfterARestartAndAtAnyMoment() => Step.Array[1, 12].Sample(story =>
    {
        using var rig = new ProblemRig();
        var then = new List<(DateTimeOffset At, string Open)>();
        foreach (var (open, nodes, said, seconds) in story)
        {
            Assert.Null(rig.Report(Reported(open, nodes)));
            switch (said)
            {
                case 0: rig.Store.Acknowledge("a", "Ann", rig.Now.AddMinutes(nodes)); break;
                case 1: rig.Store.Acknowledge("a", "Ann", null); break;
                case 2: rig.Store.Unacknowledge("a", "Bob"); break;
                case 3: rig.Store.Comment("a", "Cy", $"{nodes}"); break;
            }
            rig.Service.Step();
            then.Add((rig.Now, Severities(rig.Store.Open().Items)));
            rig.Time.Advance(TimeSpan.FromSeconds(seconds));
        }
        // Told again, as dashboards do: a number that moved a little within a minute has no row before.
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(rig.Report(Reported(story[^1].Open, story[^1].Nodes)));
        rig.Service.Step();
        var before = JsonSerializer.Serialize(rig.Store.Open().Items);

        rig.Restart();

        Assert.Equal(before, JsonSerializer.Serialize(rig.Store.Open().Items));
        foreach (var (at, open) in then) Assert.Equal(open, Severities(rig.Reader.At(at).Items));
        foreach (var id in Ids) Assert.DoesNotMatch("Opened( (Changed|Acknowledged|Unacknowledged|Commented))* Opened|Resolved (?!Opened)", rig.Events(id));
    }, iter: TestStorage.Stories(20), threads: 1);

    private static Problem[] Reported(int[] open, int nodes) =>
        [.. Ids.Where((_, i) => open[i] > 0).Select(id => ProblemRig.Problem(id, (ProblemSeverity)(open[Array.IndexOf(Ids, id)] - 1), nodes))];

    private static string Severities(IEnumerable<ProblemRecord> open) => string.Join(' ', open.Select(r => $"{r.Problem.Id}:{r.Problem.Severity}").Order(StringComparer.Ordinal));
}
