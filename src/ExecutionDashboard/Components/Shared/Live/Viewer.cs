namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>What one browser tab told of itself. Lives as long as its circuit.</summary>
public sealed class Viewer
{
    /// <summary>The tab is on screen. A hidden one does no work.</summary>
    public bool IsVisible { get; private set; } = true;

    /// <summary>The tab came back on screen.</summary>
    public event Action? BecameVisible;

    /// <summary>A key of the shell was pressed outside of any input: <c>j</c>, <c>k</c>, <c>Enter</c>, <c>Escape</c>, <c>x</c>, <c>n</c>, <c>p</c>.</summary>
    public event Func<string, Task>? KeyPressed;

    /// <summary>Notes whether the tab is on screen.</summary>
    public void SetVisible(bool visible)
    {
        if (IsVisible == visible) return;
        IsVisible = visible;
        if (visible) BecameVisible?.Invoke();
    }

    /// <summary>Hands a key to whoever listens.</summary>
    public Task PressAsync(string key) => KeyPressed?.Invoke(key) ?? Task.CompletedTask;
}
