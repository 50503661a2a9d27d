using System.Globalization;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Pages.Compare;

/// <summary>Selects one side of a comparison.</summary>
public sealed partial class SpecPicker
{
    private static readonly (SpecOrigin, string)[] Kinds =
    [
        (SpecOrigin.Execution, "Execution's snapshot"), (SpecOrigin.Previous, "Previous execution's snapshot"), (SpecOrigin.Version, "Version of a job"), (SpecOrigin.Job, "Current job spec"), (SpecOrigin.Pasted, "Pasted spec"),
    ];

    private SpecRef? _taken;
    private SpecOrigin _kind = SpecOrigin.Version;
    private string _execution = "";
    private string _job = "";
    private string _listed = "";
    private int _version;
    private IReadOnlyList<int> _versions = [];
    private bool _pasting;
    private bool _reading;
    private string _problem = "";
    private ElementReference _area;

    /// <summary>Name of the side.</summary>
    [Parameter, EditorRequired]
    public string Side { get; set; } = "";

    /// <summary>The selected spec; null before a selection.</summary>
    [Parameter, EditorRequired]
    public SpecRef? Reference { get; set; }

    /// <summary>The spec selected on the other side, whose job is suggested.</summary>
    [Parameter]
    public SpecRef? Other { get; set; }

    /// <summary>The loaded spec; null while it is loading.</summary>
    [Parameter]
    public FoundSpec? Found { get; set; }

    /// <summary>Another spec was selected.</summary>
    [Parameter]
    public EventCallback<SpecRef> OnChosen { get; set; }

    /// <summary>A text was pasted and parsed.</summary>
    [Parameter]
    public EventCallback<FoundSpec> Pasted { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private SpecSources Sources { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private string Title => Reference is null ? "nothing chosen" : Found?.Title ?? Sources.TitleOf(Reference);

    /// <inheritdoc/>
    protected override void OnInitialized() => Watch(Topics.Jobs | Topics.Status, _ => true);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Reference is null) _job = _job.Length > 0 ? _job : JobOf(Other);
        if (Reference is null || Equals(_taken, Reference)) return;
        _taken = Reference;
        (_kind, _version, _pasting) = (Reference.Origin, Reference.Number, Reference.Origin == SpecOrigin.Pasted && Found?.Spec is null);
        if (Reference.Origin is SpecOrigin.Execution or SpecOrigin.Previous) _execution = Reference.Id;
        _job = JobOf(Reference) is { Length: > 0 } job ? job : JobOf(Other);
        await ListVersionsAsync();
    }

    private string JobOf(SpecRef? reference) => reference switch
    {
        { Origin: SpecOrigin.Job or SpecOrigin.Version } => reference.Id,
        { Origin: SpecOrigin.Execution or SpecOrigin.Previous } => Replica.Store.FindExecution(reference.Id)?.JobId ?? "",
        _ => "",
    };

    private async Task ListVersionsAsync()
    {
        if (_kind != SpecOrigin.Version || _job.Length == 0 || _listed == _job) return;
        var job = _listed = _job;
        var versions = await ControlPlane.ListJobVersionsAsync(job, Gone);
        if (_listed != job) return;
        _versions = versions.Succeeded ? [.. versions.Value.Select(v => v.Version)] : [];
        if (!versions.Succeeded) _listed = "";
    }

    private async Task ChooseKindAsync(ChangeEventArgs change)
    {
        if (!Enum.TryParse<SpecOrigin>(change.Value?.ToString(), out var kind)) return;
        (_kind, _pasting, _problem) = (kind, kind == SpecOrigin.Pasted, "");
        if (_execution.Length == 0 && Other is { Origin: SpecOrigin.Execution or SpecOrigin.Previous }) _execution = Other.Id;
        await ListVersionsAsync();
        if (kind is SpecOrigin.Execution or SpecOrigin.Previous && _execution.Length > 0) await OnChosen.InvokeAsync(new SpecRef(kind, _execution));
        else if (kind == SpecOrigin.Job && _job.Length > 0) await OnChosen.InvokeAsync(SpecRef.Job(_job));
        else if (kind == SpecOrigin.Version && _job.Length > 0 && _version > 0) await OnChosen.InvokeAsync(SpecRef.Version(_job, _version));
    }

    private Task TakeExecution(ChangeEventArgs change)
    {
        _execution = change.Value?.ToString()?.Trim() ?? "";
        return _execution.Length > 0 ? OnChosen.InvokeAsync(new SpecRef(_kind, _execution)) : Task.CompletedTask;
    }

    private async Task TakeJobAsync(ChangeEventArgs change)
    {
        (_job, _version) = (change.Value?.ToString() ?? "", 0);
        if (_job.Length == 0) return;
        if (_kind == SpecOrigin.Job) await OnChosen.InvokeAsync(SpecRef.Job(_job));
        else await ListVersionsAsync();
    }

    private Task TakeVersion(ChangeEventArgs change) =>
        int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _version) && _version > 0
            ? OnChosen.InvokeAsync(SpecRef.Version(_job, _version)) : Task.CompletedTask;

    private async Task PasteAsync()
    {
        (_reading, _problem) = (true, "");
        try
        {
            var pasted = await ReadAsync();
            _problem = pasted.Problem;
            _pasting = pasted.Spec is null;
            _taken = SpecRef.Pasted;
            // Also for an invalid text: the comparison with the previous text must not remain beside the error.
            await Pasted.InvokeAsync(new FoundSpec(pasted.Spec, "Pasted spec", pasted.Note, pasted.Problem));
        }
        finally
        {
            _reading = false;
        }
    }

    private async Task<PastedSpec> ReadAsync()
    {
        try
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/specs.js");
            // As a stream, because a large text does not fit into one message of the circuit.
            await using var text = await module.InvokeAsync<IJSStreamReference>("text", _area);
            await using var stream = await text.OpenReadStreamAsync(PasteLimits.Default.Bytes, Gone);
            return await PastedSpec.ReadAsync(stream, Gone);
        }
        catch (ArgumentOutOfRangeException)
        {
            return new(null, PasteLimits.Default.TooLong);
        }
    }
}
