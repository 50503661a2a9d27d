namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>One thing that goes wrong and is mended again.</summary>
/// <param name="Kind">What happens, such as <c>kill a feed</c>.</param>
/// <param name="What">To what.</param>
/// <param name="Lasts">How long.</param>
/// <param name="Hits">The dashboard that it happens to; null when it is another part.</param>
/// <param name="BeginAsync">Makes it happen.</param>
/// <param name="EndAsync">Mends it.</param>
internal sealed record Fault(string Kind, string What, TimeSpan Lasts, Uri? Hits, Func<Task> BeginAsync, Func<Task> EndAsync)
{
    private const double Down = 3;

    /// <summary>The next one.</summary>
    /// <param name="fleet">To what it happens.</param>
    /// <param name="chance">Chooses.</param>
    /// <param name="longest">How long it lasts at most, seconds. Most are over much sooner.</param>
    public static Fault Next(ChaosFleet fleet, Random chance, double longest)
    {
        var lasts = TimeSpan.FromSeconds(Math.Min(longest, chance.Next(10) == 0 ? longest : 0.5 + chance.NextDouble() * 8));
        var program = fleet.Programs[chance.Next(fleet.Programs.Count)];
        var what = ChaosFleet.NameOf(program);
        var part = what.Split(' ')[0];
        switch (chance.Next(10))
        {
            case < 3:
                return new($"kill a {part}", what, TimeSpan.FromSeconds(chance.NextDouble() * Down), fleet.DashboardOf(program), () => fleet.KillAsync(program), () => fleet.StartAsync(program));
            case < 5:
                return new($"freeze a {part}", what, lasts, fleet.DashboardOf(program), () => fleet.SignalAsync(program, "STOP"), () => fleet.SignalAsync(program, "CONT"));
            case < 9:
                var links = fleet.Links.ToList();
                var link = links[chance.Next(links.Count)];
                var isSilent = chance.Next(2) == 0;
                return new($"{(isSilent ? "silence" : "cut")} {Anonymous(link.Name)}", link.Name, lasts, null, Do(isSilent ? link.Silence : link.Cut), Do(link.Mend));
            default:
                return new("restart the database", "database", TimeSpan.FromSeconds(chance.NextDouble() * Down), null, Do(fleet.KillDatabase), Do(fleet.StartDatabase));
        }
    }

    private static string Anonymous(string name) => string.Concat(name.Where(c => !char.IsDigit(c))).Replace("  ", " ", StringComparison.Ordinal).Trim();

    private static Func<Task> Do(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
