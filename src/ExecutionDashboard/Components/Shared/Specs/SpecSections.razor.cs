using System.Text.Json;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A spec in sections, with units and defaults; its config as a tree.</summary>
public sealed partial class SpecSections
{
    private static readonly string[] Placed =
        ["name", "namespace", "type", "description", "priority", "labels", "meta", "selector", "timeouts", "deployment", "rollout", "restart_policy", "config"];

    private string? _drawn;
    private (SpecLines? Config, SpecLines? Other)? _trees;

    /// <summary>The spec.</summary>
    [Parameter, EditorRequired]
    public JobSpec Spec { get; set; } = null!;

    /// <summary>Its reference, for copying and download; null without one.</summary>
    [Parameter]
    public SpecRef? Source { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_drawn == Spec.Hash) return;
        var (drawn, json) = (_drawn = Spec.Hash, Spec.Json);
        _trees = null;
        var trees = json.Length < SpecView.LongSpec ? Trees(json) : await Task.Run(() => Trees(json));
        if (_drawn == drawn) _trees = trees;
    }

    private static (SpecLines?, SpecLines?) Trees(string json)
    {
        if (SpecValue.Parse(json) is not { } spec) return (null, null);
        var config = spec.ShownMembers.Where(m => m.Name == SpecExport.Config && m.Value.Kind != JsonValueKind.Null).Select(m => m.Value).FirstOrDefault();
        var other = spec.ShownMembers.Where(m => !Placed.Contains(m.Name)).ToList();
        return (config is null ? null : config.IsComposite ? SpecLines.OfTree(config) : SpecLines.OfTree([("", config)]), other.Count == 0 ? null : SpecLines.OfTree(other));
    }

    private static string Or(string text) => text.Length > 0 ? Masked.Text(text) : "–";
}
