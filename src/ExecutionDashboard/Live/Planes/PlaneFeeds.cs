using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Live.Planes;

/// <summary>The feed of one of several planes.</summary>
/// <param name="Plane">The plane's name.</param>
/// <param name="Address">Where its feeds are.</param>
public sealed record PlaneFeed(string Plane, IFeedAddress Address);

/// <summary>The feeds of several planes, for questions about what they have.</summary>
/// <param name="planes">The planes.</param>
/// <param name="all">The feed of each, in the same order.</param>
/// <param name="fleet">The fleet of all of them.</param>
public sealed class PlaneFeeds(FleetPlanes planes, IReadOnlyList<PlaneFeed> all, Replica fleet)
{
    /// <summary>The feed of each plane.</summary>
    public IReadOnlyList<PlaneFeed> All => all;

    /// <summary>Sequence number of the fleet of all planes now. What a feed answers to a question that is asked later has all changes up to it.</summary>
    public long Sequence => fleet.Sequence;

    /// <summary>The log that the fleet's numbers are of.</summary>
    public string LogId => fleet.LogId;

    /// <summary>The feed that knows an id, and the id as it has it; null for the id of no plane.</summary>
    public (PlaneFeed Feed, string Id)? Of(string id)
    {
        var plane = planes.Of(id);
        foreach (var feed in all)
            if (plane.Length > 0 && feed.Plane == plane) return (feed, planes.OwnId(id));
        return null;
    }

    /// <summary>Asks all planes at once. Those that do not answer are named in the problem, with the reason; it is null when all answer.</summary>
    public async Task<(IReadOnlyList<(string Plane, T Answer)> Answers, string? Problem)> AskAllAsync<T>(IEnumerable<PlaneFeed> feeds, Func<PlaneFeed, Task<(T? Answer, string? Problem)>> ask) where T : class
    {
        var asked = await Task.WhenAll(feeds.Select(async feed => (feed.Plane, Told: await ask(feed))));
        var problems = asked.Where(one => one.Told.Problem is not null).Select(one => $"{one.Plane}: {one.Told.Problem}").ToList();
        return ([.. asked.Where(one => one.Told.Answer is not null).Select(one => (one.Plane, one.Told.Answer!))], problems.Count == 0 ? null : string.Join(' ', problems));
    }
}
