using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>The fleet in memory, which a log is loaded into.</summary>
internal interface ILoadedFleet
{
    /// <summary>The shared instance of a text.</summary>
    string Share(string text);

    /// <summary>Applies a stored change.</summary>
    void Apply(FleetChange change, Place place, long commit);
}
