using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Things;

/// <summary>Something that can be done with a thing: a page to go to, a text to copy, or a command with its dialog.</summary>
/// <param name="Label">What it does; with dots when a dialog asks first.</param>
/// <param name="Icon">Its icon, without prefix.</param>
public sealed record ThingAction(string Label, string Icon)
{
    /// <summary>The page that it goes to, relative to the base; empty for none.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether the browser saves what is at <see cref="Address"/> as a file.</summary>
    public bool IsFile => Address.StartsWith("export/", StringComparison.Ordinal);

    /// <summary>The text that it copies; empty for none.</summary>
    public string Copies { get; init; } = "";

    /// <summary>Opens its dialog; null for none.</summary>
    public Func<IDialogService, Task>? Ask { get; init; }

    /// <summary>The key that does it for the row at the cursor, or for what is open: one of <see cref="Keys.RowKey.All"/>; empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>Why it cannot be done now, with the role that it needs; empty when it can.</summary>
    public string WhyNot { get; init; } = "";
}
