using System.Globalization;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Shared.Keys;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Layout.Palette;

/// <summary>A page that a pasted text names: its address here with its filters, from an address with any host, or from a line of <c>expanso-cli</c> that lists.</summary>
/// <param name="Name">The page's name.</param>
/// <param name="Icon">Its icon, without prefix.</param>
/// <param name="Address">Its address, relative to the base.</param>
/// <param name="Filters">Its filters as they stand in the address; may be empty.</param>
internal sealed record PastedPage(string Name, string Icon, string Address, string Filters)
{
    /// <summary>Reads a text; null when it names no page.</summary>
    /// <param name="text">As pasted.</param>
    /// <param name="store">Knows jobs and nodes by name.</param>
    public static PastedPage? Read(string text, FleetStore store) => PastedText.ListOf(text) is { } list ? At(AddressOf(list, store)) : OfAddress(text.Trim().Trim('"', '\'', '`', '<', '>'));

    private static string AddressOf(PastedList list, FleetStore store) => list.Kind switch
    {
        FleetKind.Execution => ExecutionListUrl.For(new ExecutionQuery
        {
            Jobs = [.. list.Jobs.SelectMany(name => store.IdsOf(FleetKind.Job, name).DefaultIfEmpty(name))],
            Nodes = [.. list.Nodes.SelectMany(name => store.IdsOf(FleetKind.Node, name).DefaultIfEmpty(name))],
            States = [.. list.States.Select(ExecutionState.Parse)],
            Versions = [.. list.Versions.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1).Where(version => version >= 0)],
            Namespaces = list.Namespaces,
        }),
        FleetKind.Node => NodeListUrl.For(new NodeQuery { Labels = list.Labels }),
        _ => AppPage.All.First(page => page.Kind == list.Kind).Path,
    };

    // Only what follows the name of a page of ours is taken, so that it never leads to another host.
    private static PastedPage? OfAddress(string text)
    {
        if (text.Length > SoughtText.Longest || text.AsSpan().ContainsAny(' ', '\n', '\t')) return null;
        var hasHost = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!hasHost && !text.StartsWith('/')) return null;
        var (path, query) = text.Split('#', 2)[0].Split('?', 2) is [var before, var after] ? (before, after) : (text.Split('#', 2)[0], "");
        var parts = path.Split('/');
        for (var i = hasHost ? 3 : 1; i < parts.Length; i++)
            if (parts[i] is "views" or "compare" || AppPage.All.Any(page => page.Path.Length > 0 && page.Path == parts[i]))
                return At(string.Join('/', parts[i..]).TrimEnd('/') + (query.Length > 0 ? "?" + query : ""));
        return null;
    }

    private static PastedPage? At(string address)
    {
        var path = address.Split('/', '?')[0];
        var filters = Uri.UnescapeDataString(address.Split('?', 2) is [_, var query] ? query : "");
        return AppPage.All.FirstOrDefault(page => page.Path == path) is { } page ? new(page.Name, page.Icon, address, filters) : path == "compare" ? new("Comparison of specs", "specs", address, filters) : new("Shared view", "shared", address, "");
    }
}
