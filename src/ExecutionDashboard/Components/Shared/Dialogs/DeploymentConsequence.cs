using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Describes what a command for a deployment does, with the known numbers. What the server does not send is stated as unknown.</summary>
public static class DeploymentConsequence
{
    /// <summary>The sentences for the dialog.</summary>
    /// <param name="kind">Promote, pause, resume or roll back.</param>
    /// <param name="view">The deployment.</param>
    /// <param name="back">For a rollback: the selected version; 0 for the previous one.</param>
    public static string Of(OperationKind kind, DeploymentView view, int back)
    {
        var version = view.Deployment.ToVersion is { } to ? $"version {to}" : "the new version";
        var (progress, reach) = (view.Progress, view.Reach);
        var waiting = kind == OperationKind.Promote ? reach.Rest : progress.NotPlaced;
        // That the remaining nodes run the previous version is obvious.
        var others = reach.Others.Values.Sum() == waiting ? "" : reach.OthersInWords;
        string[] sentences = kind switch
        {
            OperationKind.Promote => [$"Promotes {Format.Count(view.CanaryCount, "canary", "canaries")} of {version}.", Follow(waiting, view.Strategy), others, view.Limits.OnFailure],
            OperationKind.Pause => [$"Pauses the rollout: {Format.Count(progress.Placed, "node keeps", "nodes keep")} {version}.", Stay(waiting), others],
            OperationKind.Resume => [$"Continues the rollout of {version}.", Follow(waiting, view.Strategy), others, view.Limits.OnFailure],
            _ => [$"Starts a new deployment that takes {Format.Count(progress.Placed, "node", "nodes")} back{(back > 0 ? $" to version {back}" : "")}.", "This one ends as rolled back."],
        };
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    private static string Follow(int? rest, RolloutStrategy? strategy) => rest switch
    {
        null => $"The rest of its nodes follow{Waves(strategy)}; the server does not say how many.",
        0 => "No other node follows.",
        { } nodes => $"{Format.Count(nodes, "more node follows", "more nodes follow")}{Waves(strategy)}.",
    };

    private static string Stay(int? rest) => rest switch
    {
        null => "The rest of its nodes stay on their version until it is resumed; the server does not say how many.",
        0 => "",
        { } nodes => $"{Format.Count(nodes, "node stays on its", "nodes stay on their")} version until it is resumed.",
    };

    private static string Waves(RolloutStrategy? strategy) => strategy switch
    {
        null => "",
        { ParallelIsPercent: true } => $" in waves of {strategy.MaxParallel ?? 10} %",
        { MaxParallel: > 0 and var nodes } => $" in waves of {nodes}",
        { MaxParallel: 0 } => " all at once",
        _ => "",
    };
}
