using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Layout.Palette;

/// <summary>States of things as markup: icon, word and colour.</summary>
internal static class Signs
{
    /// <summary>State of an execution.</summary>
    public static MarkupString Of(Execution execution) => StateChip.Of(execution.Actual.State, lastKnown: false);

    /// <summary>State of a job.</summary>
    public static MarkupString Of(Job job) => Sign(JobLabels.Css(job.State), JobLabels.Icon(job.State), JobLabels.State(job.State));

    /// <summary>Connection of a node.</summary>
    public static MarkupString Connection(string connection) => Sign(NodeLabels.Class(connection), NodeLabels.Icon(connection), NodeLabels.Connection(connection));

    /// <summary>State of a deployment.</summary>
    public static MarkupString Of(Deployment deployment) => Markup.Of($"""<span class="state">{DeploymentLabels.State(deployment.State)}</span>""");

    private static MarkupString Sign(string css, string icon, string word) => Markup.Of($"""<span class="state {css}">{Icon.Of(icon)}<span>{word}</span></span>""");
}
