using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Things;

/// <summary>What a thing with a page of its own is.</summary>
public enum ThingKind
{
    /// <summary>A job.</summary>
    Job,
    /// <summary>A node.</summary>
    Node,
    /// <summary>A deployment.</summary>
    Deployment,
    /// <summary>A problem.</summary>
    Problem,
    /// <summary>An execution.</summary>
    Execution,
}

/// <summary>A thing with a page of its own.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
public sealed record FleetThing(ThingKind Kind, string Id)
{
    // The longest id that a control plane may give.
    private const int LongestId = 512;

    /// <summary>Address of its page, relative to the base.</summary>
    public string Address => Kind switch
    {
        ThingKind.Job => JobLabels.Address(Id),
        ThingKind.Node => NodeLabels.Address(Id),
        ThingKind.Deployment => DeploymentLabels.Address(Id),
        ThingKind.Problem => ProblemLabels.Address(Id),
        _ => ExecutionView.Address(Id),
    };

    /// <summary>The thing that a page shows, or that is open beside a list; null when there is none.</summary>
    /// <param name="address">The address, relative to the base.</param>
    public static FleetThing? At(string address)
    {
        var path = address.Split('?', '#')[0];
        var opened = QueryText.OfAddress(address).LastOrDefault(pair => pair.Key == "open").Value ?? "";
        var thing = path switch
        {
            "executions" or "timeline" => new FleetThing(ThingKind.Execution, opened),
            "attention" => new(ThingKind.Problem, opened),
            _ when ExecutionView.IdIn(address) is { } id => new(ThingKind.Execution, id),
            _ when NodeLabels.IdIn(address) is { } id => new(ThingKind.Node, id),
            _ when JobLabels.IdIn(address) is { } id => new(ThingKind.Job, id),
            _ when DeploymentLabels.IdIn(address) is { } id => new(ThingKind.Deployment, id),
            _ => null,
        };
        return thing is { Id.Length: > 0 and <= LongestId } ? thing : null;
    }
}
