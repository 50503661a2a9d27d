namespace ExecutionDashboard.Components.Shared.Keys;

/// <summary>
/// All keys of the dashboard: the help shows those of the page, the palette shows them beside what they do, and js/shell.js sends no others to the server.
/// </summary>
public static class KeyBindings
{
    /// <summary>Finds anything. Ctrl, or Cmd on a Mac, works in text fields too.</summary>
    public static KeyBinding Palette { get; } = new("Ctrl+K, /", "Find anything, or act on it", KeyPlaces.Everywhere);

    /// <summary>All, those of a page first.</summary>
    public static IReadOnlyList<KeyBinding> All { get; } =
    [
        new("j, k", "Next, previous row", KeyPlaces.Lists | KeyPlaces.BulkRuns),
        new("Enter", "Open the row", KeyPlaces.Lists | KeyPlaces.BulkRuns),
        new("f", "Search in the list", KeyPlaces.Lists),
        new("n", "Show what is new", KeyPlaces.NewRows | KeyPlaces.BulkRuns),
        new("p", "Pause or resume", KeyPlaces.LiveLists),
        new("s", "Stop the execution or job", KeyPlaces.Executions | KeyPlaces.Execution | KeyPlaces.Job | KeyPlaces.Specs | KeyPlaces.Timeline),
        new("l", "Open its logs", KeyPlaces.Executions | KeyPlaces.Execution | KeyPlaces.Job | KeyPlaces.Specs | KeyPlaces.Timeline),
        new("r", "Restart it, by a rerun of the job", KeyPlaces.Executions | KeyPlaces.Execution | KeyPlaces.Job | KeyPlaces.Specs | KeyPlaces.Timeline),
        new("m", "Promote the deployment", KeyPlaces.Deployment),
        new("p", "Pause or resume the deployment", KeyPlaces.Deployment),
        new("p", "Pause or resume the run", KeyPlaces.BulkRun),
        new("x", "Select the row", KeyPlaces.Executions),
        new("arrows", "From line to line of groups; → unfolds, ← folds", KeyPlaces.Groups),
        new("Shift+click", "Select all rows from the last one", KeyPlaces.Executions),
        new("Ctrl+click", "Open the row in a new tab, as the middle button does", KeyPlaces.Lists),
        new("Esc", "Close the panel", KeyPlaces.Panel),
        new("arrows", "From cell to cell of the map; Enter opens, + − 0 zoom", KeyPlaces.Map),
        new("+, −", "Zoom", KeyPlaces.Timeline),
        new("right-click", "Actions of the node or execution under the mouse", KeyPlaces.Map | KeyPlaces.Timeline),
        new("Shift+arrows", "Move in time", KeyPlaces.Timeline),
        new("End", "Jump to now", KeyPlaces.Timeline),
        new("Enter", "Fold a group, or open an execution", KeyPlaces.Timeline),
        new("f", "Search the lines", KeyPlaces.Logs),
        new("p", "Pause or follow", KeyPlaces.Logs),
        new("arrows", "From line to line; Enter opens one", KeyPlaces.Logs),
        new("j, k", "Next, previous change", KeyPlaces.Comparison),
        Palette,
        new(".", "Actions of the row, of the cell or bar at the cursor, or of what is open", KeyPlaces.Everywhere),
        new("z", "Undo a command that is about to be sent", KeyPlaces.Everywhere),
        new("t", "Go to a moment of the past", KeyPlaces.Everywhere),
        new("b", "Back to live, from the past", KeyPlaces.Everywhere),
        new("←, →", "Change before, after, in the past", KeyPlaces.Everywhere),
        new("?", "Keys of this page", KeyPlaces.Everywhere),
        new("Esc", "Close", KeyPlaces.Everywhere),
        .. AppPage.All.Select(page => new KeyBinding("g " + page.Key, page.Name, KeyPlaces.Everywhere)),
    ];

    /// <summary>Single keys that the browser sends to the page while no text field has the focus.</summary>
    public static IReadOnlyList<string> Sent { get; } = ["?", "j", "k", "x", "n", "p", "z", "t", "b", "Enter", "Escape"];

    /// <summary>The key that goes to the search box of the page.</summary>
    public const string Search = "f";

    /// <summary>The keys of a page, those that work everywhere apart.</summary>
    /// <param name="address">The page's address, relative to the base.</param>
    public static IEnumerable<KeyBinding> Of(string address)
    {
        var places = PlacesAt(address);
        return All.Where(binding => (binding.Places & places) != 0);
    }

    /// <summary>The keys that work on every page.</summary>
    public static IEnumerable<KeyBinding> Everywhere => All.Where(binding => binding.Places == KeyPlaces.Everywhere);

    private static KeyPlaces PlacesAt(string address)
    {
        var (path, query) = address.Split('#')[0].Split('?', 2) is [var before, var after] ? (before, after) : (address.Split('#')[0], "");
        var panel = query.Contains("open=", StringComparison.Ordinal) ? KeyPlaces.Panel : KeyPlaces.None;
        var logs = query.Contains("tab=logs", StringComparison.Ordinal) || (path.StartsWith("nodes/", StringComparison.Ordinal) && query.Contains("log=", StringComparison.Ordinal)) ? KeyPlaces.Logs : KeyPlaces.None;
        var groups = query.Split('&').Any(part => part.StartsWith(path == "nodes" ? "listgroup=" : "group=", StringComparison.Ordinal)) ? KeyPlaces.Groups : KeyPlaces.None;
        return panel | logs | groups | path switch
        {
            "executions" => KeyPlaces.Lists | KeyPlaces.NewRows | KeyPlaces.LiveLists | KeyPlaces.Executions,
            "nodes" => KeyPlaces.Lists | KeyPlaces.NewRows | KeyPlaces.LiveLists | KeyPlaces.Map,
            "jobs" => KeyPlaces.Lists | KeyPlaces.NewRows | KeyPlaces.Job,
            "deployments" => KeyPlaces.Lists | KeyPlaces.NewRows | KeyPlaces.Deployment,
            "attention" => KeyPlaces.Lists | KeyPlaces.NewRows,
            "specs" => KeyPlaces.Lists | KeyPlaces.Specs,
            "timeline" => KeyPlaces.Timeline,
            _ when path.StartsWith("executions/", StringComparison.Ordinal) => KeyPlaces.Execution,
            _ when path.StartsWith("jobs/", StringComparison.Ordinal) => KeyPlaces.Job,
            _ when path.StartsWith("deployments/", StringComparison.Ordinal) => KeyPlaces.Deployment,
            "bulk" => KeyPlaces.BulkRuns,
            _ when path.StartsWith("bulk/", StringComparison.Ordinal) => KeyPlaces.BulkRun,
            "compare" or "changes" => KeyPlaces.Comparison,
            _ when path.StartsWith("nodes/", StringComparison.Ordinal) => KeyPlaces.Timeline,
            _ => KeyPlaces.None,
        };
    }
}
