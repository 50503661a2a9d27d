using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A read-only, masked spec: in sections, as YAML or as JSON. Used for executions, versions of jobs and deployments.</summary>
public sealed partial class SpecView
{
    /// <summary>Specs longer than this, in characters of JSON, are laid out in the background, so that the circuit can respond.</summary>
    internal const int LongSpec = 100_000;

    private static readonly string[] Views = ["Readable", "YAML", "JSON"];

    private string _view = Views[0];
    private string _drawn = "";
    private SpecLines? _lines;

    /// <summary>The spec.</summary>
    [Parameter, EditorRequired]
    public JobSpec Spec { get; set; } = null!;

    /// <summary>Its reference, for copying and download; null without one.</summary>
    [Parameter]
    public SpecRef? Source { get; set; }

    /// <summary>More buttons beside the view selection.</summary>
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
