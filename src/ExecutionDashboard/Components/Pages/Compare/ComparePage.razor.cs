using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Pages.Compare;

/// <summary>Compares any two specs. The address has the comparison; a pasted spec is not in it and lasts as long as the tab.</summary>
public sealed partial class ComparePage
{
    private CompareUrl _url = new(null, null);
    private (SpecRef? Left, SpecRef? Right, bool EmptyDiffers) _asked;
    private FoundSpec? _left, _right, _pastedLeft, _pastedRight;
    private SpecComparison? _comparison;
    private bool _loading;
    private int _here;
    private ElementReference _host;
    private IJSObjectReference? _module;

    [Inject]
    private SpecSources Sources { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        WatchAddress(CompareUrl.Path, async () =>
        {
            await FollowUrlAsync();
            return true;
        });
        WatchKeys(OnKey);
        return FollowUrlAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => WhileHereAsync(async () =>
    {
        if (firstRender) _module = await ImportAsync("./js/specs.js");
    });

    private async Task FollowUrlAsync()
    {
        _url = CompareUrl.Parse(Navigation.Uri);
        if (_asked != (_url.Left, _url.Right, _url.EmptyDiffers)) await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = _asked = (_url.Left, _url.Right, _url.EmptyDiffers);
        (_comparison, _loading, _here) = (null, true, 0);
        StateHasChanged();
        var found = await Task.WhenAll(FindAsync(asked.Left, _pastedLeft), FindAsync(asked.Right, _pastedRight));
        var comparison = found is [{ Spec: { } before }, { Spec: { } after }] ? await Task.Run(() => Compare(before, after, asked)) : null;
        if (_asked != asked) return;
        (_left, _right, _comparison, _loading) = (found[0], found[1], comparison, false);
    }

    private async Task<FoundSpec?> FindAsync(SpecRef? reference, FoundSpec? pasted) =>
        reference is null ? null : reference.Origin == SpecOrigin.Pasted && pasted is not null ? pasted : await Sources.FindAsync(reference, Gone);

    private static SpecComparison? Compare(JobSpec before, JobSpec after, (SpecRef? Left, SpecRef? Right, bool EmptyDiffers) asked)
    {
        if (SpecValue.Parse(before.Json) is not { } first || SpecValue.Parse(after.Json) is not { } second) return null;
        // A pasted text may be a guess of the other side's secrets.
        var guessed = asked.Left?.Origin == SpecOrigin.Pasted != (asked.Right?.Origin == SpecOrigin.Pasted);
        return guessed ? SpecComparison.OfShown(first, second, !asked.EmptyDiffers) : SpecComparison.Of(first, second, !asked.EmptyDiffers);
    }

    private Task PasteLeft(FoundSpec pasted)
    {
        _pastedLeft = pasted;
        return PasteAsync(_url with { Left = SpecRef.Pasted });
    }

    private Task PasteRight(FoundSpec pasted)
    {
        _pastedRight = pasted;
        return PasteAsync(_url with { Right = SpecRef.Pasted });
    }

    private async Task PasteAsync(CompareUrl url)
    {
        if (!url.Equals(_url)) Go(url);
        else
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private void Swap()
    {
        (_pastedLeft, _pastedRight) = (_pastedRight, _pastedLeft);
        if (Equals(_url.Left, _url.Right) && _url.Left?.Origin == SpecOrigin.Pasted) _ = PasteAsync(_url);
        Go(_url with { Left = _url.Right, Right = _url.Left });
    }

    private void Go(CompareUrl url, bool replace = false) => Navigation.NavigateTo(url.ToString(), replace: replace);

    private async Task StepAsync(int by)
    {
        if (_module is null || _comparison is not { Counts.Total: > 0 and var total }) return;
        _here = (_here + by + total - 1) % total + 1;
        await _module.InvokeVoidAsync("showDifference", _host, _here);
    }

    private Task OnKey(string key) => key is "j" or "k" ? InvokeAsync(() => StepAsync(key == "j" ? 1 : -1)) : Task.CompletedTask;
}
