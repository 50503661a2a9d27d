using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>How bulk runs go: section <c>Bulk</c> of the configuration.</summary>
public sealed class BulkOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Bulk";

    /// <summary>Requests a second to the control plane, of all bulk runs together, 1 – 1000.</summary>
    public int RequestsPerSecond { get; set; } = 10;

    /// <summary>How long to wait for the effect of an accepted command before it is listed as not seen, 1 s – 1 h.</summary>
    public TimeSpan SeenLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Nodes above which a second person must approve a run, 0 – 1000000; 0: none needs to.</summary>
    public int ApproveAbove { get; set; }

    /// <summary>How long a run waits for the approval, 1 min – 24 h.</summary>
    public TimeSpan ApproveWithin { get; set; } = TimeSpan.FromMinutes(10);
}

/// <summary>Refuses what makes no sense, by the name of the key.</summary>
internal sealed class BulkOptionsCheck(AccessSettings access) : IValidateOptions<BulkOptions>
{
    public ValidateOptionsResult Validate(string? name, BulkOptions options)
    {
        var problems = new List<string>();
        if (options.RequestsPerSecond is < 1 or > 1_000) problems.Add($"Bulk:RequestsPerSecond is {options.RequestsPerSecond}: it must be 1 to 1000.");
        if (options.SeenLimit < TimeSpan.FromSeconds(1) || options.SeenLimit > TimeSpan.FromHours(1)) problems.Add($"Bulk:SeenLimit is {options.SeenLimit}: it must be 00:00:01 to 01:00:00 (hours:minutes:seconds).");
        if (options.ApproveAbove is < 0 or > 1_000_000) problems.Add($"Bulk:ApproveAbove is {options.ApproveAbove}: it must be 0 to 1000000.");
        if (options.ApproveWithin < TimeSpan.FromMinutes(1) || options.ApproveWithin > TimeSpan.FromHours(24)) problems.Add($"Bulk:ApproveWithin is {options.ApproveWithin}: it must be 00:01:00 to 1.00:00:00 (days.hours:minutes:seconds).");
        if (options.ApproveAbove > 0 && !access.TellsPeopleApart)
            problems.Add("Bulk:ApproveAbove needs a second person, and nobody signs in under a name: set Auth:Mode to Oidc or Proxy, or leave Bulk:ApproveAbove out.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
