using CsCheck;

namespace ExecutionDashboard.Tests.Feed.History;

/// <summary>Something that happens in a random story.</summary>
internal sealed record Happening(int Thing, int Node, int State, int Passed, int Jump);

/// <summary>Random stories of a few executions and nodes.</summary>
internal static class StoryGen
{
    private static readonly string[] States = ["pending", "running", "degraded", "failed", "stopped", "a state of its own"];
    private static readonly string[] Connections = ["connected", "disconnected", "lost"];

    // Most clocks tell the time; some are seconds off, some hours, some in another century.
    private static readonly Gen<int> Jump =
        Gen.Frequency((8, Gen.Const(0)), (3, Gen.Int[-400, 400]), (1, Gen.Int[0, 2].Select(i => new[] { -7_200, 7_200, 2_000_000_000 }[i])));

    public static Gen<Happening> Any { get; } = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 7], Gen.Int[0, 90], Jump)
        .Select((thing, node, state, passed, jump) => new Happening(thing, node, state, passed, jump));

    /// <summary>Tells a feed what happens, beginning at its start.</summary>
    public static void Tell(FeedRig feed, LaneStory story, IEnumerable<Happening> happenings)
    {
        var seen = FeedRig.Start;
        foreach (var (thing, node, state, passed, jump) in happenings)
        {
            seen = seen.AddSeconds(passed);
            var told = thing > 7
                ? story.NodeAsync(feed, $"n{node}", state > 6 ? null : Connections[state % 3], seen.AddSeconds(jump), seen)
                : story.ExecutionAsync(feed, $"e{thing}", $"n{thing % 3 + node / 2}", state > 6 ? null : States[state % 6], seen.AddSeconds(jump), seen);
            told.GetAwaiter().GetResult();
        }
    }
}
