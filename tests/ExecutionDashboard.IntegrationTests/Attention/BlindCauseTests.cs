using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>What keeps the dashboard from knowing, through the watch that pages read, by the real time: it is this process's clock that counts.</summary>
public class BlindCauseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly AttentionOptions Thresholds = new() { ControlPlaneUnreachable = Second, FeedLost = Second, LogUnwritable = Second, ListIncomplete = Second };

    [Theory]
    [InlineData("control-plane-silent", "deployment", ProblemCause.ControlPlaneUnreachable, "the server is restarting")]
    [InlineData("list-incomplete", "rollout", ProblemCause.ListIncomplete, "has no id")]
    public async Task Scenario_IsNamedAndGoneOnceItIsMended(string scenario, string generation, ProblemCause cause, string evidence)
    {
        await using var stage = await Stage.BeginAsync(scenario, generation, Thresholds);
        using var watch = new Watch(stage);
        stage.PassUnseen(TimeSpan.FromSeconds(6));
        await watch.NamesAsync(cause, evidence);
        for (var passed = 0; passed < 150; passed += 10) stage.PassUnseen(TimeSpan.FromSeconds(10));
        await watch.NamesNothingAsync();
    }

    [Fact]
    public async Task FeedThatEnded_IsNamed()
    {
        await using var stage = await Stage.BeginAsync("disk-full", "deployment", Thresholds);
        using var watch = new Watch(stage);
        await stage.EndFeedAsync();
        await watch.NamesAsync(ProblemCause.FeedLost, "");
    }

    [Fact]
    public async Task LogThatIsLocked_IsNamedAndGoneOnceItTakesChanges()
    {
        await using var stage = await Stage.BeginAsync("rolling-slow", "deployment", Thresholds);
        using var watch = new Watch(stage);
        using (var other = new SqliteConnection($"Data Source={stage.LogFile};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction();
            stage.PassUnseen(TimeSpan.FromSeconds(3));
            await watch.NamesAsync(ProblemCause.LogUnwritable, "The change log cannot be written");
        }
        await watch.NamesNothingAsync();
    }

    private sealed class Watch : IDisposable
    {
        private readonly LiveSignals _signals = new(TimeProvider.System);
        private readonly Problems _problems;
        private readonly AttentionWatch _watch;

        public Watch(Stage stage)
        {
            _problems = new(_signals);
            _watch = new(stage.Replica, _problems, Options.Create(Thresholds), TimeProvider.System, NullLogger<AttentionWatch>.Instance);
        }

        public Task NamesAsync(ProblemCause cause, string evidence) => Eventually.HoldsAsync(() => Task.FromResult(Told() is var told && told.Exists(p => p.Cause == cause && p.Evidence.Any(e => e.Text.Contains(evidence, StringComparison.Ordinal)) && p.NextSteps.Count > 0)
            && told.TrueForAll(p => p.Cause == cause) ? null : Text(told)));

        public Task NamesNothingAsync() => Eventually.HoldsAsync(() => Task.FromResult(Told() is { Count: > 0 } told ? Text(told) : null));

        public void Dispose()
        {
            _watch.Dispose();
            _signals.Stop();
        }

        private List<Problem> Told()
        {
            _watch.Look();
            // The simulator's time is not ours, so ages are wrong here: only what is not known counts.
            return [.. _problems.Open.Select(shown => shown.Problem).Where(p => p.Cause >= ProblemCause.ControlPlaneUnreachable)];
        }

        private static string Text(List<Problem> told) => "Open are: " + string.Join("; ", told.Select(p => $"{p.Id}: {string.Join(" | ", p.Evidence.Select(e => e.Text))}"));
    }
}
