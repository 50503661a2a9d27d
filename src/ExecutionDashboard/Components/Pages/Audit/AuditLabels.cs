using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Components.Pages.Audit;

/// <summary>Words and addresses for the audit.</summary>
public static class AuditLabels
{
    /// <summary>Outcomes that the list filters by, in the order of an act.</summary>
    public static IReadOnlyList<AuditOutcome> Outcomes { get; } = Enum.GetValues<AuditOutcome>();

    /// <summary>The word for an outcome.</summary>
    public static string Outcome(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Asked => "Requested",
        AuditOutcome.NotSeen => "Not seen",
        AuditOutcome.Unknown => "Result unknown",
        _ => outcome.ToString(),
    };

    /// <summary>Whether it needs a second look.</summary>
    public static bool IsBad(AuditOutcome outcome) => outcome is AuditOutcome.Refused or AuditOutcome.Failed or AuditOutcome.NotSeen or AuditOutcome.Unknown;

    /// <summary>An action as a label.</summary>
    public static string Action(string action) => action.Length == 0 ? "–" : char.ToUpperInvariant(action[0]) + action[1..];

    /// <summary>What was acted on, in words; empty for nothing in particular.</summary>
    public static string Target(AuditTarget target) => target.Name.Length > 0 ? target.Name : target.Id;

    /// <summary>Its page; null for what has none.</summary>
    public static string? Address(AuditTarget target) => target.Id.Length == 0 ? null : target.Kind switch
    {
        AuditTarget.Execution => ExecutionView.Address(target.Id),
        AuditTarget.Job => JobLabels.Address(target.Id),
        AuditTarget.Deployment => DeploymentLabels.Address(target.Id),
        AuditTarget.Problem => $"attention?open={Uri.EscapeDataString(target.Id)}",
        _ => null,
    };
}
