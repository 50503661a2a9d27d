using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>Base of components that render only when what they show changed, although their parent renders several times a second.</summary>
public abstract class PureComponentBase : ComponentBase
{
    private readonly SupersededTree _tree;
    private object? _drawn;

    /// <summary>A component that only displays values.</summary>
    protected PureComponentBase() => _tree = SupersededTree.Of(this);

    /// <summary>What it shows; compared by its own equality.</summary>
    protected abstract object? Shows { get; }

    // ShouldRender is not called for the first rendering.
    /// <inheritdoc/>
    protected override void OnInitialized() => _drawn = Shows;

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        var (drawn, shows) = (_drawn, Shows);
        _drawn = shows;
        return !Equals(drawn, shows);
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _tree.Clear();
}
