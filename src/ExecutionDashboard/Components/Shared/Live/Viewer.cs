namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>State of one browser tab: its visibility, and the keys pressed in it. Lives as long as its circuit.</summary>
public sealed class Viewer
{
    /// <summary>Whether the tab is visible. Hidden tabs do no work.</summary>
    public bool IsVisible { get; private set; } = true;

    /// <summary>The tab became visible.</summary>
    public event Action? BecameVisible;

    /// <summary>The user's role has changed.</summary>
    public event Action? RightsChanged;

    /// <summary>A shortcut key was pressed outside of input fields: <c>j</c>, <c>k</c>, <c>Enter</c>, <c>Escape</c>, <c>x</c>, <c>n</c>, <c>p</c>.</summary>
    public event Func<string, Task>? KeyPressed;

    /// <summary>Sets the visibility.</summary>
    public void SetVisible(bool visible)
    {
        if (IsVisible == visible) return;
        IsVisible = visible;
        if (visible) BecameVisible?.Invoke();
    }

    /// <summary>Raises <see cref="RightsChanged"/>.</summary>
    public void ChangeRights() => RightsChanged?.Invoke();

    /// <summary>Raises <see cref="KeyPressed"/>.</summary>
    public Task PressAsync(string key) => KeyPressed?.Invoke(key) ?? Task.CompletedTask;
}
