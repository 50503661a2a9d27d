namespace ExecutionDashboard.Components.Shared.Keys;

/// <summary>Where a key works.</summary>
[Flags]
public enum KeyPlaces
{
    /// <summary>Nowhere.</summary>
    None = 0,
    /// <summary>On every page.</summary>
    Everywhere = 1,
    /// <summary>In every list.</summary>
    Lists = 2,
    /// <summary>In the lists of executions and nodes, which follow the fleet.</summary>
    LiveLists = 4,
    /// <summary>In the list of executions.</summary>
    Executions = 8,
    /// <summary>Beside an open panel.</summary>
    Panel = 16,
    /// <summary>On the timeline.</summary>
    Timeline = 32,
    /// <summary>On the map of nodes.</summary>
    Map = 64,
    /// <summary>In logs.</summary>
    Logs = 128,
    /// <summary>In a comparison of specs.</summary>
    Comparison = 256,
    /// <summary>On the page of an execution, or beside it.</summary>
    Execution = 512,
    /// <summary>In the list of bulk runs, which has no search.</summary>
    BulkRuns = 1_024,
    /// <summary>On the page of a bulk run.</summary>
    BulkRun = 2_048,
    /// <summary>In a list that is grouped.</summary>
    Groups = 4_096,
    /// <summary>In the list of jobs, or on the page of one.</summary>
    Job = 8_192,
    /// <summary>In the list of deployments, or on the page of one.</summary>
    Deployment = 16_384,
    /// <summary>On the page of specs.</summary>
    Specs = 32_768,
    /// <summary>In lists whose new rows wait.</summary>
    NewRows = 65_536,
}

/// <summary>A key, and what it does.</summary>
/// <param name="Keys">The keys as they are written: <c>g e</c> one after the other, <c>Ctrl+K</c> together; several with commas.</param>
/// <param name="Does">What they do, as a heading.</param>
/// <param name="Places">Where.</param>
public sealed record KeyBinding(string Keys, string Does, KeyPlaces Places)
{
    /// <summary>The alternatives, each as the keys to press.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Presses { get; } = [.. Keys.Split(", ").Select(keys => keys == "+" ? (IReadOnlyList<string>)["+"] : keys.Split(' ', '+'))];
}
