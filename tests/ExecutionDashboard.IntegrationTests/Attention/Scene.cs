using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>What a scenario must show: one cause, named in time, with its evidence, and gone once it is mended.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Cause">The cause.</param>
/// <param name="Evidence">Part of a fact that it must name.</param>
internal sealed record Scene(string Scenario, ProblemCause Cause, string Evidence)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The thresholds.</summary>
    public AttentionOptions Options { get; init; } = new();
    /// <summary>Time from its beginning until it must be named.</summary>
    public TimeSpan Threshold { get; init; }
    /// <summary>How many times faster the scenario goes.</summary>
    public double Speed { get; init; } = 1;
    /// <summary>Seconds from the start within which it must be named.</summary>
    public double Within { get; init; } = 60;
    /// <summary>Seconds within which it must be gone after that.</summary>
    public double Gone { get; init; } = 240;
    /// <summary>Causes that are true beside it.</summary>
    public ProblemCause[] Beside { get; init; } = [];
    /// <summary>What an operator does about it; nothing, where the scenario mends itself.</summary>
    public Func<Stage, Task>? Remedy { get; init; }

    /// <summary>Plays it.</summary>
    public async Task PlayAsync(string generation)
    {
        await using var stage = await Stage.BeginAsync(Scenario, generation, Options, Speed);
        Assert.True(stage.Open.Count == 0 || stage.Open.All(p => p.Cause == Cause), $"Before anything happened: {stage.Told()}");

        await stage.UntilAsync(open => open.Any(p => p.Cause == Cause), Within);
        Assert.True(stage.Open.Count(p => p.Cause == Cause) == 1 && stage.Open.All(p => p.Cause == Cause || Beside.Contains(p.Cause)), $"Not this cause alone: {stage.Told()}");
        var problem = stage.Open.Single(p => p.Cause == Cause);
        Assert.True(stage.Now <= problem.Since + Threshold + Grace, $"{(stage.Now - problem.Since).TotalSeconds:0} s after it began: {stage.Told()}");
        Assert.True(problem.Evidence.Any(e => e.Text.Contains(Evidence, StringComparison.Ordinal)), $"'{Evidence}' is not in: {stage.Told()}");
        Assert.NotEmpty(problem.NextSteps);

        if (Remedy is not null) await Remedy(stage);
        await stage.UntilAsync(open => open.All(p => Beside.Contains(p.Cause)), Gone);
    }
}
