using ExecutionDashboard.Components.Shared.Text;

namespace ExecutionDashboard.Components.Layout;

/// <summary>What is said in several places of a moment that is not shown yet.</summary>
internal static class PastText
{
    /// <summary>Why it waits.</summary>
    /// <param name="moments">How many others are looked at.</param>
    public static string Waits(int moments) => $"{Format.Count(moments, "other moment")} of the fleet {(moments == 1 ? "is" : "are")} being looked at, and there is no memory for one more. This one is shown when one of them was left, or not used for half a minute.";
}
