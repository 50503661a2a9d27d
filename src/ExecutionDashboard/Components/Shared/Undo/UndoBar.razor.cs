using System.Globalization;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Undo;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Undo;

/// <summary>The low-risk commands of this tab that are about to be sent, each with its time left and a button to undo it, and those that were not sent, until they are read.</summary>
public sealed partial class UndoBar
{
    private IReadOnlyList<DelayedCommand> _mine = [];
    private IJSObjectReference? _module;
    private string _said = "";
    private bool _wasShown;
    private bool _appeared;

    [Inject]
    private UndoableCommands Commands { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _mine = Commands.Mine;
        Watch(Topics.Operations, _ =>
        {
            var before = _mine;
            _mine = Commands.Mine;
            if (_mine.SequenceEqual(before)) return false;
            Say(before);
            return true;
        });
        WatchKeys(key =>
        {
            if (key == "z" && _mine.LastOrDefault(command => command.IsWaiting) is { } newest) Commands.Undo(newest.Number);
            return Task.CompletedTask;
        });
    }

    // The page that was used may be gone, and a button that is off has no focus: the keyboard goes to the bar, and back when it is empty. The bar itself takes no key, so a key
    // that is still held down undoes nothing.
    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var (appeared, gone) = (_appeared, _wasShown && _mine.Count == 0);
        (_appeared, _wasShown) = (false, _mine.Count > 0);
        if (!appeared && !gone) return;
        await WhileHereAsync(async () =>
        {
            _module ??= await ImportAsync("./js/undo.js");
            await _module.InvokeVoidAsync(appeared ? "enter" : "leave");
        });
    }

    private void Say(IReadOnlyList<DelayedCommand> before)
    {
        var isNew = _mine.FirstOrDefault(command => command.IsWaiting && before.All(b => b.Number != command.Number));
        var gone = before.FirstOrDefault(command => command.IsWaiting && _mine.All(m => m.Number != command.Number));
        if (isNew is not null) (_said, _appeared) = ($"{Gerund(isNew.Kind)} {isNew.Name} in {DelayedCommands.Delay.TotalSeconds:0} seconds. Press z to undo.", true);
        else if (gone is not null) _said = $"{Operation.NounOf(gone.Kind)} of {gone.Name} undone.";
        else if (_mine.All(command => command.Answer is null)) _said = "";
    }

    private string TimeLeft(DelayedCommand command)
    {
        var gone = Math.Clamp((DelayedCommands.Delay - (command.SendsAt - Time.GetUtcNow())).TotalSeconds, 0, DelayedCommands.Delay.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"animation-duration: {DelayedCommands.Delay.TotalSeconds:0.##}s; animation-delay: -{gone:0.##}s");
    }

    private static string Gerund(OperationKind kind) => kind == OperationKind.Pause ? "Pausing" : "Resuming";
}
