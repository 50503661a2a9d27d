using System.Collections.Immutable;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Operations.Undo;

/// <summary>
/// Low-risk commands of this process that are sent after <see cref="Delay"/> unless they are undone. They outlive the tab: who asked for a command and did not undo it wants it, also when the
/// tab was closed or reloaded. When the process stops it sends them at once. Safe for any thread.
/// </summary>
public sealed class DelayedCommands(LiveSignals signals, TimeProvider time) : IHostedService
{
    /// <summary>How long a command can be undone.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    // What was not accepted stays until it is read, but not without end.
    private const int AnswersKept = 5;

    private readonly Lock _gate = new();
    private ImmutableList<Entry> _entries = [];
    private long _number;

    /// <summary>The command for a target that waits or is on its way; null without one.</summary>
    public DelayedCommand? Of(string targetId) => Volatile.Read(ref _entries).Find(e => e.Command.Answer is null && e.Command.Target.Id == targetId)?.Command;

    /// <summary>Those that were asked for in a tab: they wait, are on their way, or were not accepted. Oldest first.</summary>
    /// <param name="tab">The tab.</param>
    public IReadOnlyList<DelayedCommand> OfTab(object tab) => [.. Volatile.Read(ref _entries).Where(e => e.Tab == tab).Select(e => e.Command)];

    /// <summary>Begins to wait. Null when another command for the target waits already.</summary>
    /// <param name="tab">Where it was asked for.</param>
    /// <param name="command">The command; its number and time are set here.</param>
    /// <param name="send">Sends it. Called on any thread.</param>
    /// <param name="open">Says to others that it is about to be sent, until the result is disposed.</param>
    public DelayedCommand? Begin(object tab, DelayedCommand command, Func<DelayedCommand, Task<Operation>> send, Func<IDisposable>? open = null)
    {
        Entry entry;
        lock (_gate)
        {
            if (Of(command.Target.Id) is not null) return null;
            entry = new Entry(tab, command with { Number = ++_number, SendsAt = time.GetUtcNow() + Delay }, send);
            Put(_entries.Add(entry));
            entry.Open = open?.Invoke();
            entry.Timer = time.CreateTimer(_ => _ = SendAsync(entry.Command.Number), null, Delay, Timeout.InfiniteTimeSpan);
        }
        signals.Raise(Topics.Operations);
        return entry.Command;
    }

    /// <summary>Takes a command back. Null when it was sent already; else the command that is not sent.</summary>
    public DelayedCommand? Undo(long number) => Remove(number, command => command.IsWaiting);

    /// <summary>Forgets a command that was not accepted, because it was read.</summary>
    public DelayedCommand? Dismiss(long number) => Remove(number, command => command.Answer is not null);

    /// <summary>A tab is gone: nobody reads there any more what was not accepted. What waits is sent all the same.</summary>
    public void Leave(object tab)
    {
        lock (_gate) Put(_entries.RemoveAll(e => e.Tab == tab && e.Command.Answer is not null).ConvertAll(e => e.Tab == tab ? e with { Tab = null } : e));
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what waits.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(Volatile.Read(ref _entries).Where(e => e.Command.IsWaiting).Select(e => SendAsync(e.Command.Number))).WaitAsync(cancellationToken);

    private DelayedCommand? Remove(long number, Func<DelayedCommand, bool> may)
    {
        DelayedCommand command;
        lock (_gate)
        {
            if (_entries.Find(e => e.Command.Number == number) is not { } entry || !may(entry.Command)) return null;
            command = entry.Command;
            entry.End();
            Put(_entries.Remove(entry));
        }
        signals.Raise(Topics.Operations);
        return command;
    }

    private async Task SendAsync(long number)
    {
        Entry entry;
        lock (_gate)
        {
            if (_entries.Find(e => e.Command.Number == number) is not { Command.IsWaiting: true } waiting) return;
            entry = waiting with { Command = waiting.Command with { IsSending = true } };
            waiting.Timer?.Dispose();
            Put(_entries.Replace(waiting, entry));
        }
        signals.Raise(Topics.Operations);
        var answer = await AnswerAsync(entry);
        lock (_gate)
        {
            var now = _entries.Find(e => e.Command.Number == number)!;
            now.End();
            var isRead = now.Tab is not null && answer.Phase is OperationPhase.Refused or OperationPhase.Moved;
            var entries = isRead ? _entries.Replace(now, now with { Command = now.Command with { IsSending = false, Answer = answer } }) : _entries.Remove(now);
            if (entries.Where(e => e.Tab == now.Tab && e.Command.Answer is not null).ToArray() is { Length: > AnswersKept } answers) entries = entries.Remove(answers[0]);
            Put(entries);
        }
        signals.Raise(Topics.Operations);
    }

    private static async Task<Operation> AnswerAsync(Entry entry)
    {
        try
        {
            return await entry.Send(entry.Command);
        }
        // Nobody awaits it: what went wrong is for whoever asked.
        catch (Exception e)
        {
            return new Operation
            {
                Number = 0, Kind = entry.Command.Kind, TargetId = entry.Command.Target.Id, Phase = OperationPhase.Refused, Failure = new(ControlPlaneError.Unexpected, e.Message),
            };
        }
    }

    private void Put(ImmutableList<Entry> entries) => Volatile.Write(ref _entries, entries);

    private sealed record Entry(object? Tab, DelayedCommand Command, Func<DelayedCommand, Task<Operation>> Send)
    {
        public ITimer? Timer { get; set; }
        public IDisposable? Open { get; set; }

        public void End()
        {
            Timer?.Dispose();
            Open?.Dispose();
        }
    }
}
