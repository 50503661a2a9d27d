using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Overview;

/// <summary>How much changed lately, as the overview draws it.</summary>
/// <param name="LastMinute">How many changes in the last minute.</param>
/// <param name="Address">Address of the list of what changed in it.</param>
/// <param name="Line">Changes over the last half hour.</param>
public sealed record ChangeOverview(string LastMinute, string Address, MarkupString Line)
{
    /// <summary>What follows the number.</summary>
    public string Words { get; private init; } = "in the last minute";

    /// <summary>The changes up to now.</summary>
    /// <param name="rate">What is counted.</param>
    /// <param name="now">Now.</param>
    /// <param name="isLoaded">The fleet has been loaded: before that nothing is counted.</param>
    public static ChangeOverview Of(ChangeRate rate, DateTimeOffset now, bool isLoaded) => new(
        Format.Count(rate.PerMinute(), isLoaded), ExecutionListUrl.For(new() { UpdatedFrom = Second(now).AddMinutes(-1) }),
        Sparkline.Of(rate.Series(), "Changes every ten seconds, up to the last half hour"));

    /// <summary>The changes up to a moment of the past, which nobody counted: a link to what changed last in the minute before it.</summary>
    public static ChangeOverview Past(DateTimeOffset at) => new("Executions", ExecutionListUrl.For(new() { UpdatedFrom = Second(at).AddMinutes(-1) }), Markup.Of($"""<p class="quiet">Changes a minute are not recorded.</p>""")) { Words = "that changed last in the minute before" };

    // An address made of a moment must not change with every tick.
    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
