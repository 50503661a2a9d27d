using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>The fleet in memory, which a log is loaded into.</summary>
internal interface ILoadedFleet
{
    /// <summary>The shared instance of a text.</summary>
    string Share(string text);

    /// <summary>The execution with shared texts.</summary>
    Execution Share(Execution execution);

    /// <summary>The node with the parts that other nodes have too.</summary>
    Node Share(Node node);

    /// <summary>Applies a stored change.</summary>
    void Apply(FleetChange change, Place place, long commit);
}
