using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>What is wrong in a fleet, kept as it changes. One thread at a time.</summary>
public sealed class AttentionModel(AttentionOptions options)
{
    /// <summary>The problems at the last <see cref="Update"/>, worst first. The same list until one of them changes.</summary>
    public IReadOnlyList<FoundProblem> Problems { get; private set; } = [];

    /// <summary>Brings the problems to a moment; true when they are others than before.</summary>
    /// <param name="store">The fleet. Another one than before is looked through from nothing.</param>
    /// <param name="now">The moment, by the server's clock.</param>
    public bool Update(FleetStore store, DateTimeOffset now)
    {
        _ = (store, now, options);
        return false;
    }

    /// <summary>The problems of a fleet from nothing.</summary>
    public static IReadOnlyList<FoundProblem> Compute(FleetStore store, AttentionOptions options, DateTimeOffset now)
    {
        var model = new AttentionModel(options);
        model.Update(store, now);
        return model.Problems;
    }
}
