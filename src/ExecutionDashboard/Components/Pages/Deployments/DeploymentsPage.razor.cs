using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>The live list of deployments, newest first. Rows stand still; what is new waits behind a button.</summary>
public sealed partial class DeploymentsPage
{
    private const int PageSize = 50;

    private DeploymentQuery _query = new();
    private FleetStore? _store;
    private IReadOnlyList<string> _shown = [];
    private IReadOnlyList<DeploymentRow> _rows = [];
    private IReadOnlyList<string> _states = [];
    private IReadOnlyList<string> _strategies = [];
    private int _most = PageSize;
    private string _text = "";
    private int _new;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private OperationLog Operations { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take(Navigation.Uri);
        WatchAddress(DeploymentQuery.Path, () =>
        {
            Take(Navigation.Uri);
            return Task.FromResult(true);
        });
        Watch(Topics.Fleet | Topics.Operations | Topics.Status, _ => Follow());
    }

    private bool Follow()
    {
        var store = Replica.Store;
        if (_shown.Count == 0 || !ReferenceEquals(_store, store)) ShowNew();
        else
        {
            var held = _shown.ToHashSet(StringComparer.Ordinal);
            _new = store.Deployments.Count(d => !held.Contains(d.Id) && _query.Matches(d, store));
            Draw(store);
        }
        return true;
    }

    private void ShowNew()
    {
        var store = _store = Replica.Store;
        // What waits for a person comes first: it is what the list is opened for.
        _shown = [.. store.Deployments.Where(d => _query.Matches(d, store))
            .OrderBy(d => RolloutPhases.WaitsForPerson(d, store) ? 0 : d.IsOpen ? 1 : 2).Select(d => d.Id)];
        _states = [.. store.Deployments.Select(d => d.State).Where(s => s.Length > 0).Concat(_query.States).Distinct().Order()];
        _strategies = [.. store.Deployments.Select(d => d.Strategy?.Kind ?? "").Where(s => s.Length > 0).Concat(_query.Strategies).Distinct().Order()];
        _new = 0;
        Draw(store);
    }

    private void Draw(FleetStore store)
    {
        var now = Time.GetUtcNow();
        _rows = [.. _shown.Take(_most).Select(store.FindDeployment).OfType<Deployment>().Select(d => DeploymentRow.Of(d, store, Operations, now))];
    }

    private void More()
    {
        _most += PageSize;
        Draw(Replica.Store);
    }

    private void Go(DeploymentQuery query) => Navigation.NavigateTo(query.ToString());

    private void Take(string address)
    {
        _query = DeploymentQuery.Parse(address);
        _text = _query.Text;
        _most = PageSize;
        ShowNew();
    }

    private static IReadOnlyList<string> Toggle(IReadOnlyList<string> values, string value) => values.Contains(value) ? [.. values.Where(v => v != value)] : [.. values, value];

    private static string Pressed(bool on) => on ? "true" : "false";

    private static string Or(string text) => text.Length > 0 ? text : "–";
}
