namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>Something that fails, and works again after a while.</summary>
/// <param name="Kind">What happens, such as <c>kill a feed</c>.</param>
/// <param name="What">To what.</param>
/// <param name="Lasts">How long.</param>
/// <param name="Hit">The dashboard that cannot be live meanwhile; null when all can.</param>
/// <param name="BeginAsync">Makes it fail.</param>
/// <param name="EndAsync">Mends it.</param>
internal sealed record Fault(string Kind, string What, TimeSpan Lasts, Uri? Hit, Func<Task> BeginAsync, Func<Task> EndAsync)
{
    private const double MostSecondsDown = 3, MostSecondsCut = 8, LeastSeconds = 0.5;

    /// <summary>SIGKILL, and a start after a while.</summary>
    public static Fault Kill(ChaosFleet fleet, int program, TimeSpan down) =>
        new($"kill {ChaosFleet.KindOf(program)}", ChaosFleet.NameOf(program), down, fleet.DashboardOf(program), () => fleet.KillAsync(program), () => fleet.StartAsync(program));

    /// <summary>SIGSTOP, and SIGCONT after a while.</summary>
    public static Fault Freeze(ChaosFleet fleet, int program, TimeSpan lasts) =>
        new($"freeze {ChaosFleet.KindOf(program)}", ChaosFleet.NameOf(program), lasts, fleet.DashboardOf(program), Do(() => fleet.Freeze(program)), Do(() => fleet.Thaw(program)));

    /// <summary>Connections are reset, and refused for a while.</summary>
    public static Fault Cut((string Kind, IReadOnlyList<Link> Links) links, TimeSpan lasts) =>
        new($"cut {links.Kind}", links.Links[0].Name, lasts, null, Do(() => Each(links.Links, link => link.Cut())), Do(() => Each(links.Links, link => link.Mend())));

    /// <summary>Connections stay and carry nothing for a while.</summary>
    public static Fault Stall((string Kind, IReadOnlyList<Link> Links) links, TimeSpan lasts) =>
        new($"stall {links.Kind}", links.Links[0].Name, lasts, null, Do(() => Each(links.Links, link => link.Stall())), Do(() => Each(links.Links, link => link.Mend())));

    /// <summary>Redis is killed, and started after a while.</summary>
    public static Fault Redis(ChaosFleet fleet, TimeSpan down) => new("Redis down", "Redis", down, null, fleet.KillRedisAsync, fleet.StartRedisAsync);

    /// <summary>PostgreSQL is stopped as by a power failure, and started after a while.</summary>
    public static Fault Database(ChaosFleet fleet, TimeSpan down) => new("restart PostgreSQL", "PostgreSQL", down, null, Do(fleet.KillDatabase), Do(fleet.StartDatabase));

    /// <summary>One of all kinds.</summary>
    /// <param name="fleet">To what it happens.</param>
    /// <param name="chance">Chooses.</param>
    /// <param name="longest">How long a freeze or a cut lasts at most, seconds. One in ten lasts so long; most are over much sooner.</param>
    public static Fault Next(ChaosFleet fleet, Random chance, double longest)
    {
        // All are drawn each time, so that a seed gives the same faults whatever happens.
        var (kind, program, isLongest, share) = (chance.Next(20), fleet.Programs[chance.Next(fleet.Programs.Count)], chance.Next(10) == 0, chance.NextDouble());
        var links = fleet.Links()[chance.Next(fleet.Links().Count)];
        var down = TimeSpan.FromSeconds(share * MostSecondsDown);
        var lasts = TimeSpan.FromSeconds(isLongest ? longest : Math.Min(longest, LeastSeconds + share * MostSecondsCut));
        return kind switch
        {
            < 5 => Kill(fleet, program, down),
            // Every other one lasts longer than a lease.
            < 9 => Freeze(fleet, program, share < 0.5 && !isLongest ? TimeSpan.FromSeconds(Math.Min(longest, 12 + share * MostSecondsCut)) : lasts),
            < 13 => Cut(links, lasts),
            < 17 => Stall(links, lasts),
            17 => Redis(fleet, lasts),
            _ => Database(fleet, down),
        };
    }

    private static void Each(IReadOnlyList<Link> links, Action<Link> act)
    {
        foreach (var link in links) act(link);
    }

    private static Func<Task> Do(Action action) => () => Task.Run(action);
}
