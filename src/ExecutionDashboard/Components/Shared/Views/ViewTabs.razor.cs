using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.UserData;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Views;

/// <summary>
/// The saved views of a page as tabs, in the person's order. A view is an address: a tab goes there, and what is shown is changed when its address is another one. A page that is opened
/// without anything in its address opens the person's default view.
/// </summary>
public sealed partial class ViewTabs
{
    private readonly Dictionary<string, ElementReference> _links = new(StringComparer.Ordinal);
    private Shown _shown = new();
    private SavedView? _deleted;
    private string? _dragged, _focused;
    private string _said = "";
    private string _deletedName = "";

    /// <summary>The page's path, without a view.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>Address of what is shown, as the page writes it, without rows that are open or selected.</summary>
    [Parameter, EditorRequired]
    public string View { get; set; } = "";

    /// <summary>Reads a kept address as the page does, so that the result is always an address of the page.</summary>
    [Parameter, EditorRequired]
    public Func<string, ViewWords> Read { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private ViewOperations Views { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    // The timeline has heights of its own.
    private bool _hasDensity => Path != "timeline";

    private string Here => Navigation.Here;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Watch(Topics.UserData, _ => Follow());
        WatchAddress(Path, () =>
        {
            // Within the page an empty address means all rows; said in it, so that a reload shows the same.
            if (ViewAddress.IsBare(Here) && Views.DefaultOf(Path) is not null) Navigation.NavigateTo(ViewAddress.With(Path, ViewAddress.All, ""), replace: true);
            return Task.FromResult(Take());
        });
        if (ViewAddress.IsBare(Here) && IsAt(Path) && Views.DefaultOf(Path) is { } opened) Navigation.NavigateTo(ViewAddress.Of(opened), replace: true);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Take();

    // The page around it is rendered several times a second.
    /// <inheritdoc/>
    protected override bool ShouldRender() => _isDirty;

    private bool _isDirty = true;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _isDirty = false;
        if (_focused is not { } id) return;
        _focused = null;
        // A moved element loses the focus.
        if (_links.TryGetValue(id, out var link)) await WhileHereAsync(async () => await link.FocusAsync());
    }

    // A view that was shown as it is, and that somebody else changed, is shown as it is now.
    private bool Follow()
    {
        var before = _shown;
        if (!Take()) return false;
        if (before is { Current: { } was, IsChanged: false } && _shown is { Current: { } now, IsChanged: true } && was.Id == now.Id && was.Query != now.Query) Navigation.NavigateTo(ViewAddress.Of(now), replace: true);
        return true;
    }

    private bool Take()
    {
        var shown = Look();
        if (shown == _shown) return false;
        if (shown.Current?.Id != _shown.Current?.Id) (_said, _deleted) = _deleted is null ? ("", null) : (_said, _deleted);
        _shown = shown;
        return _isDirty = true;
    }

    private Shown Look()
    {
        var (here, tabs) = (Here, Views.Of(Path));
        var (id, density) = (ViewAddress.SavedIn(here), ViewAddress.DensityIn(here));
        var current = id is "" or ViewAddress.All ? null : tabs.FirstOrDefault(view => view.Id == id);
        var standard = Views.DefaultOf(Path);
        var own = current is null ? "" : Read("?" + current.Query).Address;
        return new Shown
        {
            Tabs = tabs,
            Current = current,
            Place = current is null ? -1 : tabs.TakeWhile(view => view.Id != current.Id).Count(),
            IsChanged = current is not null && ViewAddress.QueryOf(View, density) != ViewAddress.QueryOf(own, ViewAddress.DensityIn("?" + current.Query)),
            IsUnknown = Views.IsKnown && current is null && id.Length > 0 && id != ViewAddress.All,
            IsAll = current is null && View == Path && density.Length == 0,
            Default = standard?.Id,
            AllAddress = standard is null ? Path : ViewAddress.With(Path, ViewAddress.All, ""),
            Density = density,
            WhyNotSave = current is null ? "" : Views.WhyNotChange(current),
            Unread = current is null ? [] : ViewAddress.Unread(current.Query, own),
        };
    }

    private string Query => ViewAddress.QueryOf(View, ViewAddress.DensityIn(Here));

    private string TitleOf(SavedView view) => Read("?" + view.Query).Words + (view.IsShared && view.Author.Length > 0 ? $" · shared by {view.Author}" : "");

    private async Task SaveAsync()
    {
        if (_shown.Current is not { } current) return;
        var (_, problem) = await Views.ChangeAsync(current, current with { Query = Query }, Gone);
        Say(problem.Length > 0 ? problem : $"Saved “{current.Name}”.");
    }

    private async Task AskForNewAsync()
    {
        var parameters = new DialogParameters<SaveViewDialog> { { d => d.Page, Path }, { d => d.Query, Query }, { d => d.Words, Read("?" + Query).Words } };
        var dialog = await Dialogs.ShowAsync<SaveViewDialog>("", parameters, SaveViewDialog.Options);
        if (await dialog.Result is { Canceled: false, Data: SavedView saved }) Navigation.NavigateTo(ViewAddress.Of(saved));
    }

    private async Task AskToChangeAsync()
    {
        var parameters = new DialogParameters<SaveViewDialog> { { d => d.Page, Path }, { d => d.Before, _shown.Current } };
        var dialog = await Dialogs.ShowAsync<SaveViewDialog>("", parameters, SaveViewDialog.Options);
        if (await dialog.Result is { Canceled: false, Data: SavedView saved }) Say($"Saved “{saved.Name}”.");
    }

    private async Task AskToDeleteAsync()
    {
        if (_shown.Current is not { } current) return;
        var dialog = await Dialogs.ShowAsync<DeleteViewDialog>("", new DialogParameters<DeleteViewDialog> { { d => d.View, current } }, SaveViewDialog.Options);
        if (await dialog.Result is not { Canceled: false }) return;
        (_deleted, _deletedName) = (current, current.Name);
        Say($"Deleted “{current.Name}”.");
        Navigation.NavigateTo(ViewAddress.With(View, ViewAddress.All, ViewAddress.DensityIn(Here)), replace: true);
    }

    private async Task RestoreAsync()
    {
        if (_deleted is not { } deleted) return;
        _deleted = null;
        var (saved, problem) = await Views.RestoreAsync(deleted, Gone);
        Say(problem.Length > 0 ? problem : $"“{_deletedName}” is back.");
        if (saved is not null) Navigation.NavigateTo(ViewAddress.Of(saved), replace: true);
    }

    private async Task MakeDefaultAsync(SavedView? view)
    {
        var problem = await Views.MakeDefaultAsync(Path, view?.Id ?? "", Gone);
        Say(problem.Length > 0 ? problem : view is null ? "This page opens without a view." : $"This page opens with “{view.Name}”.");
    }

    private Task OnKeyAsync(KeyboardEventArgs key, SavedView view, int place) => key is { ShiftKey: true, Key: "ArrowLeft" or "ArrowRight", CtrlKey: false, AltKey: false, MetaKey: false }
        ? MoveAsync(view, place + (key.Key == "ArrowLeft" ? -1 : 1), withFocus: true)
        : Task.CompletedTask;

    private Task DropAsync(int place)
    {
        var view = _shown.Tabs.FirstOrDefault(v => v.Id == _dragged);
        _dragged = null;
        return view is null ? Task.CompletedTask : MoveAsync(view, place);
    }

    private async Task MoveAsync(SavedView view, int place, bool withFocus = false)
    {
        if (place < 0 || place >= _shown.Tabs.Count) return;
        var moved = Views.MoveAsync(Path, view.Id, place, Gone);
        if (withFocus) _focused = view.Id;
        Say($"“{view.Name}” is tab {place + 1} of {_shown.Tabs.Count}.");
        if (await moved is { Length: > 0 } problem) Say(problem);
        Take();
    }

    private void ChooseDensity(ChangeEventArgs change) =>
        Navigation.NavigateTo(ViewAddress.With(Here, ViewAddress.SavedIn(Here), change.Value?.ToString() is "compact" or "comfortable" ? change.Value.ToString()! : ""), replace: true);

    // What the person did counts at once, before the signal.
    private void Say(string text)
    {
        Take();
        (_said, _isDirty) = (text, true);
    }

    // What is shown of the views; compared part by part.
    private sealed record Shown
    {
        public IReadOnlyList<SavedView> Tabs { get; init; } = [];
        public SavedView? Current { get; init; }
        public int Place { get; init; } = -1;
        public bool IsChanged { get; init; }
        public bool IsUnknown { get; init; }
        public bool IsAll { get; init; }
        public string? Default { get; init; }
        public string AllAddress { get; init; } = "";
        public string Density { get; init; } = "";
        public string WhyNotSave { get; init; } = "";
        public IReadOnlyList<string> Unread { get; init; } = [];

        public bool Equals(Shown? other) =>
            other is not null && Tabs.SequenceEqual(other.Tabs) && Current == other.Current && Place == other.Place && IsChanged == other.IsChanged && IsUnknown == other.IsUnknown && IsAll == other.IsAll
            && Default == other.Default && AllAddress == other.AllAddress && Density == other.Density && WhyNotSave == other.WhyNotSave && Unread.SequenceEqual(other.Unread);

        public override int GetHashCode() => HashCode.Combine(Tabs.Count, Current, Place, IsChanged, IsAll, Default, Density);
    }
}
