using System.Text.Json;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A spec in sections, with units and defaults said; its config as a tree that folds.</summary>
public sealed partial class SpecSections
{
    private static readonly string[] Placed =
        ["name", "namespace", "type", "description", "priority", "labels", "meta", "selector", "timeouts", "deployment", "rollout", "restart_policy", "config"];

    private string? _drawn;
    private SpecLines? _config;
    private SpecLines? _other;

    /// <summary>The spec.</summary>
    [Parameter, EditorRequired]
    public JobSpec Spec { get; set; } = null!;

    /// <summary>Where it can be had again, for copying and download; null where it cannot.</summary>
    [Parameter]
    public SpecRef? Source { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_drawn == Spec.Hash) return;
        (_drawn, _config, _other) = (Spec.Hash, null, null);
        if (SpecValue.Parse(Spec.Json) is null) return;
        using var document = JsonDocument.Parse(Spec.Json, new JsonDocumentOptions { MaxDepth = SpecHash.MaxDepth });
        if (document.RootElement.ValueKind != JsonValueKind.Object) return;
        if (document.RootElement.TryGetProperty("config", out var config) && config.ValueKind != JsonValueKind.Null) _config = SpecLines.OfTree(config.GetRawText());
        var others = document.RootElement.EnumerateObject().Where(m => !Placed.Contains(m.Name)).ToList();
        if (others.Count == 0) return;
        _other = SpecLines.OfTree("{" + string.Join(',', others.Select(m => JsonSerializer.Serialize(m.Name) + ":" + m.Value.GetRawText())) + "}");
    }

    private static string Or(string text) => text.Length > 0 ? text : "–";
}
