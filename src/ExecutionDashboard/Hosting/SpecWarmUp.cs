using System.Text;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Renders a sample spec a few times when the pages are ready, so that its code is compiled. Otherwise the first long spec that somebody opens takes half a second.
/// </summary>
internal sealed class SpecWarmUp(PageWarmUp pages, TimeProvider time) : BackgroundService
{
    private const int Rounds = 30, Steps = 100;

    // Leave time for the compiler between rounds.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await pages.Done.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RunAsync(time, stoppingToken);
    }

    /// <summary>Runs all rounds.</summary>
    public static async Task RunAsync(TimeProvider time, CancellationToken stop)
    {
        var (json, other) = (Spec("a"), Spec("b"));
        for (var round = 0; round < Rounds && !stop.IsCancellationRequested; round++)
        {
            SecretMask.Mask(json);
            foreach (var syntax in Enum.GetValues<SpecSyntax>()) SpecLines.Of(json, syntax);
            SpecComparison.Of(SpecValue.Parse(json)!, SpecValue.Parse(other)!);
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Spec(string name)
    {
        var text = new StringBuilder("""{"name":"warm","config":{"steps":[""");
        for (var i = 0; i < Steps; i++)
            text.Append(i == 0 ? "" : ",").Append($$"""{"mapping":"root = this\nroot.x = {{i}}","label":"{{name}} {{i}}","url":"https://user:word@host/{{i}}?c=d","on":true,"n":{{i}}}""");
        return text.Append("]}}").ToString();
    }
}
