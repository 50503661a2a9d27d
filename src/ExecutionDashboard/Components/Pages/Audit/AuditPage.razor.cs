using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Audit;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Audit;

/// <summary>The live list of what people did, newest first. Its URL is its state; a row opens the whole entry beside the list.</summary>
public sealed partial class AuditPage
{
    private readonly Dictionary<long, ElementReference> _links = [];
    private AuditUrl _url = new(new(), 0, AuditUrl.PageSize);
    private IReadOnlyList<AuditAct>? _acts;
    private IReadOnlyList<AuditAct> _new = [];
    private AuditAct? _open;
    private bool _openLoaded, _more;
    private string _problem = "";
    private int _cursor = -1;

    [Inject]
    private AuditReading Reading { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _url = AuditUrl.Parse(Navigation.Uri);
        WatchAddress(AuditUrl.Path, TakeAddressAsync);
        WatchKeys(OnKeyAsync);
        Watch(Topics.Audit, async _ =>
        {
            await LoadAsync();
            return true;
        });
        await LoadAsync();
    }

    private async Task<bool> TakeAddressAsync()
    {
        var before = _url;
        _url = AuditUrl.Parse(Navigation.Uri);
        // Other filters make another list; what is opened beside it does not.
        if (!before.Query.Equals(_url.Query)) (_acts, _new, _cursor) = (null, [], -1);
        if (!before.Query.Equals(_url.Query) || before.Rows != _url.Rows) await LoadAsync();
        else await LoadOpenAsync();
        return true;
    }

    private async Task LoadAsync()
    {
        var url = _url;
        if (Reading.WhyNot.Length > 0) return;
        var (page, problem) = await Reading.ActsAsync(url.Query, url.Rows, Gone);
        // Another address was chosen meanwhile, and has asked for itself.
        if (!url.Query.Equals(_url.Query) || url.Rows != _url.Rows) return;
        _problem = problem ?? "";
        if (page is not null) Take(page);
        await LoadOpenAsync();
    }

    // Rows keep their places: what is known of them is new, and new ones wait behind a button.
    private void Take(Fleet.Audit.AuditPage page)
    {
        var newest = _acts is { Count: > 0 } listed ? listed[0].Number : long.MaxValue;
        if (_acts is null or { Count: 0 })
        {
            (_acts, _new) = (page.Acts, []);
        }
        else
        {
            _new = [.. page.Acts.TakeWhile(act => act.Number > newest)];
            var now = page.Acts.ToDictionary(act => act.Number);
            var known = _acts.ToDictionary(act => act.Number);
            _acts = [.. _acts.Select(act => now.GetValueOrDefault(act.Number, act)), .. page.Acts.Where(act => act.Number < _acts[^1].Number && !known.ContainsKey(act.Number))];
        }
        _more = page.More;
    }

    private async Task LoadOpenAsync()
    {
        if (_url.Open == 0 || Reading.WhyNot.Length > 0)
        {
            (_open, _openLoaded) = (null, false);
            return;
        }
        var number = _url.Open;
        _open = _acts?.Concat(_new).FirstOrDefault(act => act.Number == number);
        if (_open is null)
        {
            var (page, _) = await Reading.ActsAsync(new AuditQuery { Before = number + 1 }, 1, Gone);
            if (_url.Open != number) return;
            _open = page?.Acts.FirstOrDefault(act => act.Number == number);
        }
        _openLoaded = true;
    }

    private void ShowNew()
    {
        _acts = [.. _new, .. _acts ?? []];
        (_new, _cursor) = ([], -1);
    }

    private void More() => Navigation.NavigateTo((_url with { Rows = Math.Min(_url.Rows + AuditUrl.PageSize, AuditLimits.Acts) }).ToString(), replace: true);

    private void Close() => Navigation.NavigateTo((_url with { Open = 0 }).ToString());

    private void Go(AuditQuery query, bool replace = false) => Navigation.NavigateTo((_url with { Query = query, Open = 0, Rows = AuditUrl.PageSize }).ToString(), replace: replace);

    private void AddAction(ChangeEventArgs change)
    {
        if (change.Value?.ToString() is { Length: > 0 } action && AuditActions.All.Contains(action) && !_url.Query.Actions.Contains(action)) Go(_url.Query with { Actions = [.. _url.Query.Actions, action] });
    }

    private static IReadOnlyList<T> Toggle<T>(IReadOnlyList<T> values, T value) => values.Contains(value) ? [.. values.Where(v => !Equals(v, value))] : [.. values, value];

    private Task OnKeyAsync(string key) => InvokeAsync(async () =>
    {
        switch (key)
        {
            case "j" or "k" when _acts is { Count: > 0 } acts:
                _cursor = Math.Clamp(_cursor + (key == "j" ? 1 : -1), 0, acts.Count - 1);
                StateHasChanged();
                // The focus scrolls the row into view, and Enter opens its link.
                if (_links.TryGetValue(acts[_cursor].Number, out var link)) await link.FocusAsync();
                break;
            case "n" when _new.Count > 0:
                ShowNew();
                StateHasChanged();
                break;
            case "Escape" when _url.Open > 0:
                Close();
                break;
        }
    });
}
