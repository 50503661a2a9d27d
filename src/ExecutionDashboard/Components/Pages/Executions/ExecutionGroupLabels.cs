using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Texts of groups of executions.</summary>
public static class ExecutionGroupLabels
{
    private const int MostLabels = 40;

    private static readonly (GroupField Field, string Word, string None)[] Fields =
    [
        (GroupField.Job, "job", "no job"), (GroupField.Version, "job and version", "no job"), (GroupField.State, "state", "unknown"), (GroupField.Error, "error code", "no error code"),
        (GroupField.Node, "node", "no node"), (GroupField.Deployment, "deployment", "no deployment"), (GroupField.Namespace, "namespace", "no namespace"), (GroupField.Type, "job type", "no type"),
        (GroupField.Plane, "plane", "no plane"),
    ];

    /// <summary>What executions can be grouped by: as in the address, and in words. Labels that divide the nodes into few parts come first.</summary>
    public static IEnumerable<(string Code, string Word)> Choices(FleetStore store)
    {
        foreach (var (field, word, _) in Fields.Where(f => f.Field != GroupField.Plane || store.Planes.AreSeveral)) yield return (new ExecutionGrouping(field).ToString(), char.ToUpperInvariant(word[0]) + word[1..]);
        foreach (var key in LabelChoices.Of(store.NodeFacets, store.NodeCount).Take(MostLabels)) yield return (new ExecutionGrouping(GroupField.Label, key).ToString(), "Label " + key);
    }

    /// <summary>A grouping in words: <c>job</c>, <c>label region</c>.</summary>
    public static string Word(ExecutionGrouping grouping) => grouping.Field == GroupField.Label ? "label " + grouping.Label : Array.Find(Fields, f => f.Field == grouping.Field).Word ?? "";

    /// <summary>Name of a group.</summary>
    public static string Name(ExecutionGrouping grouping, ExecutionGroup group)
    {
        var name = !group.IsWithout && group.Name.Length > 0 ? Masked.Text(group.Name)
            : grouping.Field == GroupField.Label ? (group.IsWithout ? "no " + grouping.Label : grouping.Label + " is empty")
            : Array.Find(Fields, f => f.Field == grouping.Field).None;
        return grouping.Field == GroupField.Version ? $"{name} v{group.Version}" : name;
    }

    /// <summary>The group of an execution, as an export has it; empty for those without a value.</summary>
    public static string Of(Execution execution, ExecutionGrouping grouping, FleetStore store) => grouping.Field switch
    {
        GroupField.Job => store.FindJob(execution.JobId)?.DisplayName ?? execution.JobId,
        GroupField.Version => $"{store.FindJob(execution.JobId)?.DisplayName ?? execution.JobId} v{execution.JobVersion}",
        GroupField.State => execution.Actual.State.Name,
        GroupField.Error => Masked.Text(ErrorCodes.Of(execution)),
        GroupField.Node => store.FindNode(execution.NodeId)?.DisplayName ?? execution.NodeId,
        GroupField.Deployment => execution.DeploymentId.Length > 0 || execution.JobId.Length == 0 ? execution.DeploymentId : Deployment.IdOf(execution.JobId, execution.JobVersion),
        GroupField.Namespace => execution.Namespace,
        GroupField.Type => execution.JobType,
        GroupField.Plane => store.Planes.Of(execution.Id),
        GroupField.Label => Masked.Text(store.FindNode(execution.NodeId)?.Labels.GetValueOrDefault(grouping.Label) ?? store.FindJob(execution.JobId)?.Labels.GetValueOrDefault(grouping.Label) ?? ""),
        _ => "",
    };

    /// <summary>Its executions by state.</summary>
    public static IReadOnlyList<GroupPart> Parts(ExecutionGroup group) =>
        [.. group.Counts.WorstFirst().Select(part => new GroupPart(StateStyle.Class(part.State), Icon.Of(StateStyle.Icon(part.State)), StateStyle.Word(part.State), part.Count))];
}
