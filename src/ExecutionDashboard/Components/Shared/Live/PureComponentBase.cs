using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>Base of a part that is drawn anew only when what it shows is another. What is around it is drawn several times a second.</summary>
public abstract class PureComponentBase : ComponentBase
{
    private object? _drawn;

    /// <summary>What it shows; compared by its own equality.</summary>
    protected abstract object? Shows { get; }

    // The first drawing is not asked for.
    /// <inheritdoc/>
    protected override void OnInitialized() => _drawn = Shows;

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        var (drawn, shows) = (_drawn, Shows);
        _drawn = shows;
        return !Equals(drawn, shows);
    }
}
