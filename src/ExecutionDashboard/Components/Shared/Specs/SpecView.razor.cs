using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A spec, read only and masked: in sections, as YAML or as JSON. The same piece for executions, versions of jobs and deployments.</summary>
public sealed partial class SpecView
{
    /// <summary>Longer specs, in characters of JSON, are laid out beside the circuit, which stays free for clicks.</summary>
    internal const int LongSpec = 100_000;

    private static readonly string[] Views = ["Readable", "YAML", "JSON"];

    private string _view = Views[0];
    private string _drawn = "";
    private SpecLines? _lines;

    /// <summary>The spec.</summary>
    [Parameter, EditorRequired]
    public JobSpec Spec { get; set; } = null!;

    /// <summary>Where it can be had again, for copying and download; null where it cannot.</summary>
    [Parameter]
    public SpecRef? Source { get; set; }

    /// <summary>More to do with it, beside the choice of views.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LayOutAsync();

    private Task ChooseAsync(string view)
    {
        _view = view;
        return LayOutAsync();
    }

    private async Task LayOutAsync()
    {
        var key = _view + Spec.Hash;
        if (_view == Views[0] || _drawn == key) return;
        (_drawn, _lines) = (key, null);
        var (json, syntax) = (Spec.Json, _view == "YAML" ? SpecSyntax.Yaml : SpecSyntax.Json);
        var lines = json.Length < LongSpec ? SpecLines.Of(json, syntax) : await Task.Run(() => SpecLines.Of(json, syntax));
        if (_drawn == key) _lines = lines;
    }
}
