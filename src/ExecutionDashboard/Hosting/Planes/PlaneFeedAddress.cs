using ExecutionDashboard.Live;

namespace ExecutionDashboard.Hosting.Planes;

/// <summary>Where the feeds of a plane are, and which of them is asked.</summary>
/// <param name="known">Their addresses, at least one.</param>
internal sealed class PlaneFeedAddress(IReadOnlyList<Uri> known) : IFeedAddress
{
    private volatile Uri? _asked;

    /// <inheritdoc/>
    public Uri? BaseAddress => _asked ?? known[0];

    /// <inheritdoc/>
    public IReadOnlyList<Uri> Known => known;

    /// <inheritdoc/>
    public void Ask(Uri feed) => _asked = feed;
}
